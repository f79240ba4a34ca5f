"""A setting: a number or word that an area agrees, with its unit, its range, its source and who may change it.

Rules declare their settings here and take the values as arguments. Values are dated rows in the web database.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

# How a setting that is no number says in its unit what its words have to be.
A_TIME, A_DATE, WORDS = "(a time", "(a date", "(words)"
MOST_LETTERS = 80


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
    later_than: str = ""  # the setting, of the same kind, whose value of the day this one's has to lie after

    def refusal(self, value: object) -> str | None:
        """Why this value cannot be taken, or None when it can."""
        if isinstance(self.default, str):
            return self._refusal_of_words(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"{self.name} is a number of {self.unit}."
        if self.least is not None and value < self.least:
            return f"{self.name} must be at least {self.least:g} {self.unit}."
        if self.most is not None and value > self.most:
            return f"{self.name} must be at most {self.most:g} {self.unit}."
        if isinstance(self.default, int) and value != int(value):
            return f"{self.name} must be a whole number of {self.unit}."
        return None

    def _refusal_of_words(self, value: object) -> str | None:
        if not isinstance(value, str):
            return f"{self.name} is a word."
        if self.unit.startswith(A_TIME) and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            return f"{self.name} must be a time such as 08:30."
        if self.unit.startswith(A_DATE) and value and not _is_a_date(value):
            return f"{self.name} must be a date such as 2027-04-01, or nothing."
        if self.unit == WORDS and not 0 < len(value.strip()) <= MOST_LETTERS:
            return f"{self.name} must be words, at most {MOST_LETTERS} letters."
        return None


def as_typed(setting: Setting, typed: str) -> float | int | str:
    """The value somebody typed, in the kind the setting is of; as typed where it is none, for the setting to refuse."""
    if isinstance(setting.default, str):
        return typed
    try:
        number = float(typed)
    except ValueError:
        return typed
    return int(number) if number.is_integer() else number


def _is_a_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def refusal_beside(
    setting: Setting, value: object, declared: Iterable[Setting], values: Mapping[str, float | int | str]
) -> str | None:
    """Why this value cannot stand beside the others of its day: a hub cannot close before it opens."""
    for each in declared:
        if setting.name not in (each.name, each.later_than) or not each.later_than:
            continue
        said = {**values, setting.name: value}
        if str(said[each.later_than]) >= str(said[each.name]):
            return f"{each.name} must lie after {each.later_than}: {said[each.name]} does not lie after {said[each.later_than]}."
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
