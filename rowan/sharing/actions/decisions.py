"""Decide to share or not; share under a standing decision; tell a recipient; and ask whether something may leave."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.rules.seeing import Seen, Through
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import acting, acting_in_words, deciding_as, lead_now
from rowan.audit_trail.actions import record
from rowan.notices.actions import News, tell_all
from rowan.notices.models import Notice as Reminder
from rowan.refusals import Both, NotAllowed
from rowan.timescales.actions import dated_values, start_clock, stop_clock
from rowan.timescales.models import Clock
from rowan.timescales.rules.settings import values_on

from ..models import DecisionDraft, DecisionItem, Notice, NoticeKind, SharingDecision, StandingDecision
from ..reading import may_read
from ..resting import why_not
from ..rules.deciding import AS_THE_RECORDS_SAY, DECIDED_NAMES, LEAVES, Decided, Said, Told, what_is_missing
from ..rules.items import holds_a_confidence, known, to_pick_from
from ..rules.law import LAWS, is_in_force
from ..rules.leaving import Covering, refusal_to_leave
from ..rules.settings import SETTINGS
from ..rules.standing import HAS_ENDED, refusal_to_share_under
from ..rules.who_decides import refusal_to_decide
from .escalating import close_to_everybody, rests_on
from .refusing import refuse, somebody_was_first

KIND = "sharing decision"
CLOCK = "a decision about sharing, to be looked at again"
DUE = "A decision about sharing is due to be looked at again"
OPENED = "opened a record to decide about sharing"
DID = {
    Decided.SHARE: "decided to share",
    Decided.PART: "decided to share part",
    Decided.LATER: "decided to wait before sharing",
    Decided.NOT_SHARE: "decided not to share",
}


def settings_on(day) -> dict:
    return dict(values_on(SETTINGS, dated_values(), day))


def decide(
    said: Said,
    *,
    token: UUID,
    person_ids: Iterable[str],
    recipient_agency=None,
    by,
    now: datetime,
    corrects: SharingDecision | None = None,
    notice: str = "",
    standing: StandingDecision | None = None,
) -> SharingDecision:
    """Record a decision. The token is made with the form: pressing twice makes one decision, and returns it twice."""
    people, today, did = list(dict.fromkeys(person_ids)), timezone.localdate(now), _did(said)
    settings = settings_on(today)
    for person_id in people:
        seen = open_record(person_id=person_id, by=by, today=today, did=OPENED)
        refusal = refusal_to_decide(
            by.role, said.whose, sees_joint=seen.is_hub, only_looking=seen.through is Through.REASON
        )
        if refusal or (refusal := _refusal_of_items(said, seen, by)):
            refuse(refusal, by=by, did=did, about_kind=KIND, person_id=person_id, refusal=NotAllowed)
    if lacks := what_is_missing(said, today=today, settings=settings):
        refuse(". ".join(lacks.values()), by=by, did=did, about_kind=KIND, person_id=people[0])
    lead = lead_now(by.agency, today)
    with transaction.atomic():
        if corrects is not None:
            standing_now = SharingDecision.objects.select_for_update().get(pk=corrects.pk)
            later = SharingDecision.objects.filter(corrects=standing_now).exclude(pk=token).first()
        else:
            later = None
        if later is None:
            decision, made = SharingDecision.objects.get_or_create(
                pk=token,
                defaults=_columns(said)
                | {
                    "by": by,
                    "agency": by.agency,
                    "role": by.role,
                    "lead": lead.says[:200],
                    "acting_as": acting_in_words(lead, by),
                    "at": now,
                    "recipient_agency": recipient_agency,
                    "recipient_body": "" if recipient_agency else said.recipient,
                    "standing": standing,
                    "corrects": corrects,
                    "law_used": _law_used(settings, today),
                },
            )
            if made:
                _write_the_rest(decision, people, said, acting(lead, by), notice=notice, by=by, now=now)
    if later is not None:
        somebody_was_first(
            f"{later.by.display_name} has corrected this decision already. Look at the newest version first.",
            _both_decisions(later, said),
            by=by, did="corrected a sharing decision", about_kind=KIND, about_id=corrects.pk, person_id=people[0],
        )  # fmt: skip
    if decision.by_id != by.pk or set(decision.children.values_list("pk", flat=True)) != set(people):
        refuse("This form belongs to another decision. Start again.", by=by, did=did, about_kind=KIND, person_id=people[0])  # fmt: skip
    return decision


def share_under(
    standing: StandingDecision, *, person_id: str, token: UUID, by, now: datetime
) -> SharingDecision:
    """Two taps: everything but the child was decided when the standing decision was set up."""
    today = timezone.localdate(now)
    if refusal := refusal_to_share_under(
        from_on=standing.from_on,
        until_on=standing.until_on,
        ended=standing.ended_at is not None,
        items=standing.items,
        same_agency=standing.agency_id == by.agency_id,
        whose=standing.whose,
        today=today,
        rests=why_not([standing], today).get(standing.pk, ""),
    ):
        open_record(person_id=person_id, by=by, today=today, did=OPENED)
        refuse(refusal, by=by, did="decided to share", about_kind="standing decision", about_id=standing.pk, person_id=person_id)  # fmt: skip
    said = Said(
        decided=Decided.SHARE,
        whose=standing.whose,
        recipient=standing.recipient,
        recipient_person=standing.recipient_person,
        items=tuple(standing.items),
        purpose=standing.purpose,
        purpose_words=standing.purpose_words,
        article6=standing.article6,
        condition=standing.condition,
        duty=standing.duty,
        necessary=standing.necessary,
        told_child=Told.STANDING,
        told_parent=Told.STANDING,
        facts="both",
        accuracy=AS_THE_RECORDS_SAY,
        route=standing.route,
        handling=standing.handling,
    )
    return decide(
        said,
        token=token,
        person_ids=[person_id],
        recipient_agency=standing.recipient_agency,
        standing=standing,
        by=by,
        now=now,
    )


def withdraw(decision: SharingDecision, *, words: str, how_told: str, by, now: datetime) -> Notice:
    """What was shared is withdrawn: its recipient has been told to destroy it, and nothing more leaves under the decision."""
    person_ids = list(decision.children.values_list("pk", flat=True))
    seen = [
        open_record(person_id=person_id, by=by, today=timezone.localdate(now), did=OPENED)
        for person_id in person_ids
    ]
    about = {"by": by, "did": "withdrew what was shared", "about_kind": KIND, "about_id": decision.pk, "person_id": person_ids[0]}  # fmt: skip
    if not all(may_read(decision, part, by) for part in seen) or decision.agency_id != by.agency_id:
        refuse("Only the agency that decided can withdraw what it shared.", refusal=NotAllowed, **about)
    if not decision.leaves:
        refuse("Nothing was shared under this decision, so there is nothing to withdraw.", **about)
    if not words.strip() or not how_told.strip():
        refuse("Say why it is withdrawn, and how its recipient was told.", **about)
    place = deciding_as(by, now)
    with transaction.atomic():
        notice, made = Notice.objects.get_or_create(
            decision=decision,
            kind=NoticeKind.WITHDRAWN,
            defaults={
                "words": words.strip(),
                "how_told": how_told.strip(),
                "by": by,
                "acting_as": place.words,
                "at": now,
            },
        )
        if made:
            for person_id in person_ids:
                record(by=by, did="withdrew what was shared", about_person=person_id, about_kind=KIND, about_id=decision.pk, particulars=place.trail)  # fmt: skip
    if (notice.by_id, notice.words, notice.how_told) != (by.pk, words.strip(), how_told.strip()):
        both = [
            Both("Why it is withdrawn", notice.words, words),
            Both("How its recipient was told", notice.how_told, how_told),
            Both("Withdrawn by", by_and_when(notice.by.display_name, notice.at), "Not sent"),
        ]
        somebody_was_first("What was shared is withdrawn already.", both, **about)
    return notice


def _both_decisions(later: SharingDecision, said: Said) -> list[Both]:
    """The words of two corrections; what each has besides stands on the decision's page and in the draft, which is kept."""
    pairs = [
        ("What is decided", DECIDED_NAMES.get(Decided(later.decided), ""), DECIDED_NAMES.get(said.decided, "")),
        ("Who receives it", later.recipient, said.recipient),
        ("Which person there", later.recipient_person, said.recipient_person),
        ("Why this much is needed", later.necessary, said.necessary),
        ("Why it is not shared", later.why_not, said.why_not),
    ]  # fmt: skip
    rows = [Both(what, now, typed) for what, now, typed in pairs if now or typed]
    return [*rows, Both("Corrected by", by_and_when(later.by.display_name, later.at), "Not sent; your draft is kept")]  # fmt: skip


def may_leave(
    decision: SharingDecision | None, *, person_ids: Iterable[str], by, now: datetime, as_what: str
) -> tuple[Covering, dict[str, Seen]]:
    """The gate. Every export, print for others and message with content asks here, and goes no further when this raises.

    Answers with what the decision covers and what `by` may see of each child: a file holds what both allow.
    """
    people, today = list(dict.fromkeys(person_ids)), timezone.localdate(now)
    seen = {
        person_id: open_record(
            person_id=person_id, by=by, today=today, did="opened a record to share from it", purpose="sharing"
        )
        for person_id in people
    }
    covering = _covering(decision, today)
    refusal = refusal_to_leave(covering, people)
    if decision is not None and refusal is None and not all(may_read(decision, part, by) for part in seen.values()):  # fmt: skip
        refusal = "You may not read this decision, so you share nothing under it."
    if refusal or covering is None:
        refuse(
            refusal or "",
            by=by,
            did=f"shared {as_what}",
            about_kind=KIND,
            about_id=decision.pk if decision else "",
            person_id=people[0] if people else "",
            refusal=NotAllowed,
        )
    return covering, seen


def _did(said: Said) -> str:
    return DID.get(said.decided, "decided about sharing")


def _refusal_of_items(said: Said, seen: Seen, by) -> str | None:
    """Nobody shares what she may not see; a decision not to share something may name anything."""
    if said.decided not in LEAVES:
        return None
    offered = {item.key for item in to_pick_from(lambda compartment: seen.tells(by.agency.code, compartment))}
    hidden = [item.name for item in known(said.items) if item.key not in offered]
    return f"You may not see this, so you cannot decide to share it: {', '.join(hidden)}." if hidden else None


def _columns(said: Said) -> dict:
    columns = asdict(said)
    del columns["recipient"], columns["items"]
    return {name: value.strip() if isinstance(value, str) else value for name, value in columns.items()}


def _law_used(settings: dict, today) -> dict:
    """Which dated laws held, so that the decision can be read years later."""
    return {law.key: is_in_force(law, settings, today) for law in LAWS if law.from_setting}


def _write_the_rest(
    decision, people: list[str], said: Said, as_lead: dict, *, notice: str, by, now: datetime
) -> None:
    decision.children.set(people)
    for item in known(said.items):
        DecisionItem.objects.create(decision=decision, item=item.key, compartment=item.compartment)
    if decision.corrects is not None and decision.corrects.leaves:
        Notice.objects.create(
            decision=decision.corrects,
            kind=NoticeKind.CORRECTED,
            words="The decision was corrected; see its newer version.",
            how_told=notice.strip() or "Not told yet",
            by=by,
            acting_as=decision.acting_as,
            at=now,
        )
    DecisionDraft.objects.filter(pk=decision.pk).delete()
    _look_again(decision, people[0], by=by, now=now)
    for person_id in people:
        record(
            by=by,
            did="corrected a sharing decision" if decision.corrects_id else _did(said),
            about_person=person_id,
            about_kind=KIND,
            about_id=decision.pk,
            purpose=said.purpose,
            particulars={
                "decided": said.decided,
                "items": [item.key for item in known(said.items)],
                "to": decision.recipient_agency.code if decision.recipient_agency_id else "an outside body",
                "confidence": holds_a_confidence(said.items),
                "standing": str(decision.standing_id or ""),
            }
            | as_lead,
        )


def _look_again(decision: SharingDecision, person_id: str, *, by, now: datetime) -> None:
    """The day it is looked at again is somebody's: a clock that passes on like every other. A correction is that look."""
    if decision.corrects_id:
        stop_clock(
            what=CLOCK, about_kind=KIND, about_id=decision.corrects_id, now=now, because="looked at again"
        )
        close_to_everybody(person_id, rests_on(KIND, decision.corrects_id), timezone.localdate(now))
    if decision.review_on is not None:
        start_clock(
            what=CLOCK, about_kind=KIND, about_id=decision.pk, about_person=person_id, due_on=decision.review_on, now=now, owner=by
        )  # fmt: skip


def remind_of_reviews(now: datetime) -> int:
    """Rowan's own: on the day a decision is to be looked at again, whoever has its clock is told, once. Three queries, however many."""
    running = Clock.objects.running().filter(about_kind=KIND, due_on__lte=timezone.localdate(now))
    due = [
        News(clock.owner, DUE, reverse("sharing:decision", args=[clock.about_id]))
        for clock in running.filter(owner__isnull=False).select_related("owner")
    ]
    told = set(Reminder.objects.filter(about=DUE).values_list("practitioner", "path"))
    untold = [news for news in due if (news.practitioner.pk, news.path) not in told]
    tell_all(untold, now)
    return len(untold)


def _covering(decision: SharingDecision | None, today) -> Covering | None:
    if decision is None:
        return None
    return Covering(
        decided=decision.decided,
        children=frozenset(decision.children.values_list("pk", flat=True)),
        items=frozenset(decision.items.values_list("item", flat=True)),
        whose=decision.whose,
        agency=decision.agency.code,
        corrected=SharingDecision.objects.filter(corrects=decision).exists(),
        withdrawn=decision.notices.filter(kind=NoticeKind.WITHDRAWN).exists(),
        over=_why_over(decision.standing, today),
    )


def _why_over(standing: StandingDecision | None, today) -> str:
    """A decision made under a standing one goes with it, when somebody ended that or the agreement it rests on holds no more."""
    if standing is None:
        return ""
    return HAS_ENDED if standing.ended_at else why_not([standing], today).get(standing.pk, "")
