"""School years, terms and training days of the invented county: invented dates, but shaped like England's."""

from datetime import date, timedelta
from functools import lru_cache
from random import Random


def school_year_of(day: date) -> int:
    """The year in which the school year of a day began, on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def name_of(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian rule)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _monday_after(day: date) -> date:
    return day if day.weekday() == 0 else monday_of(day) + timedelta(days=7)


@lru_cache(maxsize=16)
def term_days(year: int) -> tuple[date, ...]:
    """Every weekday between the first day of the autumn term and the last of the summer term that is no holiday."""
    first = _monday_after(date(year, 9, 1)) if date(year, 9, 1).weekday() > 3 else date(year, 9, 1)
    last = monday_of(date(year + 1, 7, 24)) + timedelta(days=1)
    christmas = (monday_of(date(year, 12, 23)), _monday_after(date(year + 1, 1, 2)))
    sunday = easter(year + 1)
    spring_end = max(date(year + 1, 3, 30), monday_of(sunday) - timedelta(days=7))
    easter_holiday = (monday_of(spring_end), monday_of(spring_end) + timedelta(days=14))
    half_terms = [
        monday_of(date(year, 10, 28)),
        monday_of(date(year + 1, 2, 17)),
        monday_of(date(year + 1, 5, 31)),
    ]
    closed = {sunday - timedelta(days=2), sunday + timedelta(days=1), _monday_after(date(year + 1, 5, 1))}
    days = []
    day = first
    while day <= last:
        holiday = (
            day.weekday() > 4
            or day in closed
            or christmas[0] <= day < christmas[1]
            or easter_holiday[0] <= day < easter_holiday[1]
            or any(half <= day < half + timedelta(days=5) for half in half_terms)
        )
        if not holiday:
            days.append(day)
        day += timedelta(days=1)
    return tuple(days)


def training_days(year: int, how_many: int, chance: Random) -> set[date]:
    """Days without pupils: most at the ends of terms, one wherever the school likes."""
    days = term_days(year)
    breaks = [0, len(days) - 1] + [
        place for place in range(1, len(days)) if (days[place] - days[place - 1]).days > 4
    ]
    chosen = {days[0]}
    while len(chosen) < how_many - 1:
        chosen.add(days[chance.choice(breaks)])
    while len(chosen) < how_many:
        chosen.add(days[chance.randrange(len(days))])
    return chosen
