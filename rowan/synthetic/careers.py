"""What the council keeps of a child: referrals and what followed, placements, a period of being looked after."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from rowan.synthetic.land import Postcode
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.stories import Story

# Factors at assessment that put exploitation on record: CSE, trafficking, gangs, CCE.
EXPLOITATION = {"11A", "12A", "13A", "24A"}


def draw(chance: Random, kind: str) -> str:
    return FIGURES.codes[kind].draw(chance)


def working_day(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


@dataclass
class InNeed:
    """One referral and what followed (CINdetails)."""

    referred_on: date
    source: str
    need: str
    no_further_action: bool = False
    closed_on: date | None = None
    reason_closed: str = ""
    assessments: list[tuple[date, date | None, list[str]]] = field(default_factory=list)
    plan: tuple[date, date | None] | None = None
    enquiry: tuple[date, date | None] | None = None  # began, conference
    protection: tuple[date, date | None, str] | None = None

    def open_on(self, day: date) -> bool:
        return self.referred_on <= day and (self.closed_on is None or self.closed_on >= day)

    def overlaps(self, other: "InNeed") -> bool:
        return self.open_on(other.referred_on) or other.open_on(self.referred_on)


@dataclass
class Placement:
    began_on: date
    reason: str  # RNE
    legal_status: str
    kind: str  # PLACE
    provider: str
    place: Postcode
    urn: str
    ended_on: date | None = None
    reason_ended: str = ""
    why_moved: str = ""
    story: Story | None = None  # that moved her there


@dataclass
class LookedAfter:
    """One period of being looked after, and what the return says of it."""

    child_id: str
    need: str
    home: Postcode
    placements: list[Placement]
    unaccompanied: bool = False
    adopted: bool = False
    missing: list[tuple[str, date, date | None, Story | None]] = field(
        default_factory=list
    )  # kind, start, end, story

    @property
    def began_on(self) -> date:
        return self.placements[0].began_on

    @property
    def ended_on(self) -> date | None:
        return self.placements[-1].ended_on

    def on(self, day: date) -> bool:
        return self.began_on <= day and (self.ended_on is None or day < self.ended_on)

    def placement_on(self, day: date) -> Placement | None:
        return next(
            (p for p in self.placements if p.began_on <= day and (p.ended_on is None or day < p.ended_on)),
            None,
        )
