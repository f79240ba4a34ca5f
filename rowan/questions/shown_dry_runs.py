"""A dry run as its page shows it: the picture of its weeks, its tables, and those of its questions that the reader may know of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from rowan.access.actions import seen_by
from rowan.access.rules.seeing import Seen, Through
from rowan.agencies.in_words import agency_names
from rowan.chronology.rules.compartments import compartment_of
from rowan.people.called import Called, called
from rowan.timescales.models import DryRun

from .models import HUB, DryRunQuestion
from .rules.dry_run import WEEKS
from .rules.register import rule_named

WEEKS_A_LINE = 4


@dataclass(frozen=True)
class Bar:
    x: float
    now: float  # height
    now_y: float
    changed: float
    changed_y: float


@dataclass(frozen=True)
class Picture:
    """Two bars a week, in the units of their own box; the table beside it says the same in numbers."""

    bars: list[Bar]
    lines: list[tuple[float, int]]  # where, and how many questions
    months: list[tuple[float, str]]
    width: int = 520
    height: int = 200
    left: int = 40
    top: int = 12
    bar: float = 3.6


def picture(weeks: Iterable[tuple[str, int, int]]) -> Picture:
    rows = list(weeks)
    most = max((max(now, changed) for _, now, changed in rows), default=0) or 1
    most += most % 2 if most > 1 else 0
    room = Picture.height - Picture.top
    step = (Picture.width - Picture.left) / WEEKS

    def tall(count: int) -> float:
        return round(room * count / most, 1)

    bars = [
        Bar(
            round(Picture.left + place * step, 1),
            tall(now), round(Picture.height - tall(now), 1), tall(changed), round(Picture.height - tall(changed), 1),
        )
        for place, (_, now, changed) in enumerate(rows)
    ]  # fmt: skip
    lines = [
        (round(Picture.height - tall(count), 1), count) for count in dict.fromkeys((0, ceil(most / 2), most))
    ]
    months = [
        (round(Picture.left + place * step, 1), f"{date.fromisoformat(monday):%b}")
        for place, (monday, *_) in enumerate(rows)
        if place % 13 == 0
    ]
    return Picture(bars, lines, months)


@dataclass(frozen=True)
class Span:
    """Four weeks together."""

    from_on: date
    until_on: date
    now: int
    changed: int


def spans(weeks: list[tuple[str, int, int]]) -> list[Span]:
    found = []
    for start in range(0, len(weeks), WEEKS_A_LINE):
        some = weeks[start : start + WEEKS_A_LINE]
        last = date.fromisoformat(some[-1][0]) + timedelta(days=6)
        found.append(Span(date.fromisoformat(some[0][0]), last, sum(row[1] for row in some), sum(row[2] for row in some)))  # fmt: skip
    return found


@dataclass(frozen=True)
class Listed:
    child: Called
    title: str
    on: date
    is_new: bool
    audience: str  # in words


def listed(trying: DryRun, by, today: date) -> list[Listed]:
    """The questions about children whom the reader may see, resting on rows that the reader may see; the others are counted and no more."""
    rows = list(trying.questions.order_by("on", "pk"))
    seen = seen_by(by, {row.person_id for row in rows}, today)
    mine = [row for row in rows if row.person_id in seen and _may_know_of(row, seen[row.person_id])]
    names = called({row.person_id: seen[row.person_id] for row in mine}, today)
    schools = agency_names({row.audience for row in mine} - {HUB})
    return [
        Listed(
            names[row.person_id], _title(row), row.on, row.is_new, "" if row.audience == HUB else schools[row.audience]
        )
        for row in mine
    ]  # fmt: skip


def _may_know_of(row: DryRunQuestion, seen: Seen) -> bool:
    if seen.through is Through.REASON or not (seen.is_hub or row.audience == seen.audience):
        return False
    return all(seen.shows(agency, compartment_of(kind)) for agency, kind in row.behind)


def _title(row: DryRunQuestion) -> str:
    titles = [rule.title for name in row.rules if (rule := rule_named(name))]
    return titles[0] + (f", and {len(titles) - 1} more" if len(titles) > 1 else "") if titles else "A rule of then"  # fmt: skip
