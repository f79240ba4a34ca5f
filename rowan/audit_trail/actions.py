"""Leave a line on the trail. Called inside the act's own transaction, or before a page is sent: no line, no act."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from rowan.refusals import NotPossible

from .exporting import write_export
from .rules.chain import FIELDS, fit_to_keep, particulars_in_words
from .writing import Line

# Who may stand behind an act when no practitioner does.
ROWAN = "rowan"
OPERATOR = "operator"
PUBLIC = "public"


def record(
    *,
    by,
    did: str,
    about_person: str = "",
    about_kind: str = "",
    about_id: object = "",
    purpose: str = "",
    why: str = "",
    refused_because: str = "",
    particulars: dict | None = None,
) -> None:
    """Leave one line. `by` is a practitioner, or ROWAN, OPERATOR or PUBLIC. Inside a transaction it is written as the last thing before its commit."""
    _leave(
        [
            _line(
                by=by,
                did=did,
                about_person=str(about_person or ""),
                about_kind=about_kind,
                about_id=str(about_id or ""),
                purpose=purpose,
                why=why,
                refused_because=refused_because,
                particulars=particulars,
            )
        ]
    )


def record_list_shown(
    *, by, did: str, person_ids: Iterable[str], purpose: str = "", particulars: dict | None = None
) -> None:
    """A list page: one line for the list and one for each child shown on it."""
    people = list(dict.fromkeys(person_ids))
    head = _line(
        by=by, did=did, purpose=purpose, particulars={**(particulars or {}), "children": len(people)}
    )
    shown = [
        _line(by=by, did=f"{did}: child shown", about_person=person_id, purpose=purpose)
        for person_id in people
    ]
    _leave([head, *shown])


def export(path: Path, *, by, now: datetime) -> tuple[int, Path]:
    """Write the whole trail for an inspector, this export's own line among it. Returns how many lines, and where the anchors lie."""
    if path.exists():
        raise NotPossible(f"There is a file {path} already. Give another name.")
    record(by=by, did="exported the audit trail")
    return write_export(path, now)


def actor(by) -> dict[str, str]:
    """Who stands behind an act, as the trail names them."""
    if isinstance(by, str):
        if by not in {ROWAN, OPERATOR, PUBLIC}:
            raise ValueError(
                "An act on the trail is by a practitioner, Rowan itself, an operator or the public."
            )
        return {"by_kind": by}
    return {
        "by_kind": "practitioner",
        "by_id": str(by.pk),
        "by_name": by.display_name,
        "by_role": by.role,
        "by_agency": by.agency.code if by.agency_id else "",
    }


def _line(*, by, particulars: dict | None = None, **fields) -> Line:
    words = {**actor(by), **fields, "particulars": particulars_in_words(particulars or {})}
    return Line(timezone.now(), tuple(fit_to_keep(words.get(field, "")) for field in FIELDS if field != "at"))


def _leave(lines: list[Line]) -> None:
    if connection.in_an_act():
        connection.leave(lines)
    else:
        # A look changes nothing else: its line is an act of its own, written before the page is sent.
        with transaction.atomic():
            connection.leave(lines)
