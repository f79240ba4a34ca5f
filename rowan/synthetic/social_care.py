"""What the council's social workers did: children in need, enquiries, plans, and children looked after with their placements."""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from rowan.synthetic.chance import around, how_many, stream
from rowan.synthetic.children import Child, Home
from rowan.synthetic.land import COUNTY_AUTHORITY, Land, Postcode
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


class SocialCare:
    """Draws the council's careers for the children of one community."""

    def __init__(self, seed: int, community: int, land: Land, counters, period_from: date, until: date):
        self.chance = stream(seed, "social care", community)
        self.land, self.counters = land, counters
        self.period_from, self.until = period_from, until
        self.years = (until - period_from).days / 365

    # --- children in need

    def meet(self, children: list[Child]) -> None:
        families: dict[int, list[Child]] = {}
        for child in children:
            families.setdefault(child.household, []).append(child)
        self.share_old_enough = {
            youngest: max(
                0.05, sum(c.age_on(self.until) >= youngest for c in children) / max(1, len(children))
            )
            for _, _, youngest in FIGURES.assessment_factors
        }
        self._look_after(children)
        others = sum(len(f) * (len(f) - 1) for f in families.values()) / max(1, len(children))
        alone = 1 + FIGURES["in_need_sibling_too"] * others
        at_start = (FIGURES["open_in_need"] - FIGURES["looked_after"]) / alone
        each_year = (FIGURES["in_need_in_year"] - FIGURES["open_in_need"]) / alone
        for family in families.values():
            for child in family:
                if self.chance.random() < at_start:
                    days = self._long_enough_to_be_met("in_need")
                    began = self.period_from - timedelta(days=round(days * self.chance.random()) + 1)
                    self._known_family(child, family, began, days)
                if self.chance.random() < each_year * self.years:
                    day = self.period_from + timedelta(
                        days=self.chance.randrange(max(1, (self.until - self.period_from).days))
                    )
                    self._known_family(child, family, day, None)

    def _known_family(self, child: Child, family: list[Child], day: date, lasts_days: float | None) -> None:
        for member in family:
            if member is not child and self.chance.random() > FIGURES["in_need_sibling_too"]:
                continue
            referred_on = working_day(max(day, member.birth + timedelta(days=1)))
            if referred_on > self.until or any(n.open_on(referred_on) for n in member.in_need):
                continue
            if member.leaves_county_on and referred_on >= member.leaves_county_on:
                continue
            episode = self._episode(member, referred_on, lasts_days)
            if any(n.overlaps(episode) for n in member.in_need):
                continue
            member.in_need.append(episode)
            member.in_need.sort(key=lambda n: n.referred_on)
            closed = member.in_need[-1].closed_on
            if closed and self.chance.random() < FIGURES["referral_again"]:
                again = working_day(closed + timedelta(days=self.chance.randint(20, 300)))
                if again <= self.until:
                    member.in_need.append(self._episode(member, again, None))

    def _episode(self, child: Child, referred_on: date, lasts_days: float | None) -> InNeed:
        """A referral and what followed. `lasts_days` is known for those that were open when the period began."""
        chance = self.chance
        episode = InNeed(referred_on, draw(chance, "referral_source"), draw(chance, "need"))
        if lasts_days is None and chance.random() < FIGURES["referral_no_further_action"]:
            episode.no_further_action = True
            episode.closed_on, episode.reason_closed = referred_on, "RC8"
            return episode
        reason = draw(chance, "closure")
        if lasts_days is not None and reason in {"RC8", "RC9"}:
            reason = "RC7"
        soon = reason in {"RC8", "RC9"}  # closed after the assessment
        length = lasts_days or around(chance, FIGURES["in_need_days_median"], FIGURES["in_need_days_spread"])
        days = chance.randint(25, 55) if soon else max(40, round(length))
        self._close(episode, working_day(referred_on + timedelta(days=days)), reason)
        self.assess(child, episode, referred_on)
        if soon:
            return episode
        if chance.random() < FIGURES["section_47"]:
            self.enquire(episode, referred_on + timedelta(days=chance.randint(0, 20)))
        elif chance.random() < FIGURES["children_in_need_plan"] and episode.assessments[0][1]:
            began = working_day(episode.assessments[0][1] + timedelta(days=chance.randint(1, 20)))
            if began <= self.until and (episode.closed_on is None or began < episode.closed_on):
                episode.plan = (began, episode.closed_on)
        return episode

    def _close(self, episode: InNeed, ends: date, reason: str) -> None:
        if ends <= self.until:
            episode.closed_on, episode.reason_closed = ends, reason
        else:
            episode.closed_on, episode.reason_closed = None, ""

    def assess(self, child: Child, episode: InNeed, on: date, found: str = "") -> None:
        """An assessment; authorised within 45 working days, most of them."""
        chance = self.chance
        began = working_day(on)
        authorised: date | None = working_day(began + timedelta(days=chance.randint(14, 62)))
        if episode.closed_on and authorised and authorised > episode.closed_on:
            authorised = max(began, episode.closed_on)
        if authorised and authorised > self.until:
            authorised = None
        factors: list[str] = []
        if authorised:
            age = child.age_on(began)
            for factor, share, youngest in FIGURES.assessment_factors:
                if age >= youngest and chance.random() < share / self.share_old_enough[youngest]:
                    factors.append(factor)
            if found and found not in factors:
                factors.append(found)
            if not factors:
                factors = ["21"] if episode.reason_closed == "RC8" else ["20"]
        episode.assessments.append((began, authorised, sorted(factors)))

    def enquire(self, episode: InNeed, on: date) -> None:
        """A section 47 enquiry, a conference within fifteen working days, a protection plan."""
        chance = self.chance
        began = working_day(on)
        if began > self.until or (episode.closed_on and began > episode.closed_on):
            return
        conference: date | None = None
        if chance.random() < FIGURES["conference_after_section_47"]:
            conference = working_day(began + timedelta(days=chance.randint(10, 21)))
            if conference > self.until or (episode.closed_on and conference >= episode.closed_on):
                conference = None
        episode.enquiry = (began, conference)
        if conference and chance.random() < FIGURES["protection_plan_after_conference"]:
            ends = working_day(conference + timedelta(days=chance.randint(90, 500)))
            if episode.closed_on:
                ends = min(ends, episode.closed_on)
            episode.protection = (conference, ends if ends <= self.until else None, draw(chance, "abuse"))

    def not_recorded_before(self, child: Child, factor: str) -> None:
        """In a story the harm is not on record until the story says so."""
        for episode in child.in_need:
            for place, (began, authorised, factors) in enumerate(episode.assessments):
                left = [f for f in factors if f not in EXPLOITATION and f != factor]
                episode.assessments[place] = (began, authorised, left or (["20"] if factors else []))

    def harm_recorded(self, child: Child, on: date, factor: str) -> None:
        """The day harm is first on record: an assessment authorised with the factor, after an enquiry or on its own."""
        chance = self.chance
        episode = next((n for n in child.in_need if n.open_on(on) and not n.no_further_action), None)
        if episode is None:
            referred_on = working_day(max(on - timedelta(days=chance.randint(20, 50)), child.birth))
            child.in_need = [
                n for n in child.in_need if not (n.referred_on >= referred_on or n.open_on(referred_on))
            ]
            episode = InNeed(referred_on, draw(chance, "referral_source"), "N1")
            child.in_need.append(episode)
        if episode.closed_on and episode.closed_on < on + timedelta(days=60):
            episode.closed_on, episode.reason_closed = None, ""
            child.in_need = [n for n in child.in_need if n is episode or n.referred_on < episode.referred_on]
        began = max(episode.referred_on, working_day(on - timedelta(days=chance.randint(15, 40))))
        other = sorted({factor, chance.choice(["10A", "4A", "20", "15A", "2A"])})
        episode.assessments = [a for a in episode.assessments if a[0] < began and a[1] and a[1] < on]
        episode.assessments.append((began, on, other))
        if chance.random() < 0.5:
            self.enquire(episode, on)

    def _long_enough_to_be_met(self, what: str) -> float:
        """Days of something that was going on when the period began: long ones are met more often (length-biased)."""
        spread = FIGURES[f"{what}_days_spread"]
        return around(self.chance, FIGURES[f"{what}_days_median"] * math.exp(spread**2), spread)

    # --- looked after

    def _look_after(self, children: list[Child]) -> None:
        chance = self.chance
        old = [c for c in children if c.age_on(self.until) >= 10]
        share_old = len(old) / max(1, len(children))
        for child in children:
            is_old = child.age_on(self.until) >= 10
            part = FIGURES["looked_after_aged_10_or_over"]
            lift = part / max(0.05, share_old) if is_old else (1 - part) / max(0.05, 1 - share_old)
            if child.leaves_county_on:
                continue
            if chance.random() < FIGURES["looked_after"] * lift:
                days = self._long_enough_to_be_met("looked_after")
                began = self.period_from - timedelta(days=round(days * chance.random()) + 5)
                self.begin(child, max(began, child.birth + timedelta(days=3)), days)
            elif chance.random() < FIGURES["looked_after_starts_per_year"] * self.years * lift:
                began = self.period_from + timedelta(
                    days=chance.randrange(max(1, (self.until - self.period_from).days))
                )
                if began > child.birth:
                    self.begin(
                        child,
                        began,
                        around(
                            chance, FIGURES["looked_after_days_median"], FIGURES["looked_after_days_spread"]
                        ),
                    )

    def begin(self, child: Child, began: date, days: float) -> None:
        chance = self.chance
        if began > self.until or child.age_on(began) > 17:
            return
        ends: date | None = began + timedelta(days=round(max(20, days)))
        eighteen = _birthday(child, 18)
        # Only a child who is on no school roll yet: what comes after an adoption belongs to another name.
        adopted = (
            child.age_on(self.until) < 5
            and not child.stays
            and chance.random() < FIGURES["adopted_per_looked_after_under_5"] * max(1.0, self.years)
        )
        if adopted:
            ends = self.period_from + timedelta(
                days=chance.randint(30, max(31, (self.until - self.period_from).days))
            )
            began = min(began, ends - timedelta(days=200))
            adopted = child.birth < began and ends <= self.until
        if ends and ends <= self.period_from:
            ends = self.period_from + timedelta(days=chance.randint(20, 500))
        if ends and ends > eighteen:
            ends = eighteen
        home = child.home_on(began).place
        status = "V2" if child.age_on(began) >= 15 and chance.random() < 0.5 else draw(chance, "legal_status")
        if adopted:
            status = "E1"
        elif status == "E1" and child.age_on(began) > 7:
            status = "C2"
        unaccompanied = (
            child.age_on(began) >= 14
            and not child.in_need
            and chance.random() < FIGURES["unaccompanied_child"]
        )
        period = LookedAfter(
            self.counters.looked_after_child(),
            "N8" if unaccompanied else draw(chance, "need"),
            home,
            [self._placement(child, began, "S", "V2" if unaccompanied else status, home)],
            unaccompanied,
            adopted,
        )
        for _ in range(
            how_many(
                chance,
                FIGURES["placement_moves_per_year"]
                * ((min(ends or self.until, self.until)) - began).days
                / 365,
            )
        ):
            span = (min(ends or self.until, self.until) - began).days
            self.move(child, period, began + timedelta(days=chance.randint(1, max(1, span - 1))))
        if status == "C1" and not adopted:
            self._change_status(period, began + timedelta(days=chance.randint(150, 330)), "C2", ends)
        if ends and ends <= self.until:
            last = period.placements[-1]
            if ends <= last.began_on:
                ends = last.began_on + timedelta(days=1)
            if ends <= self.until:
                last.ended_on = ends
                last.reason_ended = (
                    chance.choice(["E11", "E12"])
                    if adopted
                    else ("E8" if ends == eighteen else draw(chance, "reason_ended"))
                )
        child.looked_after = period
        self._in_need_while_looked_after(child, period)
        if adopted:
            child.leaves_county_on = period.ended_on
        self._homes_follow(child, period)

    def _in_need_while_looked_after(self, child: Child, period: LookedAfter) -> None:
        """Every looked-after child is a child in need too."""
        if any(n.open_on(period.began_on) for n in child.in_need):
            return
        referred_on = working_day(
            max(child.birth, period.began_on - timedelta(days=self.chance.randint(0, 120)))
        )
        episode = InNeed(referred_on, draw(self.chance, "referral_source"), period.need)
        if period.ended_on:
            self._close(episode, period.ended_on, "RC1" if period.adopted else "RC7")
        if referred_on <= self.until:
            self.assess(child, episode, referred_on)
            child.in_need = [n for n in child.in_need if n.closed_on and n.closed_on < referred_on] + [
                episode
            ]

    def _placement(
        self, child: Child, began: date, reason: str, status: str, home: Postcode, km: float | None = None
    ) -> Placement:
        chance, age = self.chance, child.age_on(began)
        drawn = chance.random()
        if (
            reason != "S"
            and drawn < FIGURES["placement_with_parents"]
            and km is None
            and status in {"C1", "C2"}
        ):
            return Placement(began, reason, status, "P1", "PR0", home, "")
        drawn = chance.random()
        residential = FIGURES["placement_childrens_home"] * (1.6 if age >= 10 else 0.2)
        if age >= 16 and drawn < FIGURES["placement_supported"] / 0.26:
            kind, provider = "K3" if began >= date(2023, 10, 28) else "H5", "PR4"
        elif drawn > 1 - residential:
            kind, provider = "K2", chance.choice(["PR4", "PR4", "PR4", "PR1"])
        elif chance.random() < FIGURES["placement_kinship"]:
            kind, provider = "U1", "PR1"
        else:
            kind, provider = chance.choice(["U4", "U5", "U6"]), chance.choice(["PR1", "PR1", "PR4"])
        # Distances: a log-normal whose tail beyond 32 km (20 miles) is the published share.
        away = km if km is not None else around(chance, 12, 1.27)
        place = self.land.about(chance, home, min(130, max(0.8, away)))
        urn = f"SC9{sum(map(ord, place.postcode)) * 7919 % 100_000:05d}" if kind == "K2" else ""
        return Placement(began, reason, status, kind, provider, place, urn)

    def move(self, child: Child, period: LookedAfter, on: date, km: float | None = None) -> bool:
        """Ends the placement of that day and begins another; what comes later is shifted to stay in order."""
        for place, current in enumerate(period.placements):
            if current.began_on < on and (current.ended_on is None or on < current.ended_on):
                new = self._placement(child, on, "P", current.legal_status, period.home, km)
                new.ended_on, new.reason_ended, new.why_moved = (
                    current.ended_on,
                    current.reason_ended,
                    current.why_moved,
                )
                current.ended_on, current.reason_ended = on, "X1"
                current.why_moved = draw(self.chance, "reason_place_change")
                period.placements.insert(place + 1, new)
                return True
        return False

    def _change_status(self, period: LookedAfter, on: date, status: str, ends: date | None) -> None:
        if on >= min(ends or self.until, self.until):
            return
        for place, current in enumerate(period.placements):
            if current.began_on < on and (current.ended_on is None or on < current.ended_on):
                new = Placement(
                    on, "L", status, current.kind, current.provider, current.place, current.urn,
                    current.ended_on, current.reason_ended, current.why_moved,
                )  # fmt: skip
                current.ended_on, current.reason_ended, current.why_moved = on, "X1", ""
                period.placements.insert(place + 1, new)
                for later in period.placements[place + 2 :]:
                    later.legal_status = status
                return

    def _homes_follow(self, child: Child, period: LookedAfter) -> None:
        """From now on her home is where she is placed; afterwards the family home again."""
        child.own_homes = child.own_homes or child.homes
        family = child.own_homes[-1]
        before = [home for home in child.own_homes if home.since < period.began_on] or [child.own_homes[0]]
        homes = list(before)
        number = 1 + sum(map(ord, child.person)) % 120
        for placement in period.placements:
            if homes[-1].place is placement.place:
                continue
            address = (
                family.address
                if placement.kind == "P1"
                else f"{number} {placement.place.street}, {placement.place.town}"
            )
            homes.append(Home(placement.began_on, address, placement.place))
        if period.ended_on:
            homes.append(Home(period.ended_on, family.address, family.place))
        child.homes = homes

    def place_far_away(self, story: Story, moved_on: date, km: float) -> None:
        """For a story: a looked-after child is moved far away. She may have to be looked after first."""
        child = story.child
        if child.looked_after is None or not child.looked_after.on(moved_on):
            child.homes = list(child.own_homes or child.homes)
            began_before = moved_on - timedelta(days=60)
            child.in_need = [
                n for n in child.in_need if n.closed_on and n.closed_on < began_before - timedelta(days=760)
            ]
            self.begin(child, moved_on - timedelta(days=self.chance.randint(60, 700)), 5000)
        period = child.looked_after
        if period is None:
            return
        if (
            period.placements[-1].began_on > moved_on
        ):  # later placements would bring her back; the story keeps her there
            period.placements = [p for p in period.placements if p.began_on < moved_on] or period.placements[
                :1
            ]
            (
                period.placements[-1].ended_on,
                period.placements[-1].reason_ended,
                period.placements[-1].why_moved,
            ) = None, "", ""
        if period.placements[-1].kind == "P1":
            period.placements[-1].kind, period.placements[-1].provider = "U4", "PR1"
        if self.move(child, period, moved_on, km):
            placement = period.placement_on(moved_on)
            assert placement is not None
            placement.story = story
            story.seen_on(moved_on)
        self._homes_follow(child, period)

    def out_of_area(self, placement: Placement) -> bool:
        return placement.place.authority != COUNTY_AUTHORITY


def _birthday(child: Child, age: int) -> date:
    try:
        return child.birth.replace(year=child.birth.year + age)
    except ValueError:
        return child.birth.replace(year=child.birth.year + age, day=28)
