"""Say no and leave it on the trail, before any transaction opens (design hard case 4)."""

from collections.abc import Iterable
from typing import NoReturn

from rowan.audit_trail.actions import record
from rowan.refusals import Both, NotPossible, SomebodyWasFirst


def refuse(
    reason: str,
    *,
    by,
    did: str,
    about_kind: str,
    about_id: object = "",
    person_id: str = "",
    refusal=NotPossible,
) -> NoReturn:
    record(
        by=by,
        did=did,
        about_person=person_id,
        about_kind=about_kind,
        about_id=about_id,
        refused_because=reason,
    )
    raise refusal(reason)


def somebody_was_first(reason: str, both: Iterable[Both], *, may_send: bool = False, **about) -> NoReturn:
    """The reason goes on the trail; what the two of them said goes to the second's page and nowhere else."""
    rows = list(both)

    def first(words: str) -> SomebodyWasFirst:
        return SomebodyWasFirst(words, rows, may_send=may_send)

    refuse(reason, refusal=first, **about)
