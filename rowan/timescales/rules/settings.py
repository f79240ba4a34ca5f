"""A setting: a number or word that an area agrees, with its unit, its range, its source and who may change it.

Rules declare their settings here and take the values as arguments. Values are dated rows in the web database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Setting:
    name: str  # dotted, room first: "questions.missing_again.episodes"
    unit: str
    default: float | int | str
    source: str
    owner: str
    explanation: str
    least: float | None = None
    most: float | None = None

    def refusal(self, value: object) -> str | None:
        """Why this value cannot be taken, or None when it can."""
        if isinstance(self.default, str):
            return None if isinstance(value, str) else f"{self.name} is a word."
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"{self.name} is a number of {self.unit}."
        if self.least is not None and value < self.least:
            return f"{self.name} must be at least {self.least:g} {self.unit}."
        if self.most is not None and value > self.most:
            return f"{self.name} must be at most {self.most:g} {self.unit}."
        return None


@dataclass(frozen=True)
class DatedValue:
    name: str
    value: float | int | str
    from_on: date


def values_on(
    settings: Iterable[Setting], dated: Iterable[DatedValue], day: date
) -> Mapping[str, float | int | str]:
    """Each setting's value on a day: the newest that has begun (the later of two of one date), else the default."""
    values: dict[str, float | int | str] = {setting.name: setting.default for setting in settings}
    for row in sorted(dated, key=lambda row: row.from_on):
        if row.from_on <= day and row.name in values:
            values[row.name] = row.value
    return values


OWNER = "The hub's exploitation co-ordinator"
LONG_ABSENCE = Setting(
    name="timescales.long_absence_working_days",
    unit="working days",
    default=3,
    least=1,
    most=20,
    source="The hub's own choice: a question can wait two days for its own person, and hardly longer.",
    owner=OWNER,
    explanation="Somebody away for this many working days or more hands over everything that waits for them.",
)
CLOCKS_A_PERSON = Setting(
    name="timescales.clocks_a_person",
    unit="clocks",
    default=60,
    least=5,
    most=1000,
    source="The hub's own choice, until practice shows how much one person can carry for others.",
    owner=OWNER,
    explanation="Nobody is handed another's work beyond this many running clocks: it goes on to the deputy.",
)
SETTINGS = [LONG_ABSENCE, CLOCKS_A_PERSON]
