"""Make, change and end other people's accounts; and end sessions, one's own or a leaver's."""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import NoReturn

from allauth.mfa.models import Authenticator
from django.db import transaction

from rowan.audit_trail.actions import record
from rowan.audit_trail.models import Entry
from rowan.refusals import Both, NotAllowed, SomebodyWasFirst

from .actions import add_person
from .api_clients import end_client
from .in_words import by_and_when
from .models import ApiClient, AwaitedRole, Practitioner, SecondFactorReset, SignedIn
from .passing_on import pass_on_everything
from .refused_lines import refused_on_the_trail
from .rules.accounts import RESET_ASKED_FOR, refusal_to_confirm_reset, refusal_to_keep_accounts
from .rules.roles import APPROVES_FOR_TWO, ROLE_NAMES, Role, leaves_the_work

# Read aloud over a telephone: no letter that could be taken for another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

PRIMARY = ("totp", "webauthn")  # codes alone were made with one of these, or are left of one
A_NEW_PASSWORD = "A new password to start with"


def make_account(*, by: Practitioner, now: datetime, **about) -> tuple[Practitioner, str]:
    """The account and the password it starts with, which is shown once and changed at the first sign-in.

    In a role that approves what takes two people it stays shut, without a password, until a second person confirms it.
    """
    _may_keep(None, by, "made an account")
    waits = about["role"] in APPROVES_FOR_TWO
    password = "" if waits else starting_password()
    with transaction.atomic():
        person = add_person(by=by, password=password or None, **about)
        person.password_to_change, person.is_active = True, not waits
        person.save(update_fields=["password_to_change", "is_active"])
        if waits:
            _ask_for_role(person, person.role, before="", why="A new account", by=by, now=now)
    return person, password


def give_starting_password(
    person: Practitioner, *, by: Practitioner, now: datetime, opened_on: str | None = None
) -> str:
    """Somebody forgot hers. The second step stays as it is. One given since the page was opened is not made void unseen.

    Where the role approves what takes two people and no second step stands behind the password yet, none is given to one
    administrator alone: it waits for a second person, and this is empty.
    """
    did = "gave a starting password"
    _may_keep(person, by, did)
    password = ""
    with transaction.atomic():
        person = Practitioner.objects.select_for_update().get(pk=person.pk)
        stale = opened_on not in {None, password_version(person)}
        if not stale and _password_waits(person):
            _ask_for_role(person, person.role, before=person.role, why=A_NEW_PASSWORD, by=by, now=now)
        elif not stale:
            password = set_starting_password(person)
            _leave_line(did, person, by)
    if stale:
        reason = "The password of this account was changed since you opened the page. The one that was given still works."
        both = [Both("Password to start with", _who_did(did, person) or "Chosen by the person herself")]
        _somebody_was_first(reason, both, person, by, did)
    return password


def set_starting_password(person: Practitioner) -> str:
    password = starting_password()
    person.set_password(password)
    person.password_to_change = True
    person.save(update_fields=["password", "password_to_change"])
    end_sessions(person)
    return password


def password_version(person: Practitioner) -> str:
    """Tells one password from the next, and nothing about either."""
    return sha256(f"which password|{person.password}".encode()).hexdigest()[:16]


def change_role(
    person: Practitioner,
    *,
    role: str,
    why: str,
    by: Practitioner,
    now: datetime,
    opened_on: str | None = None,
) -> None:
    """From the next request the person has the new role, after signing in again. `opened_on`: the role that the form was opened on.

    To or from a role that sees no child, what waits for them waits for somebody else from now on. A role that approves what takes two
    people is asked for here, and taken when a second person confirms it.
    """
    did = "changed a role"
    _may_keep(person, by, did)
    with _refused(did, person, by), transaction.atomic():
        person = Practitioner.objects.select_for_update().get(pk=person.pk)
        before = person.role
        stale = opened_on not in {None, before}
        waits = None
        if not stale and role in APPROVES_FOR_TWO:
            waits = _ask_for_role(person, role, before=before, why=why, by=by, now=now)
        elif not stale:
            particulars = take_role(person, role, by=by, now=now)
            _leave_line(did, person, by, why=why, particulars=particulars)
    if waits and (waits.role, waits.asked_by_id, waits.why) != (role, by.pk, why):
        both = [
            Both("Role", ROLE_NAMES[Role(waits.role)], ROLE_NAMES[Role(role)]),
            Both("Asked by", by_and_when(waits.asked_by.display_name, waits.asked_at), "Not sent"),
            Both("Why", waits.why, why),
        ]
        _somebody_was_first("A role waits for a second person already.", both, person, by, did)
    if stale:
        both = [
            Both("Role", ROLE_NAMES[Role(before)], ROLE_NAMES[Role(role)]),
            Both("Changed by", _who_did(did, person), "Not sent"),
            Both("Why", _why_did(did, person), why),
        ]
        _somebody_was_first("The role was changed since you opened the page.", both, person, by, did, may_send=True)  # fmt: skip


def take_role(person: Practitioner, role: str, *, by, now: datetime) -> dict:
    """For the line: from which role to which, and how much of what waited passed on."""
    before, person.role = person.role, role
    person.save(update_fields=["role"])
    leaving = [person] if leaves_the_work(before, role) else []
    moved = pass_on_everything(leaving=leaving, now=now, by=by)
    end_sessions(person)
    return {"from": before, "to": role} | ({"passed on": moved} if leaving else {})


def end_account(person: Practitioner, *, why: str, by: Practitioner, now: datetime) -> None:
    """Nobody signs in with it again, what was open closes, and the work goes to somebody who is there; or the account stays."""
    did = "ended an account"
    _may_keep(person, by, did)
    with _refused(did, person, by), transaction.atomic():
        person = Practitioner.objects.select_for_update().get(pk=person.pk)
        ended_before = not person.is_active
        if not ended_before:
            moved = pass_on_everything(leaving=[person], now=now, by=by)
            person.is_active = False
            person.save(update_fields=["is_active"])
            person.linked.all().delete()
            end_sessions(person)
            person.awaited_roles.filter(decided_at=None).update(
                decided_by=by, decided_at=now, confirmed=False
            )
            # Nobody answers for their systems any more: those stop too, until somebody else does.
            for client in ApiClient.objects.filter(answered_for_by=person, ended_at=None):
                end_client(client, by=by, now=now)
            _leave_line(did, person, by, why=why, particulars={"passed on": moved})
    if ended_before:
        both = [Both("Ended by", _who_did(did, person)), Both("Why", _why_did(did, person), why)]
        _somebody_was_first("This account has ended already.", both, person, by, did)


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
        confirmed_before = reset.confirmed_at
        if not confirmed_before:
            reset.confirmed_by, reset.confirmed_at = by, now
            reset.save(update_fields=["confirmed_by", "confirmed_at"])
            Authenticator.objects.filter(user=reset.practitioner).delete()
            _forget_what_others_know(reset.practitioner)
            end_sessions(reset.practitioner)
            _leave_line(did, reset.practitioner, by, particulars={"asked by": reset.asked_by_id})
    if confirmed_before:
        both = [Both("Confirmed by", by_and_when(reset.confirmed_by.display_name, confirmed_before))]
        _somebody_was_first("This is confirmed already.", both, reset.practitioner, by, did)


def end_own_session(key: str, *, by: Practitioner) -> None:
    _end_own(SignedIn.objects.filter(practitioner=by, session_key=key), by)


def end_own_other_sessions(*, but: str, by: Practitioner) -> None:
    _end_own(SignedIn.objects.filter(practitioner=by).exclude(session_key=but), by)


def end_sessions(person: Practitioner) -> None:
    """All of them, at once: the next request of each is nobody's."""
    SignedIn.objects.filter(practitioner=person).delete()


def starting_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _password_waits(person: Practitioner) -> bool:
    return (
        person.role in APPROVES_FOR_TWO
        and not Authenticator.objects.filter(user=person, type__in=PRIMARY).exists()
    )


def _forget_what_others_know(person: Practitioner) -> None:
    """Whoever gave the password to start with would now be alone between it and a role that approves."""
    if person.role in APPROVES_FOR_TWO and person.password_to_change:
        person.set_unusable_password()
        person.save(update_fields=["password"])


def _ask_for_role(
    person: Practitioner, role: str, *, before: str, why: str, by: Practitioner, now: datetime
) -> AwaitedRole:
    """The one that waits; asked for anew it is the same."""
    waits = (
        AwaitedRole.objects.filter(practitioner=person, decided_at=None).select_related("asked_by").first()
    )
    if waits:
        return waits
    waits = AwaitedRole.objects.create(
        practitioner=person, role=role, before=before, asked_by=by, asked_at=now, why=why
    )
    _leave_line(
        "asked for a role that approves", person, by, why=why, particulars={"from": before, "to": role}
    )
    return waits


def _end_own(sessions, by: Practitioner) -> None:
    with transaction.atomic():
        ended, _ = sessions.delete()
        record(by=by, did="ended own sessions", particulars={"sessions": ended})


def _may_keep(person: Practitioner | None, by: Practitioner, did: str) -> None:
    is_oneself = person is not None and person.pk == by.pk
    if refusal := refusal_to_keep_accounts(by.role, is_oneself=is_oneself):
        _refuse(refusal, person, by, did)


def _refused(did: str, person: Practitioner, by):
    return refused_on_the_trail(by=by, did=did, about_kind="practitioner", about_id=person.pk)


def _refuse(refusal: str, person: Practitioner | None, by: Practitioner, did: str) -> None:
    record(
        by=by,
        did=did,
        about_kind="practitioner",
        about_id=person.pk if person else "",
        refused_because=refusal,
    )
    raise NotAllowed(refusal)


def _somebody_was_first(
    reason: str, both: list[Both], person: Practitioner, by: Practitioner, did: str, *, may_send: bool = False
) -> NoReturn:
    record(by=by, did=did, about_kind="practitioner", about_id=person.pk, refused_because=reason)
    raise SomebodyWasFirst(reason, both, may_send=may_send)


def _last_line(did: str, person: Practitioner) -> Entry | None:
    lines = Entry.objects.filter(about_kind="practitioner", about_id=str(person.pk), did=did)
    return lines.filter(refused_because="").last()


def _who_did(did: str, person: Practitioner) -> str:
    line = _last_line(did, person)
    return by_and_when(line.by_name or "An operator", line.at) if line else ""


def _why_did(did: str, person: Practitioner) -> str:
    line = _last_line(did, person)
    return line.why if line else ""


def _leave_line(did: str, person: Practitioner, by: Practitioner, **more) -> None:
    record(by=by, did=did, about_kind="practitioner", about_id=person.pk, **more)
