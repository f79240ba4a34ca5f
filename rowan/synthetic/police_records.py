"""How the police hold a child, and the rows they write of her: reported missing, and arrested."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from rowan.synthetic import mistakes
from rowan.synthetic.careers import draw
from rowan.synthetic.chance import around, stream
from rowan.synthetic.children import Child
from rowan.synthetic.land import Land, Postcode
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.stories import Story
from rowan.synthetic.story_parameters import COUNCIL, POLICE, SCHOOL

FORCE = "Invented Constabulary"
EVERYBODY = (POLICE, COUNCIL, SCHOOL)
MISSING = [
    "IncidentRef",
    "Force",
    "PersonRef",
    "Surname",
    "Forename",
    "DOB",
    "Sex",
    "OfficerDefinedEthnicity",
    "HomeAddress",
    "HomePostcode",
    "ReportedAt",
    "ReportedBy",
    "LastSeenAt",
    "LastSeenPlace",
    "LastSeenPostcode",
    "Grade",
    "FoundAt",
    "FoundPlace",
    "FoundPostcode",
    "FoundBy",
    "MeansOfTravel",
    "ReturnedAt",
    "Circumstances",
]
ARRESTS = [
    "CustodyRef",
    "Force",
    "PersonRef",
    "Surname",
    "Forename",
    "DOB",
    "Sex",
    "OfficerDefinedEthnicity",
    "HomeAddress",
    "HomePostcode",
    "ArrestedAt",
    "PlaceOfArrest",
    "ArrestPostcode",
    "Offence",
    "Company",
    "Disposal",
    "ChargedOn",
]


@dataclass(eq=False)
class Missing:
    """One time a child was missing, whether or not anybody told the police."""

    child: Child
    left_at: datetime
    back_at: datetime
    hours: float
    found: Postcode
    found_at_place: str
    means: str
    circumstances: str
    story: Story | None
    reported: bool
    seen_by: tuple[str, ...] = EVERYBODY


@dataclass(eq=False)
class Arrest:
    child: Child
    at: datetime
    place: Postcode
    place_name: str
    offence: str
    company: str
    story: Story | None
    released_at: datetime
    seen_by: tuple[str, ...] = EVERYBODY


@dataclass
class Known:
    """How the police hold a person: a reference and what was written under it."""

    reference: str
    written: mistakes.Written
    ethnicity: str
    capitals: bool


@dataclass
class PoliceFiles:
    """Rows with their time, person and story, kept until all can be put in order: texts only, so that no family stays in memory."""

    missing: list[tuple[datetime, list, str, str]] = field(default_factory=list)
    arrests: list[tuple[datetime, list, str, str]] = field(default_factory=list)


class PoliceRecords:
    """What the police of one community have written down so far."""

    def __init__(self, seed: int, community: int, land: Land, counters, period_from: date, until: date):
        self.chance = stream(seed, "police", community)
        self.land, self.counters = land, counters
        self.period_from, self.until = period_from, until
        self.now = datetime.combine(until, time(23, 59))
        self.years = (until - period_from).days / 365
        self.known: dict[str, list[Known]] = {}

    def report(self, episode: Missing, files: PoliceFiles) -> None:
        chance, child = self.chance, episode.child
        waited = min(episode.hours * chance.uniform(0.1, 0.7), 30)
        reported_at = episode.left_at + timedelta(hours=waited)
        if reported_at > self.now:
            return
        known = self._known(child, reported_at.date())
        home = child.home_on(episode.left_at.date())
        looked_after = child.looked_after and child.looked_after.on(episode.left_at.date())
        by = (
            chance.choice(["residential worker", "foster carer", "foster carer"])
            if looked_after
            else draw(chance, "reported_by")
        )
        back = episode.back_at <= self.now
        found_at = episode.back_at - timedelta(hours=min(episode.hours * 0.3, chance.uniform(0, 1.5)))
        found_by = draw(chance, "found_by") if back else ""
        last_seen = (
            home.place
            if chance.random() < 0.6
            else self.land.about(chance, home.place, around(chance, 1.5, 0.7))
        )
        seen_at = (
            "home address" if last_seen is home.place else chance.choice(FIGURES.place_words["public_place"])
        )
        near_home = episode.found.km_to(home.place) < 0.8 and chance.random() < 0.6
        means = episode.means if not (episode.means == "not known" and chance.random() < 0.4) else ""
        row = [
            None,
            FORCE,
            *self._person(known, child, episode.left_at.date()),
            f"{reported_at:%Y-%m-%d %H:%M}",
            by,
            f"{episode.left_at:%Y-%m-%d %H:%M}",
            seen_at,
            last_seen.postcode,
            draw(chance, "grade"),
            f"{found_at:%Y-%m-%d %H:%M}" if back else "",
            ("home address" if near_home else episode.found_at_place) if back else "",
            (home.place if near_home else episode.found).postcode if back and chance.random() > 0.03 else "",
            found_by,
            means if back else "",
            f"{episode.back_at:%Y-%m-%d %H:%M}" if back else "",
            episode.circumstances,
        ]
        files.missing.append((reported_at, row, child.person, episode.story.story if episode.story else ""))
        if episode.story:
            episode.story.seen_on(episode.left_at.date())

    def record(self, arrest: Arrest, files: PoliceFiles) -> None:
        chance, child = self.chance, arrest.child
        known = self._known(child, arrest.at.date())
        charged = ""
        if chance.random() < FIGURES["arrest_charged"]:
            day = arrest.at.date() + timedelta(days=round(chance.expovariate(1 / 30)))
            charged = f"{day:%Y-%m-%d}" if day <= self.until else ""
        row = [
            None,
            FORCE,
            *self._person(known, child, arrest.at.date()),
            f"{arrest.at:%Y-%m-%d %H:%M}",
            arrest.place_name,
            arrest.place.postcode,
            arrest.offence,
            arrest.company,
            "charged" if charged else draw(chance, "disposal"),
            charged,
        ]
        files.arrests.append((arrest.at, row, child.person, arrest.story.story if arrest.story else ""))
        if arrest.story:
            arrest.story.seen_on(arrest.at.date())

    def _known(self, child: Child, on: date) -> Known:
        chance = self.chance
        held = self.known.setdefault(child.person, [])
        if held and chance.random() > FIGURES["one_person_two_ids_police"]:
            return chance.choice(held)
        reference = self.counters.police_person()
        if self.known and chance.random() < FIGURES["one_id_two_people_police_per_1000"] / 1000:
            reference = chance.choice(
                [k for several in self.known.values() for k in several] or [Known(reference, None, "", False)]
            ).reference
        ethnicity = (
            "" if chance.random() < FIGURES["ethnicity_blank_police"] else _officer_defined(chance, child)
        )
        held.append(
            Known(
                reference,
                mistakes.write_down(chance, child, "police", on),
                ethnicity,
                chance.random() < FIGURES["upper_case_names.police"],
            )
        )
        return held[-1]

    def _person(self, known: Known, child: Child, on: date) -> list:
        """PersonRef to HomePostcode; the address is asked each time, and often copied from the last time."""
        chance, held = self.chance, known.written
        first, surname = (
            (held.first.upper(), held.surname.upper()) if known.capitals else (held.first, held.surname)
        )
        asked = mistakes.write_down(chance, child, "police", on)
        unchanged = held.postcode.replace(" ", "") == child.home_on(on).place.postcode.replace(" ", "")
        where = held if unchanged and chance.random() < 0.5 else asked
        sex = {"M": "Male", "F": "Female"}[child.sex]
        born = f"{held.birth:%Y-%m-%d}"
        return [known.reference, surname, first, born, sex, known.ethnicity, where.address, where.postcode]


def _officer_defined(chance: Random, child: Child) -> str:
    """What an officer thought she looked like, which is not her ethnicity and is often another group."""
    group = child.family["ethnic_group"]
    likely = {
        "WBRI": "White - North European", "WIRI": "White - North European", "WIRT": "White - North European",
        "WROM": "White - South European", "WOTH": "White - North European", "AIND": "Asian", "APKN": "Asian",
        "ABAN": "Asian", "AOTH": "Asian", "BCRB": "Black", "BAFR": "Black", "BOTH": "Black",
        "CHNE": "Chinese, Japanese, or South East Asian", "OOTH": "Middle Eastern",
    }  # fmt: skip
    if group in likely and chance.random() < 0.85:
        return likely[group]
    return draw(chance, "police_ethnicity")
