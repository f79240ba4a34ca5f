"""Stories of harm: which children have one, of what shape, and which signs it leaves where.

Shapes come from a file (story_shapes.py). Every rate is drawn anew for each story from a continuous distribution, so
that some stories stay below whatever anybody might set as a threshold. Nothing here, or in any figure, was set by
looking at a rule.
"""

import math
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

from rowan.synthetic import names
from rowan.synthetic.chance import around, evenly, how_many, stream
from rowan.synthetic.children import Child
from rowan.synthetic.rates import FIGURES, Choice
from rowan.synthetic.story_shapes import Shape, SignShape

# Of sessions that could be missed a month has about twenty of each half day, and four of each weekday's halves.
SESSIONS_A_MONTH = {"any": 40, "mornings": 20, "afternoons": 20}
COUNTED_IN_SESSIONS = {"absence", "late"}
HOURS = {
    "any": range(9, 23),
    "school_days": range(9, 15),
    "weekends": range(9, 23),
    "daytime": range(9, 17),
    "evenings": range(17, 23),
    "nights": (22, 23, 0, 1, 2, 3),
}
MOST_TIMES = 150  # of one sign in one story, whatever a file asks for


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

    def number(self, name: str) -> float:
        return self.shape.number(name)

    def word(self, name: str) -> str:
        return self.shape.word(name)

    def seen_by(self, agency: str) -> bool:
        return self.shape.seen_by(agency)

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
        return SESSIONS_A_MONTH.get(self.word("when"), 8)

    def at_time(self, day: date, pm: bool) -> bool:
        when = self.word("when")
        if when in {"mornings", "afternoons"}:
            return pm == (when == "afternoons")
        return when == "any" or f"{day:%A}s".lower() == when

    @cached_property
    def codes(self) -> Choice:
        return self.shape.weights("codes")

    @cached_property
    def company(self) -> Choice:
        return self.shape.weights("company")


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
        self.without_a_child = 0  # whom no child fitted

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
            else:
                self.without_a_child += 1
        return told

    def _shape(self, place: int) -> Shape:
        at = evenly(place, self.offsets[1]) * self.kinds.sums[-1]
        return next(s for s, upto in zip(self.shapes, self.kinds.sums, strict=True) if at <= upto)

    def _one(self, chance: Random, children: list[Child]) -> Story | None:
        shape = self._shape(self.told)
        # Shape and sex come from two different sequences, so that every shape meets both sexes in its own proportion.
        sex = "F" if (self.told * 0.7548776662466927 + self.offsets[2]) % 1.0 < shape.number("girls") else "M"
        begins = self.period_from + timedelta(
            days=chance.randrange(max(1, (self.until - self.period_from).days - 30))
        )
        fitting = [c for c in children if c.sex == sex and self._fits(c, shape, begins)]
        if not fitting:
            fitting = [c for c in children if self._fits(c, shape, begins)]
        if not fitting:
            return None
        wanted = [c for c in fitting if shape.word("who") != "looked_after" or c.looked_after]
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
            and shape.number("age_from") <= age <= shape.number("age_to")
            and child.age_on(self.until) < 19
            and any(stay.covers(begins) for stay in child.stays)
        )

    def _written(self, chance: Random, shape: Shape, child: Child, begins: date) -> Story:
        days = max(20, around(chance, shape.number("days_median"), shape.number("days_spread")))
        ends = begins + timedelta(days=round(days))
        intensity = around(chance, shape.number("intensity"), shape.number("intensity_spread"))
        recorded_on = None
        if chance.random() < shape.number("recorded_share"):
            after = around(
                chance, shape.number("recorded_after_median"), shape.number("recorded_after_spread")
            )
            recorded_on = begins + timedelta(days=round(after))
            while recorded_on.weekday() > 4:
                recorded_on += timedelta(days=1)
            if recorded_on > self.until:
                recorded_on = None
        signs = [
            self._sign(chance, shape, sign, begins, ends, intensity)
            for sign in shape.signs
            if chance.random() < sign.number("chance")
        ]
        recorded_as = chance.choice(shape.words("recorded_as"))
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
        from_on = begins + timedelta(days=round(whole * sign.number("begins")))
        to_on = begins + timedelta(days=round(whole * sign.number("ends")))
        per_day = around(chance, sign.number("per_30_days"), sign.number("spread")) * intensity / 30
        drawn = Sign(sign.kind, sign, from_on, to_on, per_day, shape.number("growth"))
        if sign.kind not in COUNTED_IN_SESSIONS:
            drawn.moments = self._moments(chance, drawn)
        return drawn

    def _moments(self, chance: Random, sign: Sign) -> list[datetime]:
        """When each sign falls: more of them later, if the story grows."""
        days = max(1, (sign.to_on - sign.from_on).days)
        count = min(MOST_TIMES, round(sign.number("once")) or how_many(chance, sign.per_day * days))
        when = sign.word("when") if "when" in sign.shape.declared else "any"
        most = max(sign.strength(sign.from_on), sign.strength(sign.to_on))
        moments: list[datetime] = []
        for _ in range(count * 1000):  # a story of two days may hold no weekend
            if len(moments) == count:
                break
            day = sign.from_on + timedelta(days=chance.randrange(days + 1))
            if when in {"school_days", "weekends"} and (day.weekday() > 4) != (when == "weekends"):
                continue
            if chance.random() * most <= sign.strength(day):
                moments.append(datetime.combine(day, time(chance.choice(HOURS[when]), chance.randrange(60))))
        return sorted(m for m in moments if m.date() <= self.until)


def offence(chance: Random, kind: str) -> str:
    return FIGURES.offences[kind].draw(chance)
