"""A step-up that a meeting asks for is somebody's to see to: first the panel's to decide, then the lead professional's to write. Parts of another act."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.access.standing import owner_of_restricted
from rowan.agencies.models import Practitioner
from rowan.notices.actions import tell
from rowan.sharing.actions.escalating import close_to_everybody, open_to
from rowan.timescales.actions import start_clock, stop_clock
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import add_working_days

from ..rules.settings import STEP_UP_WITHIN
from ..standing import all_ids, settings_on, strand_of, whole

STEP_UP_KIND = "step-up"
FOR_THE_PANEL = "a step-up for the panel to decide"
RECOMMENDED = "a step-up that the panel recommends, to be written"
TELLS = {
    FOR_THE_PANEL: "A step-up of a child you lead for comes to the next panel",
    RECOMMENDED: "The panel recommends a step-up of a child you lead for: write where the child stands",
}


def ask_for_step_up(person_id: str, *, next_panel_on: date, else_with: Practitioner, now: datetime) -> None:
    """Asked for where it is not decided: on the list of the next panel, and with the lead until then."""
    _owe(FOR_THE_PANEL, person_id, next_panel_on, else_with, now)


def recommend_step_up(person_id: str, *, else_with: Practitioner, now: datetime) -> None:
    """The panel recommends it: the lead writes where the child stands, within some working days."""
    step_up_is_over(person_id, now, because="the panel recommends it", only=FOR_THE_PANEL)
    today = timezone.localdate(now)
    due_on = add_working_days(today, whole(settings_on(today), STEP_UP_WITHIN))
    _owe(RECOMMENDED, person_id, due_on, else_with, now)


def step_up_is_over(person_id: str, now: datetime, *, because: str, only: str = "") -> None:
    """Decided otherwise, or written."""
    rows = Clock.objects.running().filter(about_kind=STEP_UP_KIND, about_id__in=all_ids(person_id))
    for what, about_id in list((rows.filter(what=only) if only else rows).values_list("what", "about_id")):
        stop_clock(what=what, about_kind=STEP_UP_KIND, about_id=about_id, now=now, because=because)
        close_to_everybody(person_id, f"{STEP_UP_KIND} {about_id}", timezone.localdate(now))


def lead_of(person_id: str, today: date) -> Practitioner | None:
    """Whoever answers for a restricted record; else the child's lead professional; else the allocated worker, who signs in."""
    if owner := owner_of_restricted(person_id):
        return owner
    ids = all_ids(person_id)
    strand = strand_of(ids)
    if strand is not None and strand.is_open:
        return strand.lead
    rows = Involvement.objects.on(today).not_kept_out().filter(person_id__in=ids, why=Why.ALLOCATED_WORKER)
    found = rows.filter(practitioner__is_active=True).select_related("practitioner").first()
    return found.practitioner if found else None


def _owe(what: str, person_id: str, due_on: date, else_with: Practitioner, now: datetime) -> None:
    today = timezone.localdate(now)
    lead = lead_of(person_id, today) or else_with
    start_clock(
        what=what, about_kind=STEP_UP_KIND, about_id=person_id, about_person=person_id, due_on=due_on, now=now, owner=lead
    )  # fmt: skip
    open_to(lead, person_id=person_id, what=f"{STEP_UP_KIND} {person_id}", today=today)
    tell(lead, TELLS[what], reverse("assessments:child", args=[person_id]), now)
