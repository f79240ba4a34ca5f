"""Safe contact: recorded, ended, and asked before anything goes out. Nothing is overwritten; going against it takes a name and a reason."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NoReturn

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.rules.hiding import refusal_of_reason
from rowan.access.rules.seeing import Through
from rowan.access.standing import Groups
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NotPossible

from .models import SafeContact
from .rules.safe_contact import Flag, refusal_of_flag, refusal_to_send
from .where_they_live import home_is_withheld

NOT_IN_PASSING = "Safe contact is recorded by those who work with the child. Tell one of them: their names stand on the child’s page."


def safe_contact_of(person_ids: Iterable[str]) -> dict[str, list[SafeContact]]:
    """What stands now, for each of these people, in the order a reader needs it. For readers whom `access` has let in."""
    groups = Groups(person_ids)
    rows = SafeContact.objects.filter(person_id__in=groups.all_ids, ended_at=None)
    order = list(Flag)
    found = sorted(rows.select_related("recorded_by"), key=lambda row: order.index(Flag(row.flag)))
    return {
        person_id: [row for row in found if groups.now_of[row.person_id] == groups.now_of[person_id]]
        for person_id in groups.wanted
    }


def must_be_heeded(person_id: str, flag: Flag) -> bool:
    ids = Groups([person_id]).all_ids
    return SafeContact.objects.filter(person_id__in=ids, flag=flag, ended_at=None).exists()


def history_of(person_id: str) -> list[SafeContact]:
    rows = SafeContact.objects.filter(person_id__in=Groups([person_id]).all_ids).exclude(ended_at=None)
    return list(rows.select_related("recorded_by", "ended_by"))


def heed(
    *, person_id: str, flag: str, words: str = "", said_by: str, said_on: date, by, now: datetime
) -> SafeContact:
    """Record one thing to heed. A preferred name or a language takes the place of the one before, which stays on record."""
    did = "recorded safe contact"
    _may(person_id, by, now, did)
    if refused := refusal_of_flag(flag, words, said_by):
        _refuse(NotPossible, refused, person_id, by, did)
    with transaction.atomic():
        standing = SafeContact.objects.select_for_update().filter(
            person_id=person_id, flag=flag, ended_at=None
        )
        for row in standing:
            if (row.words, row.said_by, row.said_on) == (words.strip(), said_by.strip(), said_on):
                return row
        standing.update(ended_at=now, ended_by=by, ended_because="Said anew")
        made = SafeContact.objects.create(
            person_id=person_id,
            flag=flag,
            words=words.strip(),
            said_by=said_by.strip(),
            said_on=said_on,
            recorded_by=by,
            recorded_at=now,
        )
        record(by=by, did=did, about_person=person_id, about_kind="safe contact", about_id=made.pk, particulars={"flag": flag})  # fmt: skip
    return made


def end_heeding(row: SafeContact, *, why: str, by, now: datetime) -> None:
    did = "ended safe contact"
    _may(row.person_id, by, now, did)
    if refused := refusal_of_reason(why):
        _refuse(NotPossible, refused, row.person_id, by, did)
    with transaction.atomic():
        standing = SafeContact.objects.filter(pk=row.pk, ended_at=None)
        if standing.update(ended_at=now, ended_by=by, ended_because=why.strip()):
            record(by=by, did=did, about_person=row.person_id, about_kind="safe contact", about_id=row.pk, why=why)  # fmt: skip


def may_be_sent(*, person_id: str, way: str, by, now: datetime, override_why: str = "") -> list[SafeContact]:
    """Asked before anything goes out: a letter, a call, a message, an e-mail, a visit. Returns what to heed; raises against a flag.

    With `override_why` it may go out all the same: who decided so, and why, stands on the trail.
    """
    open_record(
        person_id=person_id,
        by=by,
        today=timezone.localdate(now),
        now=now,
        did="asked whether it may be sent",
    )
    flags = safe_contact_of([person_id])[person_id]
    held = {row.flag for row in flags}
    if home_is_withheld(person_id):
        held.add(Flag.ADDRESS_WITHHELD)
    refusal = refusal_to_send(held, way)
    did = f"sent by {way} against safe contact"
    if refusal and not override_why.strip():
        _refuse(NotAllowed, refusal, person_id, by, did)
    if refusal:
        if refused := refusal_of_reason(override_why):
            _refuse(NotPossible, refused, person_id, by, did)
        record(by=by, did=did, about_person=person_id, why=override_why, particulars={"way": way})
    return flags


def _may(person_id: str, by, now: datetime, did: str) -> None:
    seen = open_record(
        person_id=person_id, by=by, today=timezone.localdate(now), now=now, did=f"{did}: opened it"
    )
    if seen.through is Through.REASON:
        _refuse(NotAllowed, NOT_IN_PASSING, person_id, by, did)


def _refuse(refusal, reason: str, person_id: str, by, did: str) -> NoReturn:
    record(by=by, did=did, about_person=person_id, refused_because=reason)
    raise refusal(reason)
