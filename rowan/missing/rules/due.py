"""When what is owed at each step is due, and whether an interview was held in time."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from rowan.timescales.rules.working_days import add_working_days

from .settings import CARER_WITHIN_DAYS, INTERVIEW_WITHIN_HOURS
from .steps import CARER, INTERVIEW, MISSING, Interview

Values = Mapping[str, float | int | str]


def interview_due_at(returned_at: datetime, values: Values) -> datetime:
    """From the return: weekends and holidays count, as they do for the child."""
    return returned_at + timedelta(hours=float(values[INTERVIEW_WITHIN_HOURS.name]))


def held(held_at: datetime, due_at: datetime) -> Interview:
    return Interview.HELD_IN_TIME if held_at <= due_at else Interview.HELD_LATE


def clock_due_on(clock: str, *, today: date, interview_due_on: date | None, values: Values) -> date:
    """A missing child is looked at again tomorrow, whatever day that is; what is not known yet is due today."""
    if clock == INTERVIEW and interview_due_on is not None:
        return interview_due_on
    if clock == CARER:
        return add_working_days(today, int(values[CARER_WITHIN_DAYS.name]))
    return today + timedelta(days=1) if clock == MISSING else today
