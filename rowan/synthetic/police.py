"""When children were missing and arrested: for ordinary reasons, and in a story."""

from datetime import datetime, time, timedelta
from random import Random

from rowan.synthetic import stories
from rowan.synthetic.careers import draw
from rowan.synthetic.chance import around, how_many
from rowan.synthetic.children import Away, Child
from rowan.synthetic.police_records import EVERYBODY, FORCE, Arrest, Missing, PoliceRecords
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.stories import Sign, Story
from rowan.synthetic.story_parameters import POLICE, SCHOOL

__all__ = ["FORCE", "Police"]


class Police(PoliceRecords):
    def _moment(self, evening: bool) -> datetime:
        days = max(1, (self.until - self.period_from).days)
        hour = (
            self.chance.choice([16, 17, 18, 19, 20, 21, 21, 22]) if evening else self.chance.randrange(8, 24)
        )
        return datetime.combine(
            self.period_from + timedelta(days=self.chance.randrange(days)),
            time(hour, self.chance.randrange(60)),
        )

    # --- missing

    def missing_episodes(self, children: list[Child]) -> list[Missing]:
        chance, episodes = self.chance, []
        for child in children:
            for moment in self._ordinary_moments(child):
                if self._here(child, moment):
                    episodes.append(self._ordinary(child, moment))
            if child.story:
                for sign in child.story.signs:
                    if sign.kind == "missing":
                        episodes += [
                            self._of_story(child, m, sign) for m in sign.moments if self._here(child, m)
                        ]
        return _without_overlaps(sorted(episodes, key=lambda e: (e.child.person, e.left_at)), chance)

    def _here(self, child: Child, moment: datetime) -> bool:
        gone = child.leaves_county_on
        return (
            child.age_on(moment.date()) < 18
            and (gone is None or moment.date() < gone)
            and moment < self.now - timedelta(hours=2)
        )

    def _ordinary_moments(self, child: Child) -> list[datetime]:
        chance = self.chance
        age = child.age_on(self.until)
        if child.looked_after:
            if age >= 10 and chance.random() < FIGURES["looked_after_missing_in_year"] * 1.5 * self.years:
                # How often differs a great deal between children: a gamma mixture of Poisson counts.
                often = chance.gammavariate(0.9, FIGURES["looked_after_missing_episodes"] / 0.9)
                count = 1 + how_many(chance, max(0.0, often - 1))
                return [
                    m for m in (self._moment(True) for _ in range(count)) if child.looked_after.on(m.date())
                ]
            return []
        yearly = (
            FIGURES["child_missing_in_year"] * _teenage(age) if age >= 10 else FIGURES["missing_small_child"]
        )
        if chance.random() >= yearly * self.years:
            return []
        moments = [self._moment(True)]
        while chance.random() < FIGURES["another_missing_report"]:
            moments.append(
                moments[-1]
                + timedelta(days=round(chance.expovariate(1 / 60)) + 1, minutes=chance.randrange(-90, 90))
            )
        return [m for m in moments if m < self.now]

    def _ordinary(self, child: Child, left_at: datetime) -> Missing:
        chance = self.chance
        row = FIGURES.circumstances["ordinary"].draw(chance)
        while (row["reason"] == "placement") != bool(child.looked_after) and chance.random() < 0.8:
            row = FIGURES.circumstances["ordinary"].draw(chance)
        hours = around(chance, FIGURES["missing_hours_median"], FIGURES["missing_hours_spread"])
        if chance.random() < float(row["overnight"] or 0):
            hours = max(hours, _hours_until_morning(left_at) + chance.uniform(0, 4))
        elif left_at.hour >= 16:
            hours = min(hours, max(0.5, 23.5 - left_at.hour + chance.uniform(0, 1.5)))
        km = around(chance, FIGURES["found_near_km"], FIGURES["found_near_spread"])
        km *= float(row["times_as_far"])
        means = (
            "not known" if chance.random() < FIGURES["means_not_known"] else draw(chance, "means_of_travel")
        )
        if child.looked_after and chance.random() < FIGURES["looked_after_goes_to_family"]:
            to_family = child.looked_after.home
            return self._episode(child, left_at, hours, 0, means, row["text"], None, True, to_family)
        in_care_and_untold = (
            child.looked_after is not None and chance.random() < FIGURES["missing_only_in_903"]
        )
        return self._episode(child, left_at, hours, km, means, row["text"], None, not in_care_and_untold)

    def _of_story(self, child: Child, left_at: datetime, sign: Sign) -> Missing:
        chance = self.chance
        hours = around(chance, sign.number("hours_median"), sign.number("hours_spread"))
        if chance.random() < sign.number("overnight"):
            hours = max(hours, _hours_until_morning(left_at) + chance.uniform(0, 5))
        km = around(chance, sign.number("km_median"), sign.number("km_spread"))
        means = (
            "not known"
            if chance.random() < sign.number("means_not_known")
            else draw(chance, "means_of_travel")
        )
        text = FIGURES.circumstances["story"].draw(chance)["text"]
        reported = chance.random() < sign.number("reported") and sign.seen_by(POLICE)
        episode = self._episode(child, left_at, hours, km, means, text, child.story, reported)
        episode.seen_by = sign.shape.words("seen_by")
        return episode

    def _episode(self, child, left_at, hours, km, means, text, story, reported, found=None) -> Missing:
        chance = self.chance
        hours = min(hours, 24 * 12)
        home = child.home_on(left_at.date()).place
        where = "a relative's address" if found else chance.choice(FIGURES.place_words["public_place"])
        found = found or self.land.about(chance, home, min(km, 125))
        return Missing(
            child,
            left_at,
            left_at + timedelta(hours=hours),
            hours,
            found,
            where,
            means,
            text,
            story,
            reported,
        )

    # --- arrests

    def arrests(self, children: list[Child]) -> list[Arrest]:
        chance, arrests = self.chance, []
        old = [c for c in children if 10 <= c.age_on(self.until) <= 18]
        boys = max(1, sum(c.sex == "M" for c in old))
        for child in old:
            share = FIGURES["arrested_boys"] if child.sex == "M" else 1 - FIGURES["arrested_boys"]
            of_sex = boys if child.sex == "M" else max(1, len(old) - boys)
            yearly = (
                FIGURES["arrested_in_year"] * len(old) * share / of_sex * _teenage(child.age_on(self.until))
            )
            if chance.random() < yearly * self.years:
                moment = self._moment(False)
                while True:
                    if self._here(child, moment) and child.age_on(moment.date()) >= 10:
                        arrests.append(self._arrest(child, moment, None, None))
                    if chance.random() >= FIGURES["arrested_again"]:
                        break
                    moment += timedelta(days=round(chance.expovariate(1 / 90)) + 1)
            if child.story:
                for sign in child.story.signs:
                    if sign.kind == "arrest":
                        arrests += [
                            self._arrest(child, m, child.story, sign)
                            for m in sign.moments
                            if self._here(child, m)
                        ]
        return arrests

    def _arrest(self, child: Child, at: datetime, story: Story | None, sign: Sign | None) -> Arrest:
        chance = self.chance
        home = child.home_on(at.date()).place
        median, spread = (sign.number("km_median"), sign.number("km_spread")) if sign else (2.5, 0.9)
        place = self.land.about(chance, home, min(125, around(chance, median, spread)))
        held = (
            chance.uniform(9, 22) if chance.random() < FIGURES["held_overnight"] else chance.uniform(1.5, 8)
        )
        released = at + timedelta(hours=held)
        code = "Y5" if chance.random() < FIGURES["custody_marked_y5"] else "O"
        seen_by = sign.shape.words("seen_by") if sign else EVERYBODY
        if SCHOOL in seen_by and (story or chance.random() < 0.9):
            child.absences.append(Away(at, released, code, story, "arrest"))
        return Arrest(
            child,
            at,
            place,
            chance.choice(FIGURES.place_words["public_place"]),
            stories.offence(chance, sign.word("offences") if sign else "ordinary"),
            sign.company.draw(chance) if sign else draw(chance, "company"),
            story,
            released,
            seen_by,
        )


def _teenage(age: int) -> float:
    """Reports and arrests rise through the teens; a mean of about one over ages 10 to 17."""
    return {10: 0.1, 11: 0.25, 12: 0.6, 13: 1.0, 14: 1.4, 15: 1.7, 16: 1.6, 17: 1.4}.get(
        age, 0.8 if age == 18 else 0
    )


def _hours_until_morning(left_at: datetime) -> float:
    morning = datetime.combine(left_at.date() + timedelta(days=1), time(6, 30))
    return (morning - left_at).total_seconds() / 3600


def _without_overlaps(episodes: list[Missing], chance: Random) -> list[Missing]:
    """A child already missing does not go missing."""
    kept: list[Missing] = []
    for episode in episodes:
        if (
            kept
            and kept[-1].child is episode.child
            and episode.left_at < kept[-1].back_at + timedelta(hours=3)
        ):
            continue
        kept.append(episode)
        code = chance.choice(["N", "O", "O", "I"]) if episode.story else "O"
        if SCHOOL in episode.seen_by:
            episode.child.absences.append(
                Away(episode.left_at, episode.back_at, code, episode.story, "missing")
            )
    return kept
