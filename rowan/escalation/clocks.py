"""When what has gone up, or a stage of a disagreement, passes to somebody else, it is theirs there, and the record opens to them."""

from datetime import datetime

from django.utils import timezone

from rowan.access.reading import ROWAN, reading_as
from rowan.access.rules.matrix import opens_records
from rowan.notices.actions import News, tell_all
from rowan.timescales.passing_on import Moved

from .actions import overdue, stages
from .models import Disagreement, Overdue

ABOUT = {overdue.KIND, stages.KIND}


# Whoever enters an absence or ends an account passes on also what is hidden from them.
@reading_as(ROWAN)
def follow(moved: list[Moved], *, now: datetime, by) -> None:
    today = timezone.localdate(now)
    tell_all([_follow(each, today) for each in moved], now)


def _follow(moved: Moved, today) -> News:
    if moved.clock.about_kind == overdue.KIND:
        row = Overdue.objects.select_related("clock").get(pk=moved.clock.about_id)
        row.owner = moved.to
        row.save(update_fields=["owner"])
        overdue.open_to(row, moved.to, today)
        return News(moved.to, f"Something overdue has passed to you {moved.because}", overdue.page_of(row))
    row = Disagreement.objects.get(pk=moved.clock.about_id)
    stage = row.stage
    if moved.clock.what == stages.CLOCK:
        stage.owner = moved.to
        stage.save(update_fields=["owner"])
    if opens_records(moved.to.role):
        stages.open_to(row, moved.to, today)
    return News(moved.to, f"A disagreement has passed to you {moved.because}", stages.page_of(row))
