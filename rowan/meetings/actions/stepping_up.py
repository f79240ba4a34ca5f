"""What a meeting's word on a step-up leads to: from a huddle to the next panel, from the panel to the lead professional."""

from datetime import date, datetime

from rowan.assessments.actions.owing import APPROVAL
from rowan.assessments.actions.stepping_up import (
    FOR_THE_PANEL,
    ask_for_step_up,
    recommend_step_up,
    step_up_is_over,
)
from rowan.assessments.models import Assessment
from rowan.assessments.rules.states import says_less

from ..models import Item, Meeting
from ..rules.decisions import Decided
from ..rules.steps import Step
from ..rules.the_list import SeriesKind

OTHERWISE = "the meeting decided otherwise"


def follow_a_step_up(item: Item, before: str, *, now: datetime) -> None:
    """Within the decision, put right or not. A panel settles what was asked of it; a huddle takes back only what it asked itself."""
    is_panel = item.meeting.series.kind == SeriesKind.PANEL
    steps_up = item.decision == Decided.STEP_UP
    if steps_up and is_panel:
        recommend_step_up(item.person_id, else_with=item.meeting.organiser, now=now)
    elif steps_up:
        ask_for_step_up(item.person_id, next_panel_on=_next_panel_on(item), else_with=item.meeting.organiser, now=now)  # fmt: skip
    elif is_panel:
        step_up_is_over(item.person_id, now, because=OTHERWISE, only="" if before == Decided.STEP_UP else FOR_THE_PANEL)  # fmt: skip
    elif before == Decided.STEP_UP:
        step_up_is_over(item.person_id, now, because=OTHERWISE, only=FOR_THE_PANEL)


def versions_that_say_more(clocks) -> set[str]:
    """Of the versions that wait for their approval, those by which a child stands for more than before."""
    waiting = clocks.filter(what=APPROVAL).values_list("about_id", flat=True)
    found = Assessment.objects.filter(pk__in=list(waiting), follows__isnull=False)
    rows = found.values_list("pk", "follows__state", "state")
    return {str(pk) for pk, was, to in rows if was != to and not says_less(was, to)}


def _next_panel_on(item: Item) -> date:
    """The day of the panel that is planned next; where none is, the day on which this meeting looks again."""
    panels = Meeting.objects.filter(series__kind=SeriesKind.PANEL.value, step=Step.PLANNED.value, on__gte=item.meeting.on)  # fmt: skip
    return panels.order_by("on").values_list("on", flat=True).first() or item.review_on
