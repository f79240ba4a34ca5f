"""Up which levels something goes when nobody has seen to it, and who there can be asked today (domain 9.2).

The levels are practitioner, manager, head of service, safeguarding lead, partnership. A level where nobody can be asked is passed, never
in silence: what is said names who is away. When nobody above can be asked it stays with somebody who is there: nothing is without an
available owner because everybody above is away.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rowan.agencies.rules.chain import Absences, Away, Chair, Half, in_words, is_away, who_answers


class Level(StrEnum):
    PRACTITIONER = "practitioner"
    MANAGER = "manager"
    HEAD_OF_SERVICE = "head_of_service"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    PARTNERSHIP = "partnership"


LEVELS: Sequence[Level] = tuple(Level)
LEVEL_NAMES = {
    Level.PRACTITIONER: "Practitioner",
    Level.MANAGER: "Manager",
    Level.HEAD_OF_SERVICE: "Head of service",
    Level.SAFEGUARDING_LEAD: "Safeguarding lead",
    Level.PARTNERSHIP: "Safeguarding partnership",
}
TOP = LEVELS[-1]


@dataclass(frozen=True)
class Rung:
    """A level of one agency, with the posts that are asked there, in their order."""

    level: Level
    chairs: tuple[Chair, ...] = ()


@dataclass(frozen=True)
class Taken:
    """Who has it from now on, at which level, and how they were reached, as colleagues read it."""

    level: Level
    person: int | None
    post: int | None
    says: str


def above(level: Level | None) -> Sequence[Level]:
    """The levels after this one; at the top it stays there and is asked again."""
    if level is None:
        return LEVELS
    return LEVELS[LEVELS.index(level) + 1 :] or (TOP,)


def taken_up(
    rungs: Iterable[Rung],
    absences: Absences,
    day: date,
    *,
    after: Level | None,
    now_with: int | None,
    barred: AbstractSet[int] = frozenset(),
    half: Half | None = None,
) -> Taken:
    """The first level above at which somebody can be asked who does not have it already. `half`: of the day, where it is asked by the hour."""
    by_level = {rung.level: rung for rung in rungs}
    said: list[str] = []
    wanted = above(after)
    for level in wanted:
        chairs = by_level[level].chairs if level in by_level else ()
        # At the top the same person is asked again; anywhere below, to whoever has it already it has not gone up.
        without = barred if level == TOP and after == TOP else barred | {now_with or 0}
        reached = who_answers(_may(chairs, without), _may_stand_in(absences, without), day, half)
        if reached.person is not None and reached.chair is not None:
            said.append(in_words(reached))
            return Taken(level, reached.person, reached.chair.post or None, " ".join(said))
        why = in_words(reached) if reached.passed else "nobody can be asked today."
        said.append(f"{LEVEL_NAMES[level]}: {why[0].lower()}{why[1:]}")
    return _stays(by_level, absences, day, half, wanted[0], now_with, barred, said)


def _stays(
    by_level: Mapping[Level, Rung],
    absences: Absences,
    day: date,
    half: Half | None,
    level: Level,
    now_with: int | None,
    barred: AbstractSet[int],
    said: list[str],
) -> Taken:
    """From the top down, anybody who is there: whoever has it first, as nothing is gained by passing it to and fro."""
    chairs = [chair for each in reversed(LEVELS) if each in by_level for chair in by_level[each].chairs]
    if now_with is not None and now_with not in barred and not is_away(absences.get(now_with, ()), day, half):
        return Taken(level, now_with, None, " ".join([*said, "It stays with whoever has it."]))
    reached = who_answers(_may(chairs, barred), _may_stand_in(absences, barred), day, half)
    if reached.person is None or reached.chair is None:
        return Taken(level, None, None, " ".join([*said, "Ring the triage desk."]))
    return Taken(level, reached.person, reached.chair.post or None, " ".join([*said, in_words(reached)]))


def _may(chairs: Iterable[Chair], without: AbstractSet[int]) -> list[Chair]:
    """Why somebody is passed over because of this child is not told: the chair is as if they did not sit in it."""
    kept = []
    for chair in chairs:
        sittings = tuple(each for each in chair.sittings if each.person not in without)
        if sittings or not chair.sittings:
            kept.append(replace(chair, sittings=sittings))
    return kept


def _may_stand_in(absences: Absences, without: AbstractSet[int]) -> dict[int, list[Away]]:
    return {
        who: [replace(away, stands_in=None) if away.stands_in in without else away for away in theirs]
        for who, theirs in absences.items()
    }
