"""Children in need: referrals, assessments, section 47 enquiries, plans, and the day harm is first on record."""

import math
from datetime import date, timedelta

from rowan.synthetic.careers import EXPLOITATION, InNeed, draw, working_day
from rowan.synthetic.chance import around, stream
from rowan.synthetic.children import Child
from rowan.synthetic.land import Land
from rowan.synthetic.rates import FIGURES


class ChildrenInNeed:
    """Draws the careers of the children of one community whom the council helps at home."""

    def __init__(self, seed: int, community: int, land: Land, counters, period_from: date, until: date):
        self.chance = stream(seed, "social care", community)
        self.land, self.counters = land, counters
        self.period_from, self.until = period_from, until
        self.years = (until - period_from).days / 365
        self.share_old_enough: dict[int, float] = {}

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
