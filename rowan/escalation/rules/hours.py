"""How soon something red, or a disagreement about a child in immediate danger, goes up: by hours of the clock, night and day, until somebody has seen to it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from rowan.agencies.rules.chain import Half
from rowan.timescales.rules.settings import Setting

from .disagreements import begins_at
from .ladder import LEVEL_NAMES, LEVELS, TOP, Level

OWNER = "The safeguarding partnership"
HOURS = {
    Level.PRACTITIONER: 1,
    Level.MANAGER: 1,
    Level.HEAD_OF_SERVICE: 1,
    Level.SAFEGUARDING_LEAD: 2,
    Level.PARTNERSHIP: 4,
}
_SOURCE = "The hub’s own choice: red is worked to completion even past office hours (domain 1.2, Luton), so it goes up past them too."
RED_HOURS = {
    level: Setting(
        name=f"escalation.red_{level.value}_hours",
        unit="hours of the clock",
        default=HOURS[level],
        least=0.25,
        most=24,
        source=_SOURCE,
        owner=OWNER,
        explanation=f"How long the {LEVEL_NAMES[level].lower()} level has, at any hour of any day, before something red, or a disagreement about a child in immediate danger, goes up to the next.",
    )
    for level in LEVELS
}
RED_HOLDS_FOR = Setting(
    name="escalation.red_answer_holds_hours",
    unit="hours of the clock",
    default=2,
    least=0.25,
    most=12,
    source=_SOURCE,
    owner=OWNER,
    explanation="How long something red stays with somebody who has said what is done about it. Then it goes up, unless it has been seen to.",
)
SETTINGS = [*RED_HOURS.values(), RED_HOLDS_FOR]
_NOON = time(12)


def due_by_the_hour(level: Level, now: datetime, values: Mapping[str, object]) -> datetime:
    """The moment by which this level has to have seen to it."""
    return now + timedelta(hours=float(str(values[RED_HOURS[level].name])))


def holds_until(now: datetime, values: Mapping[str, object]) -> datetime:
    return now + timedelta(hours=float(str(values[RED_HOLDS_FOR.name])))


def half_of(here: datetime) -> Half:
    """Somebody away for half a day is asked in the other half. Local time; the night belongs to the half it touches."""
    return Half.MORNING if here.time() < _NOON else Half.AFTERNOON


def last_passed(level: Level | None, *, in_danger: bool) -> Level | None:
    """The level after which it goes on. A child in danger now does not wait for the levels that are skipped."""
    if not in_danger:
        return level
    skipped = LEVELS[LEVELS.index(begins_at(immediate_danger=True)) - 1]
    return skipped if level is None else max(level, skipped, key=LEVELS.index)


def once_only(level: Level) -> bool:
    """Each level has it once; at the top, where nobody is above, it is asked again."""
    return level != TOP
