"""What a file of story shapes may say: every parameter, what it may be, and what it is when it is left out.

Bounds keep out what cannot be (a share above one, a day with a hundred arrests) and what would never end. None of them
was set by looking at a rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from rowan.synthetic.rates import FIGURES, Choice

POLICE, COUNCIL, SCHOOL = "police", "council", "school"


@dataclass(frozen=True)
class Number:
    least: float = 0
    most: float = 1_000
    otherwise: float = 0
    whole: bool = False
    percent: bool = False  # a share, which may be written as 35%


@dataclass(frozen=True)
class Word:
    allowed: tuple[str, ...]
    otherwise: str
    several: bool = False  # any of them, as police;school


@dataclass(frozen=True)
class Weights:
    """Things to draw from, each with how often, as O:5;I:3."""

    allowed: tuple[str, ...]
    otherwise: str


Parameter = Number | Word | Weights
Value = float | str | tuple[str, ...] | tuple[tuple[str, float], ...]

SHARE = {"least": 0, "most": 1, "percent": True}
SPREAD = {"least": 0, "most": 3}
HOURS = {
    "hours_median": Number(0.25, 288, 8),
    "hours_spread": Number(**SPREAD, otherwise=0.8),
    "overnight": Number(**SHARE, otherwise=0.3),
}


def _distance(km: float, spread: float) -> dict[str, Number]:
    return {"km_median": Number(0, 125, km), "km_spread": Number(**SPREAD, otherwise=spread)}


SESSIONS = ("any", "mornings", "afternoons", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays")
MOMENTS = ("any", "school_days", "weekends", "daytime", "evenings", "nights")

OF_A_SHAPE: Mapping[str, Parameter] = {
    "share": Number(0, 1_000_000, percent=True),
    "girls": Number(**SHARE, otherwise=0.5),
    "age_from": Number(0, 17, 10, whole=True),
    "age_to": Number(0, 17, 17, whole=True),
    "who": Word(("anybody", "looked_after"), "anybody"),
    "days_median": Number(1, 1_000),
    "days_spread": Number(**SPREAD, otherwise=0.5),
    "intensity": Number(0, 20, 1),
    "intensity_spread": Number(**SPREAD, otherwise=0.5),
    "growth": Number(0, 100, 1),
    "visible": Word(("yes", "no"), "yes"),  # no: nobody's file shows anything of it, and that is meant
    "recorded_share": Number(**SHARE, otherwise=0.7),
    "recorded_after_median": Number(1, 1_000, 150),
    "recorded_after_spread": Number(**SPREAD, otherwise=0.5),
    "recorded_as": Word(tuple(factor for factor, *_ in FIGURES.assessment_factors), "11A", several=True),
}
NEEDED_OF_A_SHAPE = ("share", "days_median")

OF_EVERY_SIGN: Mapping[str, Parameter] = {
    "kind": Word(
        (
            "missing",
            "away",
            "absence",
            "late",
            "suspension",
            "arrest",
            "log",
            "placement_move",
            "part_time",
            "off_roll",
        ),
        "",
    ),
    "chance": Number(**SHARE, otherwise=1),
    "begins": Number(**SHARE, otherwise=0),
    "ends": Number(**SHARE, otherwise=1),
    "per_30_days": Number(0, 60, 0),
    "spread": Number(**SPREAD, otherwise=0.5),
    "once": Number(0, 60, 0, whole=True),
}

OF_A_KIND: Mapping[str, Mapping[str, Parameter]] = {
    "missing": {
        **HOURS,
        **_distance(5, 0.8),
        "means_not_known": Number(**SHARE, otherwise=0.4),
        "reported": Number(**SHARE, otherwise=0.8),
        "when": Word(MOMENTS, "any"),
    },
    "away": {"when": Word(MOMENTS, "any")},
    "absence": {
        "when": Word(SESSIONS, "any"),
        "codes": Weights(tuple(code for code in FIGURES.marks if code not in {"#", "Z", "L"}), "O"),
    },
    "late": {"when": Word(SESSIONS, "any")},
    "suspension": {"days": Number(1, 45, 2, whole=True)},
    "arrest": {
        "offences": Word(tuple(FIGURES.offences), "ordinary"),
        "company": Weights(FIGURES.codes["company"].things, "not known"),
        **_distance(5, 1),
        "when": Word(MOMENTS, "any"),
    },
    "log": {
        "notes": Word(tuple(FIGURES.log_categories), "changed"),
        "new_adult": Number(**SHARE, otherwise=0.5),
    },
    "placement_move": _distance(40, 0.5),
    "part_time": {"weeks": Number(1, 40, 6)},
    "off_roll": {
        "reason": Word(
            tuple(reason.lower().replace(" ", "_") for reason in FIGURES.codes["leaving_reason"].things),
            "destination_not_known",
        )
    },
}

# Which agencies can have each kind in their files at all.
CAN_SEE: Mapping[str, tuple[str, ...]] = {
    "missing": (POLICE, COUNCIL, SCHOOL),
    "away": (COUNCIL,),
    "absence": (SCHOOL,),
    "late": (SCHOOL,),
    "suspension": (SCHOOL,),
    "arrest": (POLICE, SCHOOL),
    "log": (SCHOOL,),
    "placement_move": (COUNCIL,),
    "part_time": (SCHOOL,),
    "off_roll": (SCHOOL,),
}


def parameters_of(kind: str) -> Mapping[str, Parameter]:
    return {
        **OF_EVERY_SIGN,
        **OF_A_KIND[kind],
        "seen_by": Word(CAN_SEE[kind], ";".join(CAN_SEE[kind]), several=True),
    }


class Given:
    """What a file said of one thing; what it left out is as declared."""

    def __init__(self, declared: Mapping[str, Parameter], said: Mapping[str, Value]):
        self.declared, self.said = declared, said

    def number(self, name: str) -> float:
        declared = self.declared[name]
        assert isinstance(declared, Number)
        return cast(float, self.said.get(name, declared.otherwise))

    def word(self, name: str) -> str:
        declared = self.declared[name]
        assert isinstance(declared, Word) and not declared.several
        return cast(str, self.said.get(name, declared.otherwise))

    def words(self, name: str) -> tuple[str, ...]:
        declared = self.declared[name]
        assert isinstance(declared, Word) and declared.several
        return cast(tuple[str, ...], self.said.get(name, tuple(declared.otherwise.split(";"))))

    def weights(self, name: str) -> Choice:
        declared = self.declared[name]
        assert isinstance(declared, Weights)
        pairs = cast(tuple[tuple[str, float], ...], self.said.get(name, ((declared.otherwise, 1.0),)))
        return Choice(tuple(thing for thing, _ in pairs), tuple(weight for _, weight in pairs))
