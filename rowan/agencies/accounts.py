"""Make, change and end other people's accounts; and end sessions, one's own or a leaver's."""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NotPossible

from .actions import add_person
from .api_clients import end_client
from .models import ApiClient, Practitioner, SecondFactorReset, SignedIn
from .passing_on import pass_on_everything
from .rules.accounts import RESET_ASKED_FOR, refusal_to_confirm_reset, refusal_to_keep_accounts

# Read aloud over a telephone: no letter that could be taken for another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def make_account(*, by: Practitioner, **about) -> tuple[Practitioner, str]:
    """The account and the password it starts with, which is shown once and changed at the first sign-in."""
    _may_keep(None, by, "made an account")
    password = starting_password()
    with transaction.atomic():
        person = add_person(by=by, password=password, **about)
        person.password_to_change = True
        person.save(update_fields=["password_to_change"])
    return person, password


def give_starting_password(person: Practitioner, *, by: Practitioner) -> str:
    """Somebody forgot hers. The second step stays as it is."""
    did = "gave a starting password"
    _may_keep(person, by, did)
    password = starting_password()
    with transaction.atomic():
        person.set_password(password)
        person.password_to_change = True
        person.save(update_fields=["password", "password_to_change"])
        end_sessions(person)
        _leave_line(did, person, by)
    return password


def change_role(person: Practitioner, *, role: str, why: str, by: Practitioner) -> None:
    """From the next request the person has the new role, after signing in again."""
    did = "changed a role"
    _may_keep(person, by, did)
    with transaction.atomic():
        person = Practitioner.objects.select_for_update().get(pk=person.pk)
        before, person.role = person.role, role
        person.save(update_fields=["role"])
        end_sessions(person)
        _leave_line(did, person, by, why=why, particulars={"from": before, "to": role})


def end_account(person: Practitioner, *, why: str, by: Practitioner, now: datetime) -> None:
    """Nobody signs in with it again, what was open closes, and the work goes to somebody who is there."""
    did = "ended an account"
    _may_keep(person, by, did)
    with transaction.atomic():
        person = Practitioner.objects.select_for_update().get(pk=person.pk)
        if not person.is_active:
            raise NotPossible("This account has ended already.")
        moved = pass_on_everything(leaving=[person], now=now, by=by)
        person.is_active = False
        person.save(update_fields=["is_active"])
        person.linked.all().delete()
        end_sessions(person)
        # Nobody answers for their systems any more: those stop too, until somebody else does.
        for client in ApiClient.objects.filter(answered_for_by=person, ended_at=None):
            end_client(client, by=by, now=now)
        _leave_line(did, person, by, why=why, particulars={"passed on": moved})


def ask_for_reset(person: Practitioner, *, why: str, by: Practitioner, now: datetime) -> SecondFactorReset:
    """Somebody lost phone, passkey and codes. One person asks, and nothing happens until another confirms."""
    did = "asked to reset a second factor"
    _may_keep(person, by, did)
    with transaction.atomic():
        Practitioner.objects.select_for_update().get(pk=person.pk)
        standing = SecondFactorReset.objects.filter(
            practitioner=person, asked_by=by, confirmed_at=None, asked_at__gt=now - RESET_ASKED_FOR
        ).first()
        if standing:
            return standing
        asked = SecondFactorReset.objects.create(practitioner=person, asked_by=by, asked_at=now, why=why)
        _leave_line(did, person, by, why=why)
    return asked


def confirm_reset(reset: SecondFactorReset, *, by: Practitioner, now: datetime) -> None:
    """The other of the two. What signed the person in is gone; the next password leads to making it anew."""
    did = "reset a second factor"
    refusal = refusal_to_confirm_reset(
        by.role,
        asked_by_oneself=reset.asked_by_id == by.pk,
        is_oneself=reset.practitioner_id == by.pk,
        asked_at=reset.asked_at,
        now=now,
    )
    if refusal:
        _refuse(refusal, reset.practitioner, by, did)
    with transaction.atomic():
        reset = SecondFactorReset.objects.select_for_update().get(pk=reset.pk)
        if reset.confirmed_at:
            raise NotPossible("This is confirmed already.")
        reset.confirmed_by, reset.confirmed_at = by, now
        reset.save(update_fields=["confirmed_by", "confirmed_at"])
        Authenticator.objects.filter(user=reset.practitioner).delete()
        end_sessions(reset.practitioner)
        _leave_line(did, reset.practitioner, by, particulars={"asked by": reset.asked_by_id})


def end_own_session(key: str, *, by: Practitioner) -> None:
    _end_own(SignedIn.objects.filter(practitioner=by, session_key=key), by)


def end_own_other_sessions(*, but: str, by: Practitioner) -> None:
    _end_own(SignedIn.objects.filter(practitioner=by).exclude(session_key=but), by)


def end_sessions(person: Practitioner) -> None:
    """All of them, at once: the next request of each is nobody's."""
    SignedIn.objects.filter(practitioner=person).delete()


def starting_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _end_own(sessions, by: Practitioner) -> None:
    with transaction.atomic():
        ended, _ = sessions.delete()
        record(by=by, did="ended own sessions", particulars={"sessions": ended})


def _may_keep(person: Practitioner | None, by: Practitioner, did: str) -> None:
    is_oneself = person is not None and person.pk == by.pk
    if refusal := refusal_to_keep_accounts(by.role, is_oneself=is_oneself):
        _refuse(refusal, person, by, did)


def _refuse(refusal: str, person: Practitioner | None, by: Practitioner, did: str) -> None:
    record(
        by=by,
        did=did,
        about_kind="practitioner",
        about_id=person.pk if person else "",
        refused_because=refusal,
    )
    raise NotAllowed(refusal)


def _leave_line(did: str, person: Practitioner, by: Practitioner, **more) -> None:
    record(by=by, did=did, about_kind="practitioner", about_id=person.pk, **more)
