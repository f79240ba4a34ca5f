"""Whom a question about a child can be put to by name: the allocated worker, and whoever leads the hub's work and plan with the child."""

from collections.abc import Collection
from datetime import date

from rowan.access.models import Involvement, Why
from rowan.access.rules.leading import AFTER_OR_BESIDE, LEADS_THE_WORK
from rowan.agencies.models import Practitioner
from rowan.timescales.models import Clock

from ..rules.whom_to_ask import Lead, Worker
from .put_before import who_now


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


def plan_leads(person_ids: Collection[str], today: date) -> dict[str, tuple[Lead, Practitioner]]:
    """Each child's lead, while the hub's work with them is open, whichever of the child's ids it was opened under."""
    now_of = who_now(person_ids)
    parts = (
        Involvement.objects.on(today)
        .not_kept_out()
        .filter(
            person_id__in=list(now_of),
            why=Why.WORKING_WITH,
            rests_on__startswith=f"{LEADS_THE_WORK} ",
            practitioner__is_active=True,
        )
        .select_related("practitioner__agency")
        .order_by("opened_on", "pk")
    )
    works = {part.rests_on.removeprefix(f"{LEADS_THE_WORK} "): part for part in parts}
    # While the work goes on something is always owed of it.
    going_on = (
        Clock.objects.running()
        .filter(about_kind=LEADS_THE_WORK, about_id__in=list(works))
        .exclude(what__in=AFTER_OR_BESIDE)
    )
    leads = {}
    for work in going_on.order_by("started_at").values_list("about_id", flat=True):
        part = works[work]
        leads[now_of[part.person_id]] = (Lead(part.practitioner.display_name), part.practitioner)
    return leads
