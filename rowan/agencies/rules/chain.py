"""Who answers for an agency on a day: down its chain of posts, past whoever is away, and at its end the chief officer.

The order is lead, deputies, the agency's chief officer, and last the chief officer of the hub's council (domain facts 9.1). Posts
are passed, never skipped in silence: the answer says why each one before it did not answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Level(StrEnum):
    LEAD = "lead"
    CHIEF_OFFICER = "chief officer"
    HUBS_CHIEF_OFFICER = "the hub's chief officer"


class Half(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True)
class Away:
    """Days somebody is away; without an end until somebody enters one. Half a day counts only for who asks about that half."""

    from_on: date
    until_on: date | None = None
    half: Half | None = None
    stands_in: int | None = None  # whom the absence itself names

    def covers(self, day: date, half: Half | None = None) -> bool:
        if self.half and self.half != half:
            return False
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


Absences = Mapping[int, Sequence[Away]]


@dataclass(frozen=True)
class Sitting:
    """Somebody in a post, from when to when. They stand in the order in which they are asked."""

    person: int
    from_on: date = date.min
    until_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Chair:
    """A post in the chain, and the days for which it stands there."""

    post: int
    title: str
    sittings: tuple[Sitting, ...] = ()
    level: Level = Level.LEAD
    from_on: date = date.min
    until_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def sitters(self, day: date) -> list[int]:
        return [sitting.person for sitting in self.sittings if sitting.covers(day)]


@dataclass(frozen=True)
class Passed:
    """A post that did not answer: nobody sits in it, or everybody who does is away, the first back after `until_on`."""

    chair: Chair
    is_held: bool
    until_on: date | None = None
    half: Half | None = None


@dataclass(frozen=True)
class Reached:
    chair: Chair | None = None
    person: int | None = None
    passed: tuple[Passed, ...] = field(default=())
    stands_in: bool = False  # named by the absence of whoever sits in the chair


def who_answers(chain: Iterable[Chair], absences: Absences, day: date, half: Half | None = None) -> Reached:
    """The first person in the chain who is there on this day, with every post that was passed on the way."""
    passed: list[Passed] = []
    for chair in chain:
        if not chair.covers(day):
            continue
        sitters = chair.sitters(day)
        for person in sitters:
            if not is_away(absences.get(person, ()), day, half):
                return Reached(chair, person, tuple(passed))
        passed.append(_passed(chair, sitters, absences, day, half))
        for stand_in in stand_ins(sitters, absences, day, half):
            return Reached(chair, stand_in, tuple(passed), stands_in=True)
    return Reached(passed=tuple(passed))


def is_away(absences: Iterable[Away], day: date, half: Half | None = None) -> bool:
    return any(away.covers(day, half) for away in absences)


def stand_ins(
    people: Iterable[int], absences: Absences, day: date, half: Half | None = None
) -> Iterable[int]:
    """Those who are named to stand in for these people today and are there themselves."""
    named = [away for person in people for away in absences.get(person, ()) if away.covers(day, half)]
    for away in named:
        if away.stands_in is not None and not is_away(absences.get(away.stands_in, ()), day, half):
            yield away.stands_in


def time_away(absences: Iterable[Away], day: date) -> tuple[date, date | None] | None:
    """The first and the last day of the time away that covers `day`, whatever else follows on at either end.

    None when they are there on that day; no last day while nobody knows it.
    """
    first, last = None, None
    for away in sorted((away for away in absences if not away.half), key=lambda away: away.from_on):
        if first is None or (last is not None and away.from_on > last + timedelta(days=1)):
            if away.from_on > day:
                break
            first, last = away.from_on, away.until_on
        elif last is not None and (away.until_on is None or away.until_on > last):
            last = away.until_on
        if last is None:
            break
    if first is None or (last is not None and last < day):
        return None
    return first, last


def _passed(chair: Chair, sitters: list[int], absences: Absences, day: date, half: Half | None) -> Passed:
    if not sitters:
        return Passed(chair, is_held=False)
    if not all(is_away(absences.get(person, ()), day) for person in sitters):
        return Passed(chair, is_held=True, until_on=day, half=half)
    known = [
        last
        for person in sitters
        for _, last in [time_away(absences.get(person, ()), day) or (day, None)]
        if last
    ]
    return Passed(chair, is_held=True, until_on=min(known) if known else None)


def in_words(reached: Reached) -> str:
    """How the one who answers was reached, as colleagues read it."""
    said = [_why_passed(passed) for passed in reached.passed]
    if reached.chair is None:
        return (
            _sentence([*said, "nobody else is in the chain"]) if said else "No chain of leads is entered yet."
        )
    if reached.stands_in:
        return _sentence([*said, "whoever was named to stand in answers"])
    if not said:
        return f"{reached.chair.title} answers."
    return _sentence([*said, f"{_lower_the(reached.chair.title)} answers"])


def _why_passed(passed: Passed) -> str:
    title = _lower_the(passed.chair.title)
    if not passed.is_held:
        return f"nobody holds the post of {title}"
    if passed.half:
        return f"{title} is away this {passed.half.value}"
    if passed.until_on is None:
        return f"{title} is away, with no date of return yet"
    return f"{title} is away until {passed.until_on.day} {passed.until_on:%B %Y}"


def _lower_the(title: str) -> str:
    return "the " + title[4:] if title.startswith("The ") else title


def _sentence(parts: list[str]) -> str:
    text = "; ".join(parts) + "."
    return text[0].upper() + text[1:]
