"""Where something overdue stands: at the level it has gone up to, until it is seen to. It never comes down."""

from enum import StrEnum

from .ladder import LEVEL_NAMES, LEVELS, Level, above

CLOCK = "something overdue that has gone up"


class Stands(StrEnum):
    PRACTITIONER = Level.PRACTITIONER.value
    MANAGER = Level.MANAGER.value
    HEAD_OF_SERVICE = Level.HEAD_OF_SERVICE.value
    SAFEGUARDING_LEAD = Level.SAFEGUARDING_LEAD.value
    PARTNERSHIP = Level.PARTNERSHIP.value
    SEEN_TO = "seen_to"


STAND_NAMES = {Stands(level.value): name for level, name in LEVEL_NAMES.items()} | {
    Stands.SEEN_TO: "Seen to: over at every level"
}
MOVES: dict[Stands, frozenset[Stands]] = {
    # A level where nobody can be asked is passed; at the top it is asked again.
    Stands(level.value): frozenset({Stands(each.value) for each in above(level)} | {Stands.SEEN_TO})
    for level in LEVELS
} | {Stands.SEEN_TO: frozenset()}
AT_REST = frozenset({Stands.SEEN_TO})
RUNS_AT = dict.fromkeys((Stands(level.value) for level in LEVELS), CLOCK)
