"""Say no about a concern and leave it on the trail, before any transaction opens (design, hard case 4)."""

from collections.abc import Iterable
from datetime import datetime
from typing import NoReturn

from rowan.audit_trail.actions import record
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst

from ..reading import Opened, open_concern
from ..rules.running import KIND
from ..rules.who_triages import NOT_YOURS


def refuse(reason: str, *, by, did: str, concern=None, refusal=NotPossible) -> NoReturn:
    _record(reason, by, did, concern)
    raise refusal(reason)


def somebody_was_first(
    reason: str, both: Iterable[Both], *, by, did: str, concern, may_send: bool = False
) -> NoReturn:
    _record(reason, by, did, concern)
    raise SomebodyWasFirst(reason, both, may_send=may_send)


def must_triage(opened: Opened, *, by, did: str) -> None:
    """Whoever only reads a concern about a child she works with changes nothing of it."""
    if not opened.triages:
        refuse(NOT_YOURS, by=by, did=did, concern=opened.concern, refusal=NotAllowed)


def open_at_the_desk(concern_id, *, by, now: datetime, did: str) -> Opened:
    """For the pages on which triage changes something: nobody who only reads a concern opens them."""
    opened = open_concern(concern_id, by=by, now=now, did=did)
    must_triage(opened, by=by, did=did)
    return opened


def _record(reason: str, by, did: str, concern) -> None:
    record(
        by=by,
        did=did,
        about_person=concern.person_id or "" if concern else "",
        about_kind=KIND,
        about_id=concern.pk if concern else "",
        refused_because=reason,
    )
