"""Open the hub's work with a child, again too; hand it to another lead professional."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import involve, open_record
from rowan.access.models import Involvement, Why
from rowan.access.rules.leading import MOVE_AT_18
from rowan.access.rules.matrix import opens_records
from rowan.access.standing import hidden_from, owner_of_restricted
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.agencies.models import Post
from rowan.agencies.rules.posts import PostKind
from rowan.audit_trail.actions import record
from rowan.notices.actions import tell
from rowan.refusals import Both, NotAllowed
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.actions import start_clock
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import add_working_days

from ..models import Strand
from ..rules.eighteen import move_planned_by
from ..rules.settings import MOVE_BEFORE, SCREEN_WITHIN
from ..rules.steps import Step
from ..rules.who import refusal_to_write
from ..standing import all_ids, birth_date_of, settings_on, strand_of, whole
from .owing import KIND, page_of, take_step, write_step

OPENED = "opened the hub’s work with a child"
CANNOT_LEAD = "Choose somebody who signs in, whose role opens records, and who may open this one."


def open_strand(*, token: UUID, person_id: str, lead, why: str, by, now: datetime) -> Strand:
    """The work begins with a lead professional and a screening that is due. Where it was closed, it is opened again with its history."""
    today = timezone.localdate(now)
    about = {"by": by, "did": OPENED, "about_kind": KIND, "person_id": person_id}
    seen = open_record(person_id=person_id, by=by, today=today, did="opened a record to begin the hub’s work")
    if refusal := refusal_to_write(by.role, seen):
        refuse(refusal, refusal=NotAllowed, **about)
    if not why.strip():
        refuse("Say why the hub works with this child now.", **about)
    if not may_take(lead, person_id):
        refuse(CANNOT_LEAD, **about)
    with transaction.atomic():
        strand = _begin(token, person_id, lead, why.strip(), by, now)
    if strand.pk != token and strand.is_open and strand.steps.last().by_id != by.pk:
        somebody_was_first("The hub works with this child already.", _both(strand, lead, why, now), **about)
    return strand


def _begin(token: UUID, person_id: str, lead, why: str, by, now: datetime) -> Strand:
    """Behind the lock: the strand as it stands, or a new one, or the closed one opened again."""
    standing = strand_of(all_ids(person_id))
    if standing is None:
        standing, made = Strand.objects.get_or_create(
            person_id=person_id,
            defaults={"pk": token, "lead": lead, "step_at": now, "due_on": timezone.localdate(now), "opened_at": now},
        )  # fmt: skip
    else:
        standing = Strand.objects.select_for_update(of=("self",)).get(pk=standing.pk)
        made = False
    if not made and standing.is_open:
        return standing
    due_on = add_working_days(timezone.localdate(now), _within(now))
    standing.lead = lead
    standing.save(update_fields=["lead"])
    if made:
        write_step(standing, Step.SCREENING, by, now, why=why)
    take_step(standing, Step.SCREENING, by, now, due_on=due_on, why=why)
    _let_them_work(standing, now)
    _plan_the_move(standing, now)
    if lead.pk != by.pk:
        tell(lead, "The hub’s work with a child was given to you", page_of(standing), now)
    record(
        by=by, did=OPENED, about_person=person_id, about_kind=KIND, about_id=standing.pk,
        particulars={"given to": lead.pk, "again": not made} | deciding_as(by, now).trail,
    )  # fmt: skip
    return standing


def hand_over(*, person_id: str, lead, why: str, by, now: datetime, opened_on: str | None = None) -> Strand:
    """Another lead professional answers for it from now on; what is owed goes with it. `opened_on` is who led when the page was opened."""
    today, did = timezone.localdate(now), "handed the hub’s work with a child over"
    about = {"by": by, "did": did, "about_kind": KIND, "person_id": person_id}
    seen = open_record(person_id=person_id, by=by, today=today, did="opened a record to hand work over")
    strand = strand_of(all_ids(person_id))
    if refusal := refusal_to_write(by.role, seen):
        refuse(refusal, refusal=NotAllowed, **about)
    if strand is None:
        refuse("The hub has no work with this child to hand over.", **about)
    if not why.strip():
        refuse("Say why it is handed over.", **about)
    if not may_take(lead, person_id):
        refuse(CANNOT_LEAD, **about)
    with transaction.atomic():
        strand = Strand.objects.select_for_update(of=("self",)).get(pk=strand.pk)
        was = strand.lead
        if was.pk == lead.pk:
            return strand
        if opened_on in {None, str(was.pk)}:
            _give_to(strand, lead, why.strip(), by, now)
            record(by=by, did=did, about_person=person_id, about_kind=KIND, about_id=strand.pk, particulars={"from": was.pk, "to": lead.pk} | deciding_as(by, now).trail)  # fmt: skip
            return strand
    last = strand.steps.select_related("by").last()
    both = [
        Both("Lead professional", was.display_name, lead.display_name),
        Both("Why", last.why, why),
        Both("Said by", by_and_when(last.by.display_name, last.at), "Not sent"),
    ]
    somebody_was_first(
        "Somebody has handed this over since you opened the page.", both, may_send=True, **about
    )


def _give_to(strand: Strand, lead, why: str, by, now: datetime) -> None:
    was, strand.lead = strand.lead, lead
    strand.save(update_fields=["lead"])
    write_step(strand, Step(strand.step), by, now, why=why)
    mine = Clock.objects.running().filter(about_kind__in=[KIND, "statutory"], about_id=str(strand.pk))
    mine.filter(owner=was).update(owner=lead)
    Involvement.objects.filter(
        person_id=strand.person_id, why=Why.WORKING_WITH, rests_on=f"{KIND} {strand.pk}"
    ).update(practitioner=lead, agency=lead.agency)
    tell(lead, "The hub’s work with a child was given to you", page_of(strand), now)


def may_take(who, person_id: str) -> bool:
    """Whether somebody may answer for this child's work, or be its second person: nothing is given to whom the record is hidden from."""
    return who.is_active and opens_records(who.role) and person_id not in hidden_from(who)


def _within(now: datetime) -> int:
    return whole(settings_on(timezone.localdate(now)), SCREEN_WITHIN)


def _let_them_work(strand: Strand, now: datetime) -> None:
    """The lead by name, and the exploitation co-ordinator's post, unless the record is restricted: then nobody who is not let in."""
    today = timezone.localdate(now)
    involve(
        person_id=strand.person_id, why=Why.WORKING_WITH, rests_on=f"{KIND} {strand.pk}", opened_on=today,
        agency=strand.lead.agency, practitioner=strand.lead,
    )  # fmt: skip
    post = Post.objects.filter(kind=PostKind.EXPLOITATION_COORDINATOR.value).select_related("agency").order_by("pk").first()  # fmt: skip
    if post and owner_of_restricted(strand.person_id) is None:
        involve(
            person_id=strand.person_id, why=Why.WORKING_WITH, rests_on=f"{KIND} {strand.pk} at the hub", opened_on=today,
            agency=post.agency, post=post,
        )  # fmt: skip


def _plan_the_move(strand: Strand, now: datetime) -> None:
    """Where the birth date is known, a clock runs to the day by which the move at 18 has to be planned."""
    today = timezone.localdate(now)
    due_on = move_planned_by(birth_date_of([strand.person_id]), today, whole(settings_on(today), MOVE_BEFORE))
    if due_on and not strand.transitions.exists():
        start_clock(
            what=MOVE_AT_18, about_kind=KIND, about_id=strand.pk, about_person=strand.person_id, due_on=due_on, now=now, owner=strand.lead
        )  # fmt: skip


def _both(strand: Strand, lead, why: str, now: datetime) -> list[Both]:
    first = strand.steps.select_related("by").last()
    return [
        Both("Lead professional", strand.lead.display_name, lead.display_name),
        Both("Why the hub works with this child", first.why, why),
        Both("Opened by", by_and_when(first.by.display_name, first.at), "Not sent"),
    ]
