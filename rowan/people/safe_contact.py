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
from rowan.agencies.in_words import by_and_when
from rowan.asked_alike import asked_alike
from rowan.asked_once import asked_once
from rowan.audit_trail.actions import record
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst

from .models import Person, SafeContact
from .rules.safe_contact import FLAG_NAMES, Flag, refusal_of_flag, refusal_to_send
from .where_they_live import home_is_withheld

NOT_IN_PASSING = "Safe contact is recorded by those who work with the child. Tell one of them: their names stand on the child’s page."


def safe_contact_of(person_ids: Iterable[str]) -> dict[str, list[SafeContact]]:
    """What stands now, for each of these people, in the order a reader needs it. For readers whom `access` has let in."""
    groups = Groups(person_ids)
    order = list(Flag)
    ids = tuple(groups.all_ids)
    heeded = asked_once(("safe contact", ids), lambda: _heeded(ids=ids))
    found = sorted(heeded, key=lambda row: order.index(Flag(row.flag)))
    return {
        person_id: [row for row in found if groups.now_of[row.person_id] == groups.now_of[person_id]]
        for person_id in groups.wanted
    }


def must_be_heeded(person_id: str, flag: Flag) -> bool:
    return any(row.flag == flag for row in safe_contact_of([person_id])[person_id])


@asked_alike
def _heeded(ids):
    return SafeContact.objects.filter(person__among=ids, ended_at=None).select_related("recorded_by")


def history_of(person_id: str) -> list[SafeContact]:
    rows = SafeContact.objects.filter(person_id__in=Groups([person_id]).all_ids).exclude(ended_at=None)
    return list(rows.select_related("recorded_by", "ended_by"))


def version_of(flags: Iterable[SafeContact]) -> str:
    """Which flags stand: what a form to add another was opened on."""
    return ",".join(sorted(str(row.pk) for row in flags))


def heed(
    *,
    person_id: str,
    flag: str,
    words: str = "",
    said_by: str,
    said_on: date,
    by,
    now: datetime,
    opened_on: str | None = None,
) -> SafeContact:
    """Record one thing to heed. A preferred name or a language takes the place of the one before, which stays on record.

    `opened_on` is which flags stood on the page: one said since then gives way only to somebody who has seen it.
    """
    did = "recorded safe contact"
    _may(person_id, by, now, did)
    if refused := refusal_of_flag(flag, words, said_by):
        _refuse(NotPossible, refused, person_id, by, did)
    unseen = None
    with transaction.atomic():
        # Two may say it in the same moment, when no flag stands that could be waited for: they wait on the person.
        Person.objects.select_for_update().get(pk=person_id)
        standing = SafeContact.objects.filter(person_id=person_id, flag=flag, ended_at=None)
        for row in standing.select_related("recorded_by"):
            if (row.words, row.said_by, row.said_on) == (words.strip(), said_by.strip(), said_on):
                return row
            if opened_on is not None and str(row.pk) not in opened_on.split(","):
                unseen = row
        if unseen is None:
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
    if unseen is not None:
        both = [
            Both(FLAG_NAMES[Flag(flag)], unseen.words or "Recorded, without words", words),
            Both("Who said so", unseen.said_by, said_by),
            Both("When they said it", f"{unseen.said_on:%d/%m/%Y}", f"{said_on:%d/%m/%Y}"),
            Both("Recorded by", by_and_when(unseen.recorded_by.display_name, unseen.recorded_at), "Not sent"),
        ]
        reason = "Somebody recorded the same thing to heed since you opened the page."
        _somebody_was_first(reason, both, person_id, by, did, may_send=True)
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
    ended = SafeContact.objects.select_related("ended_by").get(pk=row.pk)
    if (ended.ended_by_id, ended.ended_because) != (by.pk, why.strip()):
        both = [
            Both("Why it no longer holds", ended.ended_because, why),
            Both("Ended by", by_and_when(ended.ended_by.display_name, ended.ended_at), "Not sent"),
        ]
        _somebody_was_first("This no longer holds already.", both, row.person_id, by, did)


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


def _somebody_was_first(
    reason: str, both: list[Both], person_id: str, by, did: str, *, may_send: bool = False
) -> NoReturn:
    record(by=by, did=did, about_person=person_id, refused_because=reason)
    raise SomebodyWasFirst(reason, both, may_send=may_send)


def _refuse(refusal, reason: str, person_id: str, by, did: str) -> NoReturn:
    record(by=by, did=did, about_person=person_id, refused_because=reason)
    raise refusal(reason)
