"""One child's week at one school, in half days, as a page and a shared file show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class AttendanceWeek:
    agency_code: str
    week_on: date  # the Monday
    possible: int
    absent: int
    authorised: int
    unauthorised: int
    codes: Mapping[str, int] = field(
        default_factory=dict
    )  # half days by code; empty for whoever sees sums alone


def weeks_written(
    agency_code: str, weeks: Sequence[Sequence[Any]], codes: Mapping[str, Any]
) -> list[AttendanceWeek]:
    """The weeks of a term, as `attendance_terms` writes them."""
    return [
        AttendanceWeek(
            agency_code,
            date.fromisoformat(monday),
            possible=possible,
            absent=absent,
            authorised=authorised,
            unauthorised=unauthorised,
            codes=codes.get(monday, {}),
        )
        for monday, possible, absent, authorised, unauthorised in weeks
    ]


def in_order(weeks: Iterable[AttendanceWeek]) -> list[AttendanceWeek]:
    """Oldest first; of two schools in one week, by name."""
    return sorted(weeks, key=lambda week: (week.week_on, week.agency_code))
