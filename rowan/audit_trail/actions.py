"""Leave a line on the trail. Called inside the act's own transaction, or before a page is sent: no line, no act."""

from collections.abc import Iterable

from django.utils import timezone

from .models import Entry

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
) -> Entry:
    """Write one line. `by` is a practitioner, or ROWAN, OPERATOR or PUBLIC."""
    entry = _entry(
        by=by,
        did=did,
        about_person=str(about_person or ""),
        about_kind=about_kind,
        about_id=str(about_id or ""),
        purpose=purpose,
        why=why,
        refused_because=refused_because,
        particulars=particulars or {},
    )
    entry.save(force_insert=True)
    return entry


def record_list_shown(
    *, by, did: str, person_ids: Iterable[str], purpose: str = "", particulars: dict | None = None
) -> None:
    """A list page: one line for the list and one for each child shown on it."""
    people = list(dict.fromkeys(person_ids))
    head = _entry(
        by=by, did=did, purpose=purpose, particulars={**(particulars or {}), "children": len(people)}
    )
    lines = [
        _entry(by=by, did=f"{did}: child shown", about_person=person_id, purpose=purpose)
        for person_id in people
    ]
    Entry.objects.bulk_create([head, *lines], batch_size=500)


def _entry(*, by, **fields) -> Entry:
    if isinstance(by, str):
        if by not in {ROWAN, OPERATOR, PUBLIC}:
            raise ValueError(
                "An act on the trail is by a practitioner, Rowan itself, an operator or the public."
            )
        return Entry(at=timezone.now(), by_kind=by, **fields)
    return Entry(
        at=timezone.now(),
        by_kind="practitioner",
        by_id=str(by.pk),
        by_name=by.display_name,
        by_role=by.role,
        by_agency=by.agency.code if by.agency_id else "",
        **fields,
    )
