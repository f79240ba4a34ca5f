"""Turning 18 is a move to adult services, planned in good time; it ends nothing (domain 1.5)."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Asked:
    """How the move at 18 is asked for now, and whether it was planned, and for which birthday."""

    due_on: date | None = None  # of the running clock
    asked_on: date | None = None
    planned: bool = False
    planned_for: date | None = None  # not known of a move planned before this was kept


def is_asked_again(birth_date: date | None, asked: Asked, days_before: int) -> bool:
    """Whether the birth date as it is known now asks otherwise than the clock that runs, or the move that was planned."""
    if birth_date is None:
        return False
    if asked.due_on is not None and asked.asked_on is not None:
        return move_planned_by(birth_date, asked.asked_on, days_before) != asked.due_on
    if asked.planned:
        return asked.planned_for is not None and asked.planned_for != eighteenth_birthday(birth_date)
    return True
