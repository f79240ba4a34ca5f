"""What the council's social workers did in one community: children in need, and children looked after with their placements."""

from datetime import date, timedelta

from rowan.synthetic.careers import InNeed, LookedAfter, Placement, draw, working_day
from rowan.synthetic.chance import around, how_many
from rowan.synthetic.children import Child, Home
from rowan.synthetic.in_need import ChildrenInNeed
from rowan.synthetic.land import COUNTY_AUTHORITY, Postcode
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.stories import Story


class SocialCare(ChildrenInNeed):
    """Draws the council's careers for the children of one community."""

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
