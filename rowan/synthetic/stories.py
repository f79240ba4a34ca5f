"""Stories of harm: which children have one, of what shape, and which signs it leaves where.

A shape is a set of rows in a CSV file (columns shape, sign, parameter, value, source; docs/county.md describes them).
Every rate is drawn anew for each story from a continuous distribution, so that some stories stay below whatever
anybody might set as a threshold. Nothing here, or in any figure, was set by looking at a rule.
"""

import csv
import math
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from random import Random

from rowan.synthetic import names
from rowan.synthetic.chance import around, evenly, how_many, stream
from rowan.synthetic.children import Child
from rowan.synthetic.rates import FIGURES, FOLDER, Choice

USUAL_FILE = FOLDER / "stories.csv"
OF_A_SHAPE = {
    "share",
    "girls",
    "age_from",
    "age_to",
    "who",
    "days_median",
    "days_spread",
    "intensity_spread",
    "growth",
    "recorded_share",
    "recorded_after_median",
    "recorded_after_spread",
    "recorded_as",
}
OF_EVERY_SIGN = {"kind", "chance", "begins", "ends", "per_30_days", "once", "spread"}
OF_A_KIND = {
    "missing": {
        "overnight",
        "hours_median",
        "hours_spread",
        "km_median",
        "km_spread",
        "means_not_known",
        "reported",
    },
    "away": set(),
    "absence": {"when", "codes"},
    "late": set(),
    "suspension": {"days"},
    "arrest": {"offences", "company", "km_median", "km_spread"},
    "log": {"notes", "new_adult"},
    "placement_move": {"km_median", "km_spread"},
}
WORDS = {
    "who": {"anybody", "looked_after"},
    "when": {"any", "mornings", "afternoons", "mondays", "fridays"},
    "recorded_as": None,
    "codes": None,
    "company": None,
    "offences": None,
    "notes": None,
    "kind": set(OF_A_KIND),
}


class WrongStoriesFile(ValueError):
    """What is wrong with a file of story shapes, for the person who wrote it."""


@dataclass
class SignShape:
    label: str
    kind: str
    parameters: dict[str, str]

    def number(self, name: str, otherwise: float = 0.0) -> float:
        return float(self.parameters.get(name, otherwise))


@dataclass
class Shape:
    name: str
    parameters: dict[str, str]
    signs: list[SignShape]

    def number(self, name: str, otherwise: float = 0.0) -> float:
        return float(self.parameters.get(name, otherwise))


def read_shapes(path: Path = USUAL_FILE) -> list[Shape]:
    """The shapes of a stories file; says in one sentence what is wrong with a file that is not one."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WrongStoriesFile(f"The stories file {path} cannot be read: {type(error).__name__}.") from error
    if not rows or not {"shape", "sign", "parameter", "value"} <= set(rows[0]):
        raise WrongStoriesFile(
            f"The stories file {path} needs the columns shape, sign, parameter, value and source."
        )
    shapes: dict[str, Shape] = {}
    signs: dict[tuple[str, str], dict[str, str]] = {}
    for line, row in enumerate(rows, start=2):
        shape, sign = (row["shape"] or "").strip(), (row["sign"] or "").strip()
        parameter, value = (row["parameter"] or "").strip(), (row["value"] or "").strip()
        _check_value(path, line, parameter, value)
        if sign:
            signs.setdefault((shape, sign), {})[parameter] = value
            shapes.setdefault(shape, Shape(shape, {}, []))
        elif parameter not in OF_A_SHAPE:
            raise WrongStoriesFile(f"{path} line {line}: a shape has no parameter '{parameter}'.")
        else:
            shapes.setdefault(shape, Shape(shape, {}, [])).parameters[parameter] = value
    for (shape, sign), parameters in signs.items():
        kind = parameters.get("kind", "")
        if kind not in OF_A_KIND:
            raise WrongStoriesFile(
                f"{path}: sign '{sign}' of '{shape}' has no kind, or one nobody knows ('{kind}')."
            )
        if unknown := set(parameters) - OF_EVERY_SIGN - OF_A_KIND[kind]:
            raise WrongStoriesFile(f"{path}: a sign of kind '{kind}' has no parameter '{min(unknown)}'.")
        shapes[shape].signs.append(SignShape(sign, kind, parameters))
    for shape in shapes.values():
        if missing := {"share", "days_median"} - set(shape.parameters):
            raise WrongStoriesFile(f"{path}: the shape '{shape.name}' lacks '{min(missing)}'.")
    if not any(shape.number("share") for shape in shapes.values()):
        raise WrongStoriesFile(f"{path}: no shape has a share above nought.")
    return list(shapes.values())


def _check_value(path: Path, line: int, parameter: str, value: str) -> None:
    if parameter == "codes" and (unknown := set(_weights(value).things) - set(FIGURES.marks)):
        raise WrongStoriesFile(f"{path} line {line}: there is no attendance code '{min(unknown)}'.")
    if parameter in {"codes", "company"} and not _weights(value).things:
        raise WrongStoriesFile(f"{path} line {line}: '{parameter}' is empty.")
    if parameter in WORDS:
        allowed = WORDS[parameter]
        if allowed is not None and value not in allowed:
            raise WrongStoriesFile(
                f"{path} line {line}: '{parameter}' cannot be '{value}'; it is one of {', '.join(sorted(allowed))}."
            )
        return
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0:
        raise WrongStoriesFile(
            f"{path} line {line}: '{parameter}' needs a number of nought or more, not '{value}'."
        )


def _weights(text: str) -> Choice:
    """'O:5;I:3' as things to draw from."""
    pairs = [part.strip().rsplit(":", 1) for part in text.split(";") if part.strip()]
    try:
        return Choice(
            tuple(thing for thing, *_ in pairs), tuple(float(w[0]) if w else 1.0 for _, *w in pairs)
        )
    except ValueError as error:
        raise WrongStoriesFile(f"'{text}' should be things with weights, such as O:5;I:3.") from error


@dataclass(eq=False)
class Sign:
    """One kind of sign in one child's story, with the rate this story happens to have."""

    kind: str
    shape: SignShape
    from_on: date
    to_on: date
    per_day: float
    growth: float
    moments: list[datetime] = field(default_factory=list)

    def number(self, name: str, otherwise: float = 0.0) -> float:
        return self.shape.number(name, otherwise)

    def word(self, name: str, otherwise: str) -> str:
        return self.shape.parameters.get(name, otherwise)

    def strength(self, day: date) -> float:
        """Grows over the story, with a mean of one."""
        whole = max(1, (self.to_on - self.from_on).days)
        elapsed = min(1.0, max(0.0, (day - self.from_on).days / whole))
        return 2 * (1 + (self.growth - 1) * elapsed) / (1 + self.growth)

    def chance_on(self, day: date) -> float:
        """Per session that could be missed: a month has about twenty school days, and a day two sessions."""
        return min(0.95, self.per_day * self.strength(day) * 30 / self._sessions_a_month)

    @cached_property
    def _sessions_a_month(self) -> int:
        return {"any": 40, "mornings": 20, "afternoons": 20, "mondays": 8, "fridays": 8}[
            self.word("when", "any")
        ]

    def at_time(self, day: date, pm: bool) -> bool:
        when = self.word("when", "any")
        return (
            when == "any"
            or (when == "afternoons" and pm)
            or (when == "mornings" and not pm)
            or (when == "mondays" and day.weekday() == 0)
            or (when == "fridays" and day.weekday() == 4)
        )

    @cached_property
    def _codes(self) -> Choice:
        return _weights(self.word("codes", "O"))

    def code(self, chance: Random) -> str:
        return self._codes.draw(chance)

    @cached_property
    def company(self) -> Choice:
        return _weights(self.word("company", "not known"))


@dataclass(eq=False)
class Story:
    story: str
    child: Child
    shape: Shape
    from_on: date
    ends_on: date
    recorded_on: date | None
    recorded_as: str
    adult: str
    signs: list[Sign]
    first_sign_on: date | None = None

    def seen_on(self, day: date) -> None:
        if self.first_sign_on is None or day < self.first_sign_on:
            self.first_sign_on = day


class Stories:
    """Hands out stories over a whole county, community by community, keeping shares of shape and sex even."""

    def __init__(self, seed: int, shapes: list[Shape], per_1000: float, period_from: date, until: date):
        self.seed, self.shapes, self.per_1000 = seed, shapes, per_1000
        self.period_from, self.until = period_from, until
        self.kinds = Choice(tuple(shapes), tuple(shape.number("share") for shape in shapes))
        chance = stream(seed, "stories")
        self.offsets = [chance.random() for _ in range(3)]
        self.told, self.children_so_far = 0, 0

    def tell(self, community: int, children: list[Child]) -> list[Story]:
        self.children_so_far += len(children)
        due = math.floor(self.children_so_far * self.per_1000 / 1000 + self.offsets[0])
        chance = stream(self.seed, "stories", community)
        told = []
        while self.told < due:
            self.told += 1
            story = self._one(chance, children)
            if story:
                told.append(story)
        return told

    def _shape(self, place: int) -> Shape:
        at = evenly(place, self.offsets[1]) * self.kinds.sums[-1]
        return next(s for s, upto in zip(self.shapes, self.kinds.sums, strict=True) if at <= upto)

    def _one(self, chance: Random, children: list[Child]) -> Story | None:
        shape = self._shape(self.told)
        # Shape and sex come from two different sequences, so that every shape meets both sexes in its own proportion.
        sex = (
            "F"
            if (self.told * 0.7548776662466927 + self.offsets[2]) % 1.0 < shape.number("girls", 0.5)
            else "M"
        )
        begins = self.period_from + timedelta(
            days=chance.randrange(max(1, (self.until - self.period_from).days - 30))
        )
        fitting = [c for c in children if c.sex == sex and self._fits(c, shape, begins)]
        if not fitting:
            fitting = [c for c in children if self._fits(c, shape, begins)]
        if not fitting:
            return None
        wanted = [c for c in fitting if shape.parameters.get("who") != "looked_after" or c.looked_after]
        child = chance.choice(wanted or fitting)
        story = self._written(chance, shape, child, begins)
        child.story = story
        return story

    def _fits(self, child: Child, shape: Shape, begins: date) -> bool:
        age = child.age_on(begins)
        return (
            child.story is None
            and child.moves_to
            is None  # her marks would come with the next community, after the truth is told
            and shape.number("age_from", 10) <= age <= shape.number("age_to", 17)
            and child.age_on(self.until) < 19
            and any(stay.covers(begins) for stay in child.stays)
        )

    def _written(self, chance: Random, shape: Shape, child: Child, begins: date) -> Story:
        days = max(20, around(chance, shape.number("days_median"), shape.number("days_spread", 0.5)))
        ends = begins + timedelta(days=round(days))
        intensity = around(chance, 1.0, shape.number("intensity_spread", 0.5))
        recorded_on = None
        if chance.random() < shape.number("recorded_share", 0.7):
            after = around(
                chance, shape.number("recorded_after_median", 150), shape.number("recorded_after_spread", 0.5)
            )
            recorded_on = begins + timedelta(days=round(after))
            while recorded_on.weekday() > 4:
                recorded_on += timedelta(days=1)
            if recorded_on > self.until:
                recorded_on = None
        signs = [
            self._sign(chance, shape, sign, begins, ends, intensity)
            for sign in shape.signs
            if chance.random() < sign.number("chance", 1.0)
        ]
        recorded_as = chance.choice([c for c in shape.parameters.get("recorded_as", "11A").split(";") if c])
        return Story(
            f"S{self.told:05d}",
            child,
            shape,
            begins,
            min(ends, self.until),
            recorded_on,
            recorded_as,
            names.adult(chance),
            signs,
        )

    def _sign(
        self, chance: Random, shape: Shape, sign: SignShape, begins: date, ends: date, intensity: float
    ) -> Sign:
        whole = (ends - begins).days
        from_on = begins + timedelta(days=round(whole * sign.number("begins", 0)))
        to_on = begins + timedelta(days=round(whole * min(1.0, sign.number("ends", 1))))
        per_day = around(chance, sign.number("per_30_days", 0), sign.number("spread", 0.5)) * intensity / 30
        drawn = Sign(sign.kind, sign, from_on, to_on, per_day, shape.number("growth", 1.0))
        if sign.kind not in {"absence", "late"}:
            drawn.moments = self._moments(chance, drawn)
        return drawn

    def _moments(self, chance: Random, sign: Sign) -> list[datetime]:
        """When each sign falls: more of them later, if the story grows."""
        days = max(1, (sign.to_on - sign.from_on).days)
        count = round(sign.number("once")) or how_many(chance, sign.per_day * days)
        most = max(sign.strength(sign.from_on), sign.strength(sign.to_on))
        moments = []
        while len(moments) < count:
            day = sign.from_on + timedelta(days=chance.randrange(days + 1))
            if chance.random() * most <= sign.strength(day):
                moments.append(datetime.combine(day, time(chance.randrange(9, 23), chance.randrange(60))))
        return sorted(m for m in moments if m.date() <= self.until)


def offence(chance: Random, kind: str) -> str:
    return FIGURES.offences[kind if kind in FIGURES.offences else "ordinary"].draw(chance)
