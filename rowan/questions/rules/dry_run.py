"""Holds the questions that a changed setting would have asked against those of the settings of now: what stays, what goes, what is new.

As the invented counties are judged: each question is put on the day of its occasion, as if every agency's rows had been there by then, and
answered seven days after. A question stays when both settings ask the same audience about the same child, for one rule at least the same, within
four weeks of each other; it may then come sooner or later.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .asking_again import Asked, Row
from .settings import MAY_BE_TRIED

ANSWERED_AFTER_DAYS = 7
SAME_WITHIN_DAYS = 28
WEEKS = 52


def refusal_to_try(name: str) -> str | None:
    """Why a setting cannot be tried on the past year, or None."""
    if name in MAY_BE_TRIED:
        return None
    if name.endswith(".due_working_days"):
        return "This number says how soon a question wants its answer. It makes no question come or go, so there is nothing to try."
    return "Only the numbers that say when a rule asks about a child can be tried on the past year."


@dataclass(frozen=True)
class WouldAsk:
    """A question that would have been asked. `rule` is the first that asked it: the one whose post is asked."""

    person: str
    audience: str
    on: date
    rule: str
    rules: frozenset[str]
    occasions: frozenset[str]
    behind: frozenset[tuple[str, str]] = frozenset()  # agencies and kinds of rows


def would_ask(asked: Asked, agency_of: Mapping[Row, str]) -> WouldAsk:
    return WouldAsk(
        asked.person,
        asked.audience,
        asked.on,
        asked.occasions[0].rule,
        frozenset(occasion.rule for occasion in asked.occasions),
        frozenset(occasion.name for occasion in asked.occasions),
        frozenset((agency_of[row], row[0]) for occasion in asked.occasions for row in occasion.rows),
    )


@dataclass
class Compared:
    """Questions of the year. One that stays is there twice: as it is asked now, and as it would be."""

    from_on: date
    until_on: date  # the day after the last
    stays: list[tuple[WouldAsk, WouldAsk]] = field(default_factory=list)
    goes: list[WouldAsk] = field(default_factory=list)
    new: list[WouldAsk] = field(default_factory=list)

    @property
    def now(self) -> list[WouldAsk]:
        return [each for each in (*(one for one, _ in self.stays), *self.goes) if self._in_the_year(each)]

    @property
    def changed(self) -> list[WouldAsk]:
        return [each for each in (*(other for _, other in self.stays), *self.new) if self._in_the_year(each)]

    @property
    def on_another_day(self) -> tuple[int, int]:
        """Of those that stay, how many come sooner, and how many later."""
        return (
            sum(other.on < one.on for one, other in self.stays),
            sum(other.on > one.on for one, other in self.stays),
        )

    def add(self, now: Iterable[WouldAsk], changed: Iterable[WouldAsk]) -> None:
        """One child's questions, of the whole time there are rows for: what was put before the year counts, too."""
        for one, other in _paired(list(now), list(changed)):
            if one and other:
                if self._in_the_year(one) or self._in_the_year(other):
                    self.stays.append((one, other))
            elif one and self._in_the_year(one):
                self.goes.append(one)
            elif other and self._in_the_year(other):
                self.new.append(other)

    def _in_the_year(self, each: WouldAsk) -> bool:
        return self.from_on <= each.on < self.until_on


def year_before(today: date) -> tuple[date, date]:
    """The 52 whole weeks, from Monday to Sunday, that were over by this day."""
    until_on = today - timedelta(days=today.weekday())
    return until_on - timedelta(weeks=WEEKS), until_on


def weeks_of(compared: Compared) -> list[tuple[date, int, int]]:
    """Each week's Monday, with its questions now and with the changed setting."""
    now, changed = (
        Counter(each.on - timedelta(days=each.on.weekday()) for each in asked)
        for asked in (compared.now, compared.changed)
    )
    mondays = (compared.from_on + timedelta(weeks=week) for week in range(WEEKS))
    return [(monday, now[monday], changed[monday]) for monday in mondays]


def children_of(compared: Compared) -> tuple[set[str], set[str], set[str]]:
    """Children asked about either way, no longer asked about, and newly asked about."""
    now, changed = ({each.person for each in asked} for asked in (compared.now, compared.changed))
    return now & changed, now - changed, changed - now


Pair = tuple[WouldAsk | None, WouldAsk | None]


def _paired(now: Sequence[WouldAsk], changed: Sequence[WouldAsk]) -> Iterator[Pair]:
    """Each question with the one that stands in its place: first those that rest on one occasion, then the nearest by day."""
    by_audience: dict[str, list[int]] = defaultdict(list)
    for place, other in enumerate(changed):
        by_audience[other.audience].append(place)
    near = sorted(
        (not one.occasions & changed[place].occasions, abs((one.on - changed[place].on).days), number, place)
        for number, one in enumerate(now)
        for place in by_audience[one.audience]
        if one.rules & changed[place].rules and abs((one.on - changed[place].on).days) <= SAME_WITHIN_DAYS
    )
    stays: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, number, place in near:
        if number not in stays and place not in taken:
            stays[number] = place
            taken.add(place)
    for number, one in enumerate(now):
        yield one, changed[stays[number]] if number in stays else None
    for place, other in enumerate(changed):
        if place not in taken:
            yield None, other
