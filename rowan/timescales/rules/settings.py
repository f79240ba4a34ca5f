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
