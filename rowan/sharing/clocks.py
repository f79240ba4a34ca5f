"""When a clock of this room passes to somebody else, they are told, and the child's record opens to whoever has to see to it.

It opens as far as their role sees, until the request is closed or the decision was looked at again. Where a role opens no child's
record, its holder watches the clock and rings.
"""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.access.rules.matrix import opens_records
from rowan.notices.actions import News, tell_all
from rowan.timescales.passing_on import Moved

from .actions.escalating import open_to, rests_on

ABOUT = {"request", "agreement", "sharing decision"}
PAGES = {"request": "sharing:request", "agreement": "sharing:agreement", "sharing decision": "sharing:decision"}  # fmt: skip


def follow(moved: list[Moved], *, now: datetime, by) -> None:
    today = timezone.localdate(now)
    for each in moved:
        if each.clock.about_person:
            _open_record(each, today)
    tell_all([_news(each) for each in moved], now)


def _open_record(moved: Moved, today: date) -> None:
    clock, before = moved.clock, moved.from_owner
    what = rests_on(clock.about_kind, clock.about_id)
    if before is not None:
        Involvement.objects.filter(
            person_id=clock.about_person, why=Why.ASKED, rests_on__startswith=what, practitioner=before
        ).update(closed_on=today)
    if opens_records(moved.to.role):
        open_to(moved.to, person_id=clock.about_person, what=f"{what} passed to {moved.to.pk}", today=today)


def _news(moved: Moved) -> News:
    clock = moved.clock
    if clock.about_person and not opens_records(moved.to.role):
        return News(
            moved.to,
            f"A request or decision has passed to you {moved.because}. Your role opens no child’s record: ring the triage desk",
            reverse("agencies:who_answers"),
        )
    page = reverse(PAGES[clock.about_kind], args=[clock.about_id])
    return News(moved.to, f"Work has passed to you {moved.because}", page)
