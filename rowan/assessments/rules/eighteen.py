"""Turning 18 is a move to adult services, planned in good time; it ends nothing (domain 1.5)."""

from datetime import date, timedelta


def eighteenth_birthday(birth_date: date) -> date:
    """A birthday on 29 February is kept on 1 March."""
    try:
        return birth_date.replace(year=birth_date.year + 18)
    except ValueError:
        return date(birth_date.year + 18, 3, 1)


def move_planned_by(birth_date: date | None, today: date, days_before: int) -> date | None:
    """When the move has to be planned: some months before, or today where that is past."""
    if birth_date is None:
        return None
    return max(today, eighteenth_birthday(birth_date) - timedelta(days=days_before))
