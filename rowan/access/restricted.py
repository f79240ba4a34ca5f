"""Whom a restricted record lets in: name one more, take somebody off, hand it to another owner.

Each takes a reason and leaves a line. The restriction is held while it is changed, so that of two people at once neither loses what
the other did.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from rowan.agencies.leads import DecidingAs, deciding_as
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import ROWAN, record
from rowan.notices.actions import News, tell_all
from rowan.refusals import NotAllowed, NotPossible

from .hiding import clocks_about, must_have_a_part, refuse, standing_on
from .models import ChangeOfRestriction, KeptOut, LetIn, Restriction, RestrictionChange
from .rules.hiding import (
    refusal_of_stale_owner,
    refusal_to_let_in,
    refusal_to_manage,
    refusal_to_take_off,
)
from .rules.matrix import opens_records
from .standing import Groups, owner_of_restricted, owners_of_restricted

NOT_RESTRICTED = "This record is not restricted."
LET_IN = "You were let into a restricted record"
ANSWERS = "A restricted record was handed to you"
NO_LONGER = "A restricted record you answered for was handed to somebody else"
NOBODY_LEFT = "A restricted record had nobody left inside and was handed to an approving manager"
OWNER_LEFT = "Whoever answered for the record has left."


def let_in(*, person_id: str, practitioner, why: str, by, now: datetime) -> None:
    """Name one more person whom the restriction lets in."""
    did = "let somebody into a restricted record"
    _may(person_id, by, now, did, why)
    with transaction.atomic():
        rows = standing_on(person_id, to_change=True)
        refusal = None if rows else NOT_RESTRICTED
        refusal = refusal or refusal_of(practitioner, person_id)
        fresh = [] if refusal else _name(rows, practitioner, by)
        if fresh:
            place = deciding_as(by, now)
            _changed(fresh, ChangeOfRestriction.LET_IN, practitioner, why, by, now, place)
            record(
                by=by,
                did=did,
                about_person=person_id,
                why=why,
                particulars={"let in": [practitioner.pk]} | place.trail,
            )
            tell_all([News(practitioner, LET_IN, f"/children/{person_id}/")], now)
    if refusal:
        refuse(NotPossible, refusal, person_id, by, did)


def take_off(*, person_id: str, practitioner, why: str, by, now: datetime) -> None:
    """Let somebody in no longer. What they had in hand about the child goes to whoever answers for the record."""
    did = "took somebody off a restricted record"
    _may(person_id, by, now, did, why)
    with transaction.atomic():
        rows = standing_on(person_id, to_change=True)
        named = LetIn.objects.filter(restriction__in=rows)
        refusal = refusal_to_take_off(
            owns=any(row.owner_id == practitioner.pk for row in rows),
            others_here=min((_others_here(row, practitioner) for row in rows), default=1),
        )
        gone = [] if refusal else [row for row in rows if named.filter(restriction=row, practitioner=practitioner).delete()[0]]  # fmt: skip
        if gone:
            place = deciding_as(by, now)
            _changed(gone, ChangeOfRestriction.TAKEN_OFF, practitioner, why, by, now, place)
            passed = _pass_clocks(person_id, [practitioner.pk], owner_of_restricted(person_id), now)
            record(
                by=by, did=did, about_person=person_id, why=why,
                particulars={"taken off": practitioner.pk, "clocks passed on": passed} | place.trail,
            )  # fmt: skip
    if refusal:
        refuse(NotPossible, refusal, person_id, by, did)


def hand_over(
    *, person_id: str, practitioner, why: str, by, now: datetime, owner_was: int | None = None
) -> None:
    """Make somebody else answer for the record. The clocks that run about the child with the owner before go with it.

    `owner_was`: who answered for it on the page that asked for this. When that is another by now, nothing is done and it is said.
    """
    did = "handed a restricted record to another owner"
    _may(person_id, by, now, did, why)
    with transaction.atomic():
        rows = standing_on(person_id, to_change=True)
        before = {row.owner_id for row in rows}
        if rows and before == {practitioner.pk}:
            return
        owner = owner_of_restricted(person_id)
        refusal = None if rows else NOT_RESTRICTED
        refusal = refusal or refusal_of(practitioner, person_id)
        refusal = refusal or refusal_of_stale_owner(
            owner.display_name if owner else "Nobody",
            changed=owner_was is not None and owner is not None and owner.pk != owner_was,
        )
        if not refusal:
            _hand(rows, person_id, practitioner, why=why, did=did, by=by, now=now)
    if refusal:
        refuse(NotPossible, refusal, person_id, by, did)


def hand_over_what_leavers_owned(now: datetime) -> int:
    """Rowan's own: a record whose owner has left passes to whoever answers for it now, with its clocks. Twice, it acts once."""
    left = Q(owner=None) | Q(owner__is_active=False)
    handed = 0
    for person_id in list(Restriction.objects.standing().filter(left).values_list("person_id", flat=True)):
        with transaction.atomic():
            rows = [
                row
                for row in standing_on(person_id, to_change=True)
                if row.person_id == person_id and not (row.owner and row.owner.is_active)
            ]
            owner = owners_of_restricted([person_id]).get(person_id)
            if not rows or owner is None:
                continue
            nobody_inside = not LetIn.objects.filter(restriction__in=rows, practitioner=owner).exists()
            _hand(
                rows, person_id, owner, why=OWNER_LEFT, did="passed a restricted record on", by=ROWAN, now=now
            )
            if nobody_inside:
                governance = Practitioner.objects.filter(
                    role=Role.INFORMATION_GOVERNANCE.value, is_active=True
                )
                tell_all([News(each, NOBODY_LEFT, "/notices/") for each in governance], now)
            handed += 1
    return handed


def refusal_of(practitioner, person_id: str) -> str | None:
    return refusal_to_let_in(
        signs_in=practitioner.is_active,
        opens_records=opens_records(practitioner.role),
        kept_out=KeptOut.objects.standing()
        .filter(practitioner=practitioner, person_id__in=Groups([person_id]).all_ids)
        .exists(),
    )


def owns(practitioner, person_id: str) -> bool:
    owner = owner_of_restricted(person_id)
    return owner is not None and owner.pk == practitioner.pk


def _may(person_id: str, by, now: datetime, did: str, why: str) -> None:
    must_have_a_part(person_id, by, now, did, None, why)
    if refusal := refusal_to_manage(by.role, owns=owns(by, person_id)):
        refuse(NotAllowed, refusal, person_id, by, did)


def _hand(rows: list[Restriction], person_id: str, to, *, why: str, did: str, by, now: datetime) -> None:
    before = {row.owner_id for row in rows if row.owner_id}
    _name(rows, to, by)
    for row in rows:
        row.owner = to
        row.save(update_fields=["owner"])
    place = deciding_as(by, now)
    _changed(rows, ChangeOfRestriction.HANDED_TO, to, why, by, now, place)
    passed = _pass_clocks(person_id, before, to, now)
    record(
        by=by, did=did, about_person=person_id, why=why,
        particulars={"from": sorted(before), "to": to.pk, "clocks passed on": passed} | place.trail,
    )  # fmt: skip
    page = f"/children/{person_id}/restriction/"
    former = Practitioner.objects.filter(pk__in=before, is_active=True).exclude(pk=to.pk)
    tell_all([News(to, ANSWERS, page, urgent=True), *(News(each, NO_LONGER, page) for each in former)], now)


def _name(rows: list[Restriction], practitioner, by) -> list[Restriction]:
    """Those restrictions that did not name them before."""
    return [
        row
        for row in rows
        if LetIn.objects.get_or_create(
            restriction=row, practitioner=practitioner, defaults={"by": _name_of(by)}
        )[1]
    ]


def _changed(
    rows: list[Restriction], what: ChangeOfRestriction, practitioner, why: str, by, now, place: DecidingAs
) -> None:
    said = {"what": what, "practitioner": practitioner, "why": why.strip()}
    RestrictionChange.objects.bulk_create(
        RestrictionChange(restriction=row, by=_name_of(by), acting_as=place.words, at=now, **said)
        for row in rows
    )


def _pass_clocks(person_id: str, of: Iterable[int], to, now: datetime) -> int:
    theirs = clocks_about(Groups([person_id]).all_ids).filter(owner__in=list(of))
    return theirs.update(owner=to, owner_post=None, handed_over_at=now)


def _others_here(row: Restriction, practitioner) -> int:
    inside = LetIn.objects.filter(restriction=row, practitioner__is_active=True)
    return inside.exclude(practitioner=practitioner).count()


def _name_of(by) -> str:
    return getattr(by, "display_name", "Rowan")
