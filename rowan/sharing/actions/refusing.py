"""Say no and leave it on the trail, before any transaction opens (design hard case 4)."""

from typing import NoReturn

from rowan.audit_trail.actions import record
from rowan.refusals import NotPossible


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
