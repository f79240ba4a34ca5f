"""Restrict a record and lift it, keep somebody out and let them back. Each takes a reason and leaves a line; nothing is deleted."""

from collections.abc import Iterable
from datetime import datetime
from typing import NoReturn

from django.db import transaction
from django.utils import timezone

from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import DecidingAs, deciding_as
from rowan.audit_trail.actions import record
from rowan.notices.actions import tell
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst
from rowan.timescales.actions import start_clock
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on
from rowan.timescales.rules.working_days import add_working_days

from .actions import open_record
from .models import KeptOut, LetIn, Restriction, RestrictionKind
from .rules.hiding import refusal_of_reason, refusal_to_lift, refusal_to_restrict
from .rules.matrix import opens_records
from .rules.reviewing import REVIEW_CLOCK
from .rules.seeing import Through
from .standing import Groups, owner_of_restricted

NOT_IN_PASSING = "A record is restricted, or somebody kept out of it, by those who work with the child."
LET_BACK = "let somebody back to a record"
KEPT_OUT = "kept somebody out of a record"
OWNER_STAYS = "They answer for this restricted record. Hand it to another owner first."
NEWS_CLOCK = "news of a restricted child"


def restrict(
    *, person_id: str, kind: str, why: str, owner, let_in: Iterable = (), by, now: datetime
) -> Restriction:
    """Hide a record from everybody but its owner and those named. Whatever clocks run about the child go to the owner."""
    did = "restricted a record"
    must_have_a_part(person_id, by, now, did, refusal_to_restrict(by.role), why)
    named = {each.pk: each for each in [owner, *let_in]}
    if any(not each.is_active or not opens_records(each.role) for each in named.values()):
        refuse(NotPossible, "Name people who sign in and whose role opens records.", person_id, by, did)
    ids = Groups([person_id]).all_ids
    if KeptOut.objects.standing().filter(person_id__in=ids, practitioner__in=list(named)).exists():
        refuse(
            NotPossible,
            "Somebody you name is kept out of this record. Let them back first.",
            person_id,
            by,
            did,
        )
    if standing := Restriction.objects.standing().filter(person_id__in=ids).first():
        _restricted_already(standing, kind, why, owner, by, did)
    place = deciding_as(by, now)
    with transaction.atomic():
        # Two may press in the same moment: the database keeps one standing restriction.
        made, is_new = Restriction.objects.get_or_create(
            person_id=person_id,
            lifted_at=None,
            defaults={
                "kind": kind,
                "why": why.strip(),
                "owner": owner,
                "set_by": by.display_name,
                "set_acting_as": place.words,
            },
        )
        if is_new:
            LetIn.objects.bulk_create(
                LetIn(restriction=made, practitioner=each, by=by.display_name) for each in named.values()
            )
            clocks_about(ids).update(owner=owner, owner_post=None)
            record(
                by=by,
                did=did,
                about_person=person_id,
                why=why,
                particulars={"kind": kind, "owner": owner.pk, "let in": sorted(named)} | place.trail,
            )
    if not is_new:
        _restricted_already(made, kind, why, owner, by, did)
    return made


def lift(*, person_id: str, why: str, by, now: datetime) -> None:
    """Lift a restriction. It stays on record, with the reason it was set and the reason it was lifted."""
    did = "lifted a restriction"
    must_have_a_part(person_id, by, now, did, refusal_to_lift(by.role), why)
    place = deciding_as(by, now)
    with transaction.atomic():
        standing = Restriction.objects.standing().filter(person_id__in=Groups([person_id]).all_ids)
        lifted = standing.update(**_lifted(by, place, why, now))
        if lifted:
            record(by=by, did=did, about_person=person_id, why=why, particulars=place.trail)
    if not lifted:
        _lifted_already(person_id, why, by, did)


def keep_out(*, person_id: str, practitioner, why: str, by, now: datetime) -> KeptOut:
    """Hide one child's record from one member of staff, whatever part they have: their own family, or a colleague's.

    What they were to see to about the child passes to somebody else in the same act.
    """
    did = KEPT_OUT
    must_have_a_part(person_id, by, now, did, refusal_to_restrict(by.role), why)
    kept = shut_out(person_id=person_id, practitioner=practitioner, why=why, by=by, now=now)
    if kept is None:
        refuse(NotPossible, OWNER_STAYS, person_id, by, did)
    if (kept.set_by, kept.why) != (by.display_name, why.strip()):
        both = [
            Both("Why", kept.why, why),
            Both("Kept out by", by_and_when(kept.set_by, kept.set_at), "Not sent"),
        ]
        somebody_was_first("They are kept out of this record already.", both, person_id, by, did)
    return kept


def shut_out(*, person_id: str, practitioner, why: str, by, now: datetime) -> KeptOut | None:
    """Part of an act that has asked already whether it may: whoever answers for a restricted record is not shut out of it (None)."""
    place = deciding_as(by, now)
    with transaction.atomic():
        # The restriction is held, so that nobody is kept out of a record while it is handed to them.
        if standing_on(person_id, to_change=True) and practitioner == owner_of_restricted(person_id):
            return None
        kept, made = KeptOut.objects.get_or_create(
            person_id=person_id,
            practitioner=practitioner,
            lifted_at=None,
            defaults={"why": why.strip(), "set_by": by.display_name, "set_acting_as": place.words},
        )
        if made:
            record(
                by=by,
                did=KEPT_OUT,
                about_person=person_id,
                why=why,
                particulars={"kept out": practitioner.pk} | place.trail,
            )
            theirs = clocks_about(Groups([person_id]).all_ids).filter(owner=practitioner)
            pass_on(look_at=theirs.values_list("pk", flat=True), now=now, by=by)
    return kept


def undo_shut_out(*, person_id: str, why: str, because: str, by, now: datetime) -> None:
    """Undo what `shut_out` did for this reason; who is kept out for another stays out."""
    place = deciding_as(by, now)
    for kept in KeptOut.objects.standing().filter(person_id=person_id, why=why):
        KeptOut.objects.filter(pk=kept.pk).update(**_lifted(by, place, because, now))
        record(
            by=by,
            did=LET_BACK,
            about_person=person_id,
            why=because,
            particulars={"let back": kept.practitioner_id} | place.trail,
        )


def let_back(kept: KeptOut, *, why: str, by, now: datetime) -> None:
    did = LET_BACK
    must_have_a_part(kept.person_id, by, now, did, refusal_to_lift(by.role), why)
    place = deciding_as(by, now)
    with transaction.atomic():
        lifted = KeptOut.objects.standing().filter(pk=kept.pk).update(**_lifted(by, place, why, now))
        if lifted:
            record(
                by=by,
                did=did,
                about_person=kept.person_id,
                why=why,
                particulars={"let back": kept.practitioner_id} | place.trail,
            )
    kept.refresh_from_db()
    if (kept.lifted_by, kept.lifted_because) != (by.display_name, why.strip()):
        both = [
            Both("Why", kept.lifted_because, why),
            Both("Let back by", by_and_when(kept.lifted_by, kept.lifted_at), "Not sent"),
        ]
        somebody_was_first("They have been let back already.", both, kept.person_id, by, did)


def _lifted(by, place: DecidingAs, why: str, now: datetime) -> dict:
    return {
        "lifted_at": now,
        "lifted_by": by.display_name,
        "lifted_acting_as": place.words,
        "lifted_because": why.strip(),
    }


def heard_of_restricted(*, person_id: str, about_kind: str, about_id, now: datetime):
    """Somebody wrote about a restricted child without knowing it. It is taken as normal, and reaches the owner the same working day.

    Returns the owner, or None where the record is not restricted. Whoever wrote is told nothing that they would not be told otherwise.
    """
    owner = owner_of_restricted(person_id)
    if owner is not None:
        tell(owner, NEWS_CLOCK.capitalize(), f"/children/{person_id}/", now, urgent=True)
        start_clock(
            what=NEWS_CLOCK,
            about_kind=about_kind,
            about_id=str(about_id),
            about_person=person_id,
            due_on=same_working_day(now),
            now=now,
            owner=owner,
        )
    return owner


def standing_on(person_id: str, *, to_change: bool = False) -> list[Restriction]:
    """The restrictions that stand on her record: one, or one for each record that was joined into hers."""
    rows = Restriction.objects.standing().filter(person_id__in=Groups([person_id]).all_ids).order_by("pk")
    return list(rows.select_for_update(of=("self",)) if to_change else rows)


def clocks_about(ids: Iterable[str]):
    """The running clocks that go where a hidden record goes. The review of an emergency access stays with its reviewer, who is shown no child."""
    return Clock.objects.running().filter(about_person__in=ids).exclude(what=REVIEW_CLOCK)


def same_working_day(now: datetime):
    return add_working_days(timezone.localdate(now), 0)


def must_have_a_part(
    person_id: str, by, now: datetime, did: str, refusal: str | None, why: str | None = None
) -> None:
    """Before the transaction, so that a refusal stays on the trail when nothing else does."""
    seen = open_record(
        person_id=person_id, by=by, today=timezone.localdate(now), now=now, did=f"{did}: opened it"
    )
    if seen.through is not Through.PART:
        refuse(NotAllowed, NOT_IN_PASSING, person_id, by, did)
    if refusal:
        refuse(NotAllowed, refusal, person_id, by, did)
    if why is not None and (refused := refusal_of_reason(why)):
        refuse(NotPossible, refused, person_id, by, did)


def _restricted_already(standing: Restriction, kind: str, why: str, owner, by, did: str) -> NoReturn:
    names = dict(RestrictionKind.choices)
    both = [
        Both("Kind", standing.get_kind_display(), str(names.get(kind, ""))),
        Both("Why", standing.why, why),
        Both("Who answers for it", standing.owner.display_name if standing.owner else "Nobody", owner.display_name),
        Both("Restricted by", by_and_when(standing.set_by, standing.set_at), "Not sent"),
    ]  # fmt: skip
    somebody_was_first("This record is restricted already.", both, standing.person_id, by, did)


def _lifted_already(person_id: str, why: str, by, did: str) -> None:
    """Whoever lifted it first is named; the same words sent twice by the same person were sent once."""
    rows = Restriction.objects.filter(person_id__in=Groups([person_id]).all_ids).exclude(lifted_at=None)
    last = rows.order_by("lifted_at").last()
    if last is None:
        refuse(NotPossible, "This record is not restricted.", person_id, by, did)
    if (last.lifted_by, last.lifted_because) != (by.display_name, why.strip()):
        both = [
            Both("Why", last.lifted_because, why),
            Both("Lifted by", by_and_when(last.lifted_by, last.lifted_at), "Not sent"),
        ]
        somebody_was_first("This record is not restricted any more.", both, person_id, by, did)


def somebody_was_first(reason: str, both: list[Both], person_id: str, by, did: str) -> NoReturn:
    record(by=by, did=did, about_person=person_id, refused_because=reason)
    raise SomebodyWasFirst(reason, both)


def refuse(refusal, reason: str, person_id: str, by, did: str) -> NoReturn:
    """A refusal stays on the trail."""
    record(by=by, did=did, about_person=person_id, refused_because=reason)
    raise refusal(reason)
