"""When does a rule ask again about the same child? And which questions would a run of occasions have made?

A rule on single events asks again only when an event is new to it: none of the rows that tell of it was put before. (A second agency's report
of a known event is not a new event.) A rule on sums has a new occasion only when its window shares no week with one that was put before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

# (record kind, source, record id): a row whatever its version and wherever its link leads.
Row = tuple[str, str, str]
Window = tuple[date, date]


@dataclass(frozen=True)
class Occasion:
    name: str
    rule: str
    person: str
    on: date
    audience: str
    # The rows that tell of each event; for a rule on sums, all its rows under one event.
    events: Mapping[str, frozenset[Row]]
    window: Window | None = None

    @property
    def rows(self) -> frozenset[Row]:
        return frozenset().union(*self.events.values()) if self.events else frozenset()


@dataclass
class Put:
    """What one rule has put about one child to one audience so far."""

    rows: set[Row] = field(default_factory=set)
    windows: list[Window] = field(default_factory=list)

    def add(self, occasion: Occasion) -> None:
        self.rows |= occasion.rows
        if occasion.window:
            self.windows.append(occasion.window)


def is_new(occasion: Occasion, put: Put) -> bool:
    if occasion.window:
        first, last = occasion.window
        return all(last < other_first or other_last < first for other_first, other_last in put.windows)
    return any(rows.isdisjoint(put.rows) for rows in occasion.events.values())


@dataclass
class Asked:
    """A question as it would have been asked: on a day, of an audience, with the occasions beneath it."""

    person: str
    audience: str
    on: date
    occasions: list[Occasion]


def questions_of(occasions: Iterable[Occasion], *, answered_after_days: int) -> list[Asked]:
    """The questions these occasions make when each is put on its day and answered so many days after.

    One open question a child an audience: what is new meanwhile joins it.
    """
    put: dict[tuple[str, str, str], Put] = {}
    asked: list[Asked] = []
    open_now: dict[tuple[str, str], Asked] = {}
    for occasion in in_order(occasions):
        before = put.setdefault((occasion.person, occasion.audience, occasion.rule), Put())
        if not is_new(occasion, before):
            continue
        before.add(occasion)
        standing = open_now.get((occasion.person, occasion.audience))
        if standing and occasion.on < standing.on + timedelta(days=answered_after_days):
            standing.occasions.append(occasion)
        else:
            question = Asked(occasion.person, occasion.audience, occasion.on, [occasion])
            open_now[(occasion.person, occasion.audience)] = question
            asked.append(question)
    return asked


def in_order(occasions: Iterable[Occasion]) -> Sequence[Occasion]:
    return sorted(occasions, key=lambda occasion: (occasion.on, occasion.rule, occasion.name))
