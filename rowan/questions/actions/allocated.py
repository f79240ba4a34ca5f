"""Whom a question about a child can be put to by name: the allocated worker."""

from collections.abc import Collection
from datetime import date

from rowan.access.models import Involvement, Why
from rowan.agencies.models import Practitioner

from ..rules.whom_to_ask import Worker


def allocated_workers(
    person_ids: Collection[str], today: date
) -> dict[str, tuple[Worker, Practitioner | None]]:
    """Each child's allocated worker: one who signs in before one who does not, the newest first."""
    parts = (
        Involvement.objects.on(today)
        .not_kept_out()
        .filter(person_id__in=list(person_ids), why=Why.ALLOCATED_WORKER)
        .select_related("practitioner__agency")
        .order_by("opened_on", "pk")
    )
    found: dict[str, tuple[Worker, Practitioner | None]] = {}
    for part in parts:
        practitioner = part.practitioner if part.practitioner and part.practitioner.is_active else None
        name = part.worker_name or (practitioner.display_name if practitioner else "")
        if not name:
            continue
        standing = found.get(part.person_id)
        if standing is None or practitioner or standing[1] is None:
            found[part.person_id] = (Worker(name, part.worker_phone, practitioner is not None), practitioner)
    return found
