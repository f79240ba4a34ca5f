"""When a series meets next: rhythms differ from area to area and are changed from date to date (domain 1.4)."""

from datetime import date, timedelta
from enum import StrEnum

from rowan.timescales.rules.working_days import add_working_days


class Rhythm(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


RHYTHM_NAMES = {
    Rhythm.DAILY: "Every working day",
    Rhythm.WEEKLY: "Every week",
    Rhythm.FORTNIGHTLY: "Every two weeks",
    Rhythm.MONTHLY: "Every four weeks",
}
WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2, Rhythm.MONTHLY: 4}


def next_meeting(rhythm: Rhythm, last: date, today: date) -> date:
    """The first working day of the rhythm after the last meeting, and not before tomorrow."""
    if rhythm == Rhythm.DAILY:
        return add_working_days(max(last, today), 1)
    step = timedelta(weeks=WEEKS[rhythm])
    day = last + step
    while day <= today:
        day += step
    return add_working_days(day, 0)
