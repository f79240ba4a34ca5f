"""What is put beside the versions: that the child was seen, an agency's disagreement, what the statutory system says, the move at 18."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.rules.leading import MOVE_AT_18
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import record
from rowan.notices.actions import tell
from rowan.refusals import NotAllowed
from rowan.sharing.actions.refusing import refuse
from rowan.timescales.actions import start_clock, stop_clock

from ..models import Assessment, ChildSeen, Dissent, StatutoryFact, StepDown, Strand, Transition
from ..rules.statutory import MIRRORED, Fact, running, what_is_missing
from ..rules.who import refusal_to_dissent, refusal_to_write
from ..standing import all_ids, settings_on, strand_of
from .owing import KIND, page_of
from .turning_18 import turns_18_on
from .writing import NOTHING_OPEN

STATUTORY = "statutory"


def record_seen(
    *, token: UUID, person_id: str, on: date | None, seen_by: str, words: str = "", by, now: datetime
) -> ChildSeen:
    """When the child was last seen, by whom, and how they were."""
    did = "recorded that a child was seen"
    strand = _may_record(person_id, did, by, now)
    about = {"by": by, "did": did, "about_kind": KIND, "person_id": person_id}
    if on is None or on > timezone.localdate(now):
        refuse("Give the day the child was seen, today or before.", **about)
    if not seen_by.strip():
        refuse("Say who saw the child.", **about)
    said = {"on": on, "seen_by": seen_by.strip(), "words": words.strip(), "agency": by.agency}
    return _add(ChildSeen, token, strand, said, did, by, now)


def record_dissent(
    *,
    token: UUID,
    person_id: str,
    words: str,
    agency=None,
    said_by: str = "",
    assessment: Assessment | None = None,
    step_down: StepDown | None = None,
    by,
    now: datetime,
) -> Dissent:
    """An agency's disagreement. It changes nothing and stays for good; the lead professional is told."""
    today, did = timezone.localdate(now), "put a disagreement on record"
    about = {"by": by, "did": did, "about_kind": KIND, "person_id": person_id}
    agency = agency or by.agency
    seen = open_record(person_id=person_id, by=by, today=today, did="opened a record to put a disagreement on record")  # fmt: skip
    if refusal := refusal_to_dissent(seen, own_agency=agency.pk == by.agency_id):
        refuse(refusal, refusal=NotAllowed, **about)
    strand = strand_of(all_ids(person_id))
    if strand is None:
        refuse("The hub has written nothing about this child to disagree with.", **about)
    if not words.strip():
        refuse("Say what your agency does not agree with, and why.", **about)
    for what in (assessment, step_down):
        if what is not None and what.strand_id != strand.pk:
            refuse("That is about something else.", **about)
    place = deciding_as(by, now)
    said = {
        "acting_as": place.words,
        "agency": agency,
        "said_by": said_by.strip() or by.display_name,
        "words": words.strip(),
        "assessment": assessment,
        "step_down": step_down,
    }
    made = _add(Dissent, token, strand, said, did, by, now, particulars=place.trail)
    if strand.lead_id != by.pk:
        tell(strand.lead, "An agency does not agree with what stands about a child", page_of(strand), now)
    return made


def record_statutory(
    *, token: UUID, person_id: str, fact: str, on: date | None, reference: str, by, now: datetime
) -> StatutoryFact:
    """Mirror a fact of the statutory system, and the clocks that run from it."""
    did = "mirrored a fact of the statutory system"
    strand = _may_record(person_id, did, by, now)
    lacks = what_is_missing(fact, on, reference, timezone.localdate(now))
    if lacks:
        refuse(". ".join(lacks.values()), by=by, did=did, about_kind=KIND, person_id=person_id)
    said = {"fact": fact, "on": on, "reference": reference.strip(), "agency": by.agency}
    return _add(StatutoryFact, token, strand, said, did, by, now, _mirror)


def record_transition(
    *, token: UUID, person_id: str, to_whom: str, plan: str, young_persons_view: str, by, now: datetime
) -> Transition:
    """The move to adult services is agreed: with whom, how, and what the young person thinks of it. The work goes on until it is closed."""
    did = "recorded a move to adult services"
    strand = _may_record(person_id, did, by, now)
    for words, lacks in (
        (to_whom, "Say who works with the young person from 18 on."),
        (plan, "Say what is agreed, and from when."),
        (young_persons_view, "Say what the young person thinks of it."),
    ):
        if not words.strip():
            refuse(lacks, by=by, did=did, about_kind=KIND, person_id=person_id)
    said = {
        "to_whom": to_whom.strip(),
        "plan": plan.strip(),
        "young_persons_view": young_persons_view.strip(),
        "turns_18_on": turns_18_on(strand.person_id),
        "agency": by.agency,
    }
    return _add(Transition, token, strand, said, did, by, now, _move_is_planned)


def _may_record(person_id: str, did: str, by, now: datetime) -> Strand:
    seen = open_record(
        person_id=person_id, by=by, today=timezone.localdate(now), did="opened a record to add to it"
    )
    about = {"by": by, "did": did, "about_kind": KIND, "person_id": person_id}
    if refusal := refusal_to_write(by.role, seen):
        refuse(refusal, refusal=NotAllowed, **about)
    strand = strand_of(all_ids(person_id))
    if strand is None:
        refuse(NOTHING_OPEN, **about)
    return strand


def _add(
    table,
    token: UUID,
    strand: Strand,
    said: dict,
    did: str,
    by,
    now: datetime,
    then=None,
    particulars: dict | None = None,
):
    """One row a token, with its line; sent twice, it is one."""
    with transaction.atomic():
        Strand.objects.select_for_update(of=("self",)).get(pk=strand.pk)
        row, made = table.objects.get_or_create(
            pk=token, defaults={"strand": strand, "by": by, "at": now, **said}
        )
        if made:
            if then:
                then(strand, now)
            record(
                by=by,
                did=did,
                about_person=strand.person_id,
                about_kind=KIND,
                about_id=strand.pk,
                particulars=particulars or {},
            )
    if row.strand_id != strand.pk or row.by_id != by.pk:
        refuse("This form belongs to something else. Start again.", by=by, did=did, about_kind=KIND, person_id=strand.person_id)  # fmt: skip
    return row


def _mirror(strand: Strand, now: datetime) -> None:
    """The statutory clocks as they run after this fact: started, moved on or stopped, owned by the lead who watches them."""
    facts = [(Fact(fact), on) for fact, on in strand.statutory_facts.values_list("fact", "on")]
    due = running(facts, settings_on(timezone.localdate(now)))
    for what in [mirrored.what for mirrored in MIRRORED]:
        if what in due:
            start_clock(
                what=what, about_kind=STATUTORY, about_id=strand.pk, about_person=strand.person_id, due_on=due[what], now=now, owner=strand.lead
            )  # fmt: skip
        else:
            stop_clock(what=what, about_kind=STATUTORY, about_id=strand.pk, now=now, because="happened")


def _move_is_planned(strand: Strand, now: datetime) -> None:
    stop_clock(what=MOVE_AT_18, about_kind=KIND, about_id=strand.pk, now=now, because="planned")
