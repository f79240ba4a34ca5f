"""Reads the figures of the invented county: every rate, name and phrase is a row of a file in `figures/` with its source."""

import csv
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random

FOLDER = Path(__file__).parent / "figures"


def rows_of(name: str) -> list[dict[str, str]]:
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Choice:
    """Things to draw one of, some more often than others."""

    things: tuple
    weights: tuple[float, ...]
    sums: list[float] = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "sums", list(accumulate(self.weights)))

    def draw(self, chance: Random):
        return chance.choices(self.things, cum_weights=self.sums)[0]


def commonest_first(things) -> Choice:
    """Names thin out: the n-th most common is about 1/(n+9) as common."""
    things = tuple(things)
    return Choice(things, tuple(1 / (place + 10) for place in range(len(things))))


@dataclass(frozen=True)
class FirstName:
    name: str
    spellings: tuple[str, ...]
    known_as: tuple[str, ...]


@dataclass(frozen=True)
class Surname:
    name: str
    for_girls: str
    spellings: tuple[str, ...]


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


class Figures:
    """All figures, read once."""

    @cached_property
    def rates(self) -> dict[str, float]:
        return {row["name"]: float(row["value"]) for row in rows_of("rates.csv")}

    def __getitem__(self, name: str) -> float:
        return self.rates[name]

    @cached_property
    def marks(self) -> dict[str, dict[str, str]]:
        return {row["code"]: row for row in rows_of("marks.csv")}

    @cached_property
    def families(self) -> Choice:
        rows = rows_of("families.csv")
        return Choice(tuple(rows), tuple(float(row["percent"]) for row in rows))

    @cached_property
    def first_names(self) -> dict[tuple[str, str], Choice]:
        names: dict[tuple[str, str], list[FirstName]] = {}
        for row in rows_of("first_names.csv"):
            names.setdefault((row["names"], row["sex"]), []).append(
                FirstName(row["name"], _several(row["spellings"]), _several(row["known_as"]))
            )
        return {key: commonest_first(found) for key, found in names.items()}

    @cached_property
    def surnames(self) -> dict[str, Choice]:
        names: dict[str, list[Surname]] = {}
        for row in rows_of("surnames.csv"):
            names.setdefault(row["names"], []).append(
                Surname(row["name"], row["for_girls"], _several(row["spellings"]))
            )
        return {key: commonest_first(found) for key, found in names.items()}

    @cached_property
    def surname_spellings(self) -> dict[str, tuple[str, ...]]:
        spellings: dict[str, set[str]] = {}
        for row in rows_of("surnames.csv"):
            for name in (row["name"], row["for_girls"]):
                if name:
                    spellings.setdefault(name, set()).update(_several(row["spellings"]))
        return {name: tuple(sorted(found)) for name, found in spellings.items()}

    @cached_property
    def name_customs(self) -> dict[str, dict[str, float]]:
        """Which customs of each tradition of names agencies trip over, and how often."""
        customs: dict[str, dict[str, float]] = {}
        for row in rows_of("name_customs.csv"):
            customs.setdefault(row["names"], {})[row["custom"]] = float(row["share"])
        return customs

    @cached_property
    def surname_parts(self) -> tuple[list[str], list[str]]:
        rows = rows_of("surname_parts.csv")
        return (
            [row["text"] for row in rows if row["part"] == "start"],
            [row["text"] for row in rows if row["part"] == "end"],
        )

    @cached_property
    def place_words(self) -> dict[str, list[str]]:
        words: dict[str, list[str]] = {}
        for row in rows_of("place_words.csv"):
            words.setdefault(row["kind"], []).append(row["text"])
        return words

    @cached_property
    def faith_days(self) -> dict[str, list[str]]:
        days: dict[str, list[str]] = {}
        for row in rows_of("faith_days.csv"):
            days.setdefault(row["faith"], []).append(row["on"])
        return days

    @cached_property
    def codes(self) -> dict[str, Choice]:
        kinds: dict[str, list[tuple[str, float]]] = {}
        for row in rows_of("codes.csv"):
            kinds.setdefault(row["kind"], []).append((row["code"], float(row["weight"])))
        return {
            kind: Choice(tuple(code for code, _ in found), tuple(weight for _, weight in found))
            for kind, found in kinds.items()
        }

    @cached_property
    def assessment_factors(self) -> list[tuple[str, float, int]]:
        return [
            (row["factor"], float(row["share"]), int(row["youngest"]))
            for row in rows_of("assessment_factors.csv")
        ]

    @cached_property
    def offences(self) -> dict[str, Choice]:
        rows = rows_of("offences.csv")
        return {
            kind: Choice(
                tuple(row["offence"] for row in rows if row["kind"] == kind),
                tuple(float(row["weight"]) for row in rows if row["kind"] == kind),
            )
            for kind in sorted({row["kind"] for row in rows})
        }

    @cached_property
    def circumstances(self) -> dict[str, Choice]:
        rows = rows_of("circumstances.csv")
        return {
            kind: Choice(
                tuple(row for row in rows if row["kind"] == kind),
                tuple(float(row["weight"]) for row in rows if row["kind"] == kind),
            )
            for kind in sorted({row["kind"] for row in rows})
        }

    @cached_property
    def log_notes(self) -> dict[tuple[str, str], list[str]]:
        notes: dict[tuple[str, str], list[str]] = {}
        for row in rows_of("log_notes.csv"):
            notes.setdefault((row["kind"], row["category"]), []).append(row["text"])
        return notes

    @cached_property
    def log_categories(self) -> dict[str, list[str]]:
        """Which categories each kind of note can stand under."""
        kinds: dict[str, list[str]] = {}
        for kind, category in self.log_notes:
            kinds.setdefault(kind, []).append(category)
        return kinds

    @cached_property
    def log_actions(self) -> list[str]:
        return [row["action"] for row in rows_of("log_actions.csv")]


FIGURES = Figures()
