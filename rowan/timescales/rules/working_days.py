"""Working days in England: Monday to Friday, but for bank holidays."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def add_working_days(day: date, working_days: int) -> date:
    """The working day that many working days after `day`. Nought gives `day` itself, or the next working day."""
    if working_days < 0:
        raise ValueError("Working days are counted forwards.")
    while not is_working_day(day):
        day += timedelta(days=1)
        # A clock that starts on a day off starts on the next working day's morning.
    for _ in range(working_days):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days after `first`, up to and with `last`."""
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def lasts(first: date, last: date | None, working_days: int) -> bool:
    """Whether the time from `first` to `last`, both counted, holds at least that many working days. Without an end it does."""
    day = first
    while working_days > 0 and (last is None or day <= last):
        working_days -= is_working_day(day)
        day += timedelta(days=1)
    return working_days <= 0
