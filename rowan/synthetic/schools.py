"""The schools of a community, and a stay of one child on one roll."""

from dataclasses import dataclass, field
from datetime import date

from rowan.synthetic import identifiers
from rowan.synthetic.chance import evenly, stream
from rowan.synthetic.children import Child
from rowan.synthetic.land import Land, Postcode
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.stories import Story


@dataclass(eq=False)
class School:
    number: str  # four digits
    name: str
    kind: str
    phase: str  # primary, secondary or special: which column of marks.csv
    low: int
    high: int
    place: Postcode
    urn: int
    own_watch: bool
    community: int
    stays: list["Stay"] = field(default_factory=list)

    @property
    def laestab(self) -> str:
        return identifiers.COUNCIL + self.number


@dataclass(eq=False)
class Stay:
    child: Child
    school: School
    entered_on: date
    left_on: date | None = None
    reason: str = ""
    destination: str = ""
    admission: int = 0
    upn: str = ""
    former_upn: str = ""
    late_file: bool = False  # the register was opened before she came: Z
    story: Story | None = None  # that took her off this roll

    def covers(self, day: date) -> bool:
        return self.entered_on <= day and (self.left_on is None or day <= self.left_on)


def first_primary(community: int) -> str:
    return str(2000 + 2 * community)


def secondary_of(community: int) -> str:
    return str(4000 + community)


def of_community(seed: int, community: int, land: Land, size: int) -> list[School]:
    chance = stream(seed, "schools", community)
    town = land.town(community)
    places = [p for p in land.of_town(community) if not p.terminated]
    offset = stream(seed, "own watch").random()

    def school(place: int, number: str, name: str, kind: str, phase: str, low: int, high: int) -> School:
        own_watch = evenly(community * 4 + place, offset) < FIGURES["own_watch_schools"]
        urn = 900_000 + community * 4 + place
        return School(number, name, kind, phase, low, high, chance.choice(places), urn, own_watch, community)

    saints = chance.sample(
        ["St Anne's", "St Mark's", "St Bede's", "Holy Cross", "All Saints", "St Hilda's"], 2
    )
    schools = [
        school(
            0, first_primary(community), f"{town.name} Primary School", "Community school", "primary", 4, 11
        ),
        school(
            1,
            str(2001 + 2 * community),
            f"{saints[0]} Church of England Primary School, {town.name}",
            "Voluntary controlled school",
            "primary",
            4,
            11,
        ),
        school(2, secondary_of(community), f"{town.name} Academy", "Academy converter", "secondary", 11, 18),
    ]
    if size >= 600:
        schools.append(
            school(
                3,
                str(7000 + community),
                f"{town.name} Bridge School",
                "Community special school",
                "special",
                4,
                18,
            )
        )
    return schools


def gias_row(school: School) -> list:
    """As Get Information about Schools lists an establishment."""
    return [
        school.urn,
        identifiers.COUNCIL,
        "Invented County",
        school.number,
        school.name,
        school.kind,
        {"primary": "Primary", "secondary": "Secondary", "special": "Not applicable"}[school.phase],
        school.low,
        school.high,
        school.place.street,
        school.place.town,
        school.place.postcode,
    ]
