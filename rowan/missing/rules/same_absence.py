"""When a report is of an absence that stands on the board already: feed and form make one episode (design hard case 9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rowan.chronology.rules.missing import OPEN_REPORT_COVERS_HOURS


@dataclass(frozen=True)
class Absence:
    """From when to when a child was away; without an end it may be going on."""

    key: str
    began_at: datetime
    ended_at: datetime | None = None
    goes_on: bool = False  # somebody says that the child is missing still
    whole_days: bool = False  # only the dates are known

    def covers_to(self, now: datetime) -> datetime:
        if self.ended_at is not None:
            return self.ended_at + timedelta(days=1) if self.whole_days else self.ended_at
        longest = self.began_at + timedelta(hours=OPEN_REPORT_COVERS_HOURS)
        return max(now, longest) if self.goes_on else longest


def is_the_same(one: Absence, other: Absence, now: datetime) -> bool:
    return one.began_at <= other.covers_to(now) and other.began_at <= one.covers_to(now)


def the_same_absence(report: Absence, known: Iterable[Absence], now: datetime) -> Absence | None:
    """Of the absences that the report overlaps, the one that began nearest to it; of two as near, the earlier."""
    met = [each for each in known if is_the_same(report, each, now)]
    return min(
        met, key=lambda each: (abs(each.began_at - report.began_at), each.began_at, each.key), default=None
    )
