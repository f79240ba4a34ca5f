"""Confirm that somebody may approve what takes two people, or turn it down: by somebody who approves already and did not ask for it."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from rowan.audit_trail.actions import OPERATOR, record
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst

from .account_details import details_version
from .accounts import set_starting_password, take_role
from .in_words import by_and_when
from .models import AwaitedRole, Practitioner
from .refused_lines import refused_on_the_trail
from .rules.accounts import refusal_to_confirm_role, refusal_to_turn_down_role

CONFIRMED, TURNED_DOWN = "confirmed a role that approves", "turned down a role that approves"
CHANGED = "The account was changed since this was asked for, or since you opened the page. Look at it again."


def confirm(awaited: AwaitedRole, *, by, now: datetime, opened_on: str | None = None) -> str:
    """From now on the person has the role. Of a new account, the password to start with is shown to whoever confirms, and to nobody else."""
    person = awaited.practitioner
    _may(refusal_to_confirm_role, awaited, CONFIRMED, by, asked_by_oneself=awaited.asked_by_id == _id(by))
    password, first = "", None
    with refused_on_the_trail(by=by, did=CONFIRMED, **_about(awaited)), transaction.atomic():
        person = Practitioner.objects.select_for_update().get(pk=awaited.practitioner_id)
        awaited = AwaitedRole.objects.select_for_update().get(pk=awaited.pk)
        first = awaited if awaited.decided_at else None
        if first is None:
            if not _is_as_asked(awaited, person) or opened_on not in {None, version(awaited)}:
                raise NotPossible(CHANGED)
            particulars = {}
            if awaited.before in {"", awaited.role}:
                person.is_active = True
                person.save(update_fields=["is_active"])
                password = set_starting_password(person)
            else:
                particulars = take_role(person, awaited.role, by=by, now=now)
            _decide(awaited, CONFIRMED, by, now, particulars)
    if first:
        _decided_already(first, CONFIRMED, by)
    return password


def turn_down(awaited: AwaitedRole, *, by, now: datetime) -> None:
    """Nothing comes of it: a new account stays shut, and a role stays as it was."""
    _may(refusal_to_turn_down_role, awaited, TURNED_DOWN, by)
    with transaction.atomic():
        awaited = AwaitedRole.objects.select_for_update().get(pk=awaited.pk)
        first = awaited if awaited.decided_at else None
        if first is None:
            _decide(awaited, TURNED_DOWN, by, now, {})
    if first:
        _decided_already(first, TURNED_DOWN, by)


def version(awaited: AwaitedRole) -> str:
    """Tells what is confirmed, and whom it is about, from anything that was put in its place."""
    whom = details_version(Practitioner.objects.get(pk=awaited.practitioner_id))
    return sha256(f"{whom}|{awaited.role}|{awaited.before}".encode()).hexdigest()[:16]


def _is_as_asked(awaited: AwaitedRole, person: Practitioner) -> bool:
    """A new account is shut and has its role; of any other the account is open, and its role is what it was."""
    is_new = awaited.before == ""
    return person.is_active is not is_new and person.role == (awaited.role if is_new else awaited.before)


def _decide(awaited: AwaitedRole, did: str, by, now: datetime, particulars: dict) -> None:
    awaited.decided_by = None if by == OPERATOR else by
    awaited.decided_at, awaited.confirmed = now, did == CONFIRMED
    awaited.save(update_fields=["decided_by", "decided_at", "confirmed"])
    said = {"from": awaited.before, "to": awaited.role, "asked by": awaited.asked_by_id}
    record(by=by, did=did, particulars=said | particulars, **_about(awaited))


def _decided_already(awaited: AwaitedRole, did: str, by) -> None:
    reason = "This is decided already."
    record(by=by, did=did, refused_because=reason, **_about(awaited))
    who = awaited.decided_by.display_name if awaited.decided_by else "An operator"
    decided = "Confirmed" if awaited.confirmed else "Turned down"
    both = [Both(decided, by_and_when(who, awaited.decided_at)), Both("You wanted", did)]
    raise SomebodyWasFirst(reason, both)


def _may(refusal_to, awaited: AwaitedRole, did: str, by, **facts) -> None:
    if by == OPERATOR:
        return
    if refusal := refusal_to(by.role, is_oneself=awaited.practitioner_id == by.pk, **facts):
        record(by=by, did=did, refused_because=refusal, **_about(awaited))
        raise NotAllowed(refusal)


def _about(awaited: AwaitedRole) -> dict:
    return {"about_kind": "practitioner", "about_id": awaited.practitioner_id}


def _id(by) -> int | None:
    return by.pk if isinstance(by, Practitioner) else None
