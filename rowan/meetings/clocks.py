"""When the clock of a meeting passes to somebody else, they arrange it, chair it or look again, and are told.

Whoever takes over arranging may open the records on the list, as whoever they stand in for could.
"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.access.rules.matrix import opens_records
from rowan.access.standing import hidden_from
from rowan.notices.actions import News, tell_all
from rowan.timescales.passing_on import Moved

from .actions.lists import rests_on
from .actions.series import HOLD_CLOCK, KIND
from .actions.session import REVIEW_KIND
from .models import Expected, Meeting

ABOUT = {KIND, REVIEW_KIND}


def follow(moved: list[Moved], *, now: datetime, by) -> None:
    meetings = {
        str(row.pk): row
        for row in Meeting.objects.filter(
            pk__in=[each.clock.about_id for each in moved if each.clock.about_kind == KIND]
        )
    }
    for each in moved:
        if meeting := meetings.get(each.clock.about_id):
            _take_over(meeting, each, now)
    tell_all([_news(each) for each in moved], now)


def _take_over(meeting: Meeting, moved: Moved, now: datetime) -> None:
    field = "organiser" if moved.clock.what == HOLD_CLOCK else "chair"
    setattr(meeting, field, moved.to)
    meeting.save(update_fields=[field])
    Expected.objects.get_or_create(meeting=meeting, practitioner=moved.to)
    if field == "organiser" and opens_records(moved.to.role):
        _open_records(meeting, moved, now)


def _open_records(meeting: Meeting, moved: Moved, now: datetime) -> None:
    hidden, today = hidden_from(moved.to), timezone.localdate(now)
    Involvement.objects.bulk_create(
        [
            Involvement(
                person_id=person_id,
                why=Why.ASKED,
                rests_on=f"{rests_on(meeting)} arranged by {moved.to.pk}",
                opened_on=today,
                agency=moved.to.agency,
                practitioner=moved.to,
            )
            for person_id in meeting.items.values_list("person_id", flat=True)
            if person_id not in hidden
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _news(moved: Moved) -> News:
    if moved.clock.about_kind == KIND:
        page = reverse("meetings:meeting", args=[moved.clock.about_id])
        return News(moved.to, f"A meeting has passed to you {moved.because}", page)
    return News(
        moved.to, f"A review at a meeting has passed to you {moved.because}", reverse("meetings:mine")
    )
