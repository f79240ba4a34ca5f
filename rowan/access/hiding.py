"""Restrict a record and lift it, keep somebody out and let them back. Each takes a reason and leaves a line; nothing is deleted."""

from collections.abc import Iterable
from datetime import datetime
from typing import NoReturn

from django.db import transaction
from django.utils import timezone

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NotPossible
from rowan.timescales.actions import start_clock
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import add_working_days

from .actions import open_record
from .models import KeptOut, LetIn, Restriction
from .rules.hiding import refusal_of_reason, refusal_to_lift, refusal_to_restrict
from .rules.matrix import opens_records
from .rules.seeing import Through
from .standing import Groups, owner_of_restricted

NOT_IN_PASSING = "A record is restricted, or somebody kept out of it, by those who work with the child."
NEWS_CLOCK = "news of a restricted child"


def restrict(
    *, person_id: str, kind: str, why: str, owner, let_in: Iterable = (), by, now: datetime
) -> Restriction:
    """Hide a record from everybody but its owner and those named. Whatever clocks run about the child go to the owner."""
    did = "restricted a record"
    _may(person_id, by, now, did, refusal_to_restrict(by.role), why)
    named = {each.pk: each for each in [owner, *let_in]}
    if any(not each.is_active or not opens_records(each.role) for each in named.values()):
        _refuse(NotPossible, "Name people who sign in and whose role opens records.", person_id, by, did)
    ids = Groups([person_id]).all_ids
    if Restriction.objects.standing().filter(person_id__in=ids).exists():
        _refuse(NotPossible, "This record is restricted already.", person_id, by, did)
    with transaction.atomic():
        made = Restriction.objects.create(
            person_id=person_id, kind=kind, why=why.strip(), owner=owner, set_by=by.display_name
        )
        LetIn.objects.bulk_create(
            LetIn(restriction=made, practitioner=each, by=by.display_name) for each in named.values()
        )
        Clock.objects.running().filter(about_person__in=ids).update(owner=owner, owner_post=None)
        record(
            by=by,
            did=did,
            about_person=person_id,
            why=why,
            particulars={"kind": kind, "owner": owner.pk, "let in": sorted(named)},
        )
    return made


def let_in(*, person_id: str, practitioner, by, now: datetime) -> None:
    """Name one more person whom the restriction lets in."""
    did = "let somebody into a restricted record"
    _may(person_id, by, now, did, refusal_to_lift(by.role))
    if not practitioner.is_active or not opens_records(practitioner.role):
        _refuse(NotPossible, "Name people who sign in and whose role opens records.", person_id, by, did)
    with transaction.atomic():
        for row in Restriction.objects.standing().filter(person_id__in=Groups([person_id]).all_ids):
            LetIn.objects.get_or_create(
                restriction=row, practitioner=practitioner, defaults={"by": by.display_name}
            )
        record(by=by, did=did, about_person=person_id, particulars={"let in": [practitioner.pk]})


def lift(*, person_id: str, why: str, by, now: datetime) -> None:
    """Lift a restriction. It stays on record, with the reason it was set and the reason it was lifted."""
    did = "lifted a restriction"
    _may(person_id, by, now, did, refusal_to_lift(by.role), why)
    with transaction.atomic():
        lifted = (
            Restriction.objects.standing()
            .filter(person_id__in=Groups([person_id]).all_ids)
            .update(lifted_at=now, lifted_by=by.display_name, lifted_because=why.strip())
        )
        if lifted:
            record(by=by, did=did, about_person=person_id, why=why)
    if not lifted:
        _refuse(NotPossible, "This record is not restricted.", person_id, by, did)


def keep_out(*, person_id: str, practitioner, why: str, by, now: datetime) -> KeptOut:
    """Hide one child's record from one member of staff, whatever part they have: their own family, or a colleague's."""
    did = "kept somebody out of a record"
    _may(person_id, by, now, did, refusal_to_restrict(by.role), why)
    if practitioner == owner_of_restricted(person_id):
        _refuse(
            NotPossible,
            "They answer for this restricted record. Name another owner first.",
            person_id,
            by,
            did,
        )
    with transaction.atomic():
        kept, made = KeptOut.objects.get_or_create(
            person_id=person_id,
            practitioner=practitioner,
            lifted_at=None,
            defaults={"why": why.strip(), "set_by": by.display_name},
        )
        if made:
            record(by=by, did=did, about_person=person_id, why=why, particulars={"kept out": practitioner.pk})
    return kept


def let_back(kept: KeptOut, *, why: str, by, now: datetime) -> None:
    did = "let somebody back to a record"
    _may(kept.person_id, by, now, did, refusal_to_lift(by.role), why)
    with transaction.atomic():
        lifted = KeptOut.objects.standing().filter(pk=kept.pk)
        if lifted.update(lifted_at=now, lifted_by=by.display_name, lifted_because=why.strip()):
            record(
                by=by,
                did=did,
                about_person=kept.person_id,
                why=why,
                particulars={"let back": kept.practitioner_id},
            )


def heard_of_restricted(*, person_id: str, about_kind: str, about_id, now: datetime):
    """Somebody wrote about a restricted child without knowing it. It is taken as normal, and reaches the owner the same working day.

    Returns the owner, or None where the record is not restricted. Whoever wrote is told nothing that they would not be told otherwise.
    """
    owner = owner_of_restricted(person_id)
    if owner is not None:
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


def same_working_day(now: datetime):
    return add_working_days(timezone.localdate(now), 0)


def _may(person_id: str, by, now: datetime, did: str, refusal: str | None, why: str | None = None) -> None:
    """Before the transaction, so that a refusal stays on the trail when nothing else does."""
    seen = open_record(
        person_id=person_id, by=by, today=timezone.localdate(now), now=now, did=f"{did}: opened it"
    )
    if seen.through is not Through.PART:
        _refuse(NotAllowed, NOT_IN_PASSING, person_id, by, did)
    if refusal:
        _refuse(NotAllowed, refusal, person_id, by, did)
    if why is not None and (refused := refusal_of_reason(why)):
        _refuse(NotPossible, refused, person_id, by, did)


def _refuse(refusal, reason: str, person_id: str, by, did: str) -> NoReturn:
    record(by=by, did=did, about_person=person_id, refused_because=reason)
    raise refusal(reason)
