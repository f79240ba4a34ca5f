"""How long each level has before something goes up: local, dated, with the field's usual times as a start (domain 9.2: 1 to 5 working days)."""

from collections.abc import Mapping
from datetime import date

from rowan.timescales.rules.settings import Setting
from rowan.timescales.rules.working_days import add_working_days

from .hours import OWNER
from .hours import SETTINGS as BY_THE_HOUR
from .ladder import LEVEL_NAMES, LEVELS, Level

DAYS = {
    Level.PRACTITIONER: 1,
    Level.MANAGER: 2,
    Level.HEAD_OF_SERVICE: 2,
    Level.SAFEGUARDING_LEAD: 2,
    Level.PARTNERSHIP: 5,
}
STAGE_DAYS = {
    Level.PRACTITIONER: 2,
    Level.MANAGER: 3,
    Level.HEAD_OF_SERVICE: 3,
    Level.SAFEGUARDING_LEAD: 3,
    Level.PARTNERSHIP: 5,
}


def _days(prefix: str, days: Mapping[Level, int], what: str) -> dict[Level, Setting]:
    return {
        level: Setting(
            name=f"escalation.{prefix}_{level.value}_working_days",
            unit="working days",
            default=days[level],
            least=0,
            most=20,
            source="Time limits vary from area to area, often 1 to 5 working days a stage (domain 9.2).",
            owner=OWNER,
            explanation=f"How long the {LEVEL_NAMES[level].lower()} level has before {what}.",
        )
        for level in LEVELS
    }


OVERDUE_DAYS = _days("overdue", DAYS, "something overdue goes up to the next")
DISAGREEMENT_DAYS = _days("disagreement", STAGE_DAYS, "a disagreement goes up to the next")
HOLDS_FOR = Setting(
    name="escalation.answer_holds_working_days",
    unit="working days",
    default=5,
    least=1,
    most=20,
    source="The hub’s own choice.",
    owner=OWNER,
    explanation="The longest that somebody to whom something overdue has gone up may keep it there, saying what is done.",
)
LEARNING_WITHIN = Setting(
    name="escalation.learning_within_working_days",
    unit="working days",
    default=10,
    least=1,
    most=40,
    source="The hub’s own choice.",
    owner=OWNER,
    explanation="How long after a disagreement ended its learning is to be written.",
)
SETTINGS = [*OVERDUE_DAYS.values(), *BY_THE_HOUR, *DISAGREEMENT_DAYS.values(), HOLDS_FOR, LEARNING_WITHIN]


def due_at(level: Level, today: date, values: Mapping[str, object], days: Mapping[Level, Setting]) -> date:
    """The day by which this level has to have seen to it."""
    return add_working_days(today, int(str(values[days[level].name])))
