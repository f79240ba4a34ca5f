"""The children of one community: families, names, homes, and how they move."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from rowan.synthetic import names
from rowan.synthetic.chance import how_many, stream
from rowan.synthetic.land import Land, Postcode
from rowan.synthetic.rates import FIGURES, Choice
from rowan.synthetic.school_years import school_year_of


@dataclass(frozen=True)
class Home:
    since: date
    address: str
    place: Postcode


@dataclass(frozen=True)
class Away:
    """A time she was away for the school to mark, as far as it knew."""

    first: datetime
    last: datetime
    code: str
    story: object = None
    kind: str = ""  # of sign, if of a story


@dataclass(eq=False)
class Child:
    person: str
    household: int
    first: str
    spellings: tuple[str, ...]
    known_as: str
    middle: str
    surname: str
    sex: str
    birth: date
    family: dict[str, str]
    homes: list[Home]
    own_homes: list[Home] = field(default_factory=list)  # her family's, when she lives in placements
    boys_surname: str = ""  # the form of her surname that a brother carries
    fathers_name: str = ""
    other_home: Home | None = None  # where her other parent lives
    upn: str = ""
    sibling_upn: str = ""
    nhs: str = ""
    new_surname: str = ""
    new_surname_on: date | None = None
    temper: dict[str, float] = field(default_factory=dict)
    disabilities: tuple[str, ...] = ()
    leaves_county_on: date | None = None
    moves_to: int | None = None  # the community a household moves to
    moves_on: date | None = None
    twin: bool = False
    # How far from secret her household's home is, 0 to 1: the lowest are withheld, and by the council more of them.
    secrecy: float = 1.0
    stays: list = field(default_factory=list)
    in_need: list = field(default_factory=list)
    looked_after: object = None
    story: object = None
    absences: list[Away] = field(default_factory=list)

    def surname_on(self, day: date) -> str:
        return self.new_surname if self.new_surname_on and day >= self.new_surname_on else self.surname

    def age_on(self, day: date) -> int:
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))

    def home_on(self, day: date) -> Home:
        return next((home for home in reversed(self.homes) if home.since <= day), self.homes[0])

    def home_before(self, home: Home) -> Home:
        place = self.homes.index(home)
        return self.homes[place - 1] if place else home

    @property
    def family_home(self) -> Home:
        return self.homes[0]

    def reception_year(self) -> int:
        """The school year in which she starts Reception: the one in which she turns five."""
        return school_year_of(self.birth) + 5

    def year_group(self, year: int) -> int:
        """0 is Reception."""
        return year - self.reception_year()


def _birth(chance: Random, until: date) -> date:
    """Below school age now and then, else any year from Reception to Year 13."""
    now = school_year_of(until)
    if chance.random() < FIGURES["children_below_school_age"]:
        year = now - 4 + chance.randrange(4)
        latest = min(date(year + 1, 8, 31), until - timedelta(days=30))
        earliest = min(date(year, 9, 1), latest)
        return earliest + timedelta(days=chance.randrange((latest - earliest).days + 1))
    year = now - 5 - chance.randrange(14)
    return date(year, 9, 1) + timedelta(days=chance.randrange(365))


def _fits(chance: Random, birth: date, until: date) -> bool:
    group = school_year_of(until) - (school_year_of(birth) + 5)
    if birth > until - timedelta(days=30) or group > 13:
        return False
    return group >= 0 or chance.random() < 0.2


class Families:
    """Draws the households of one community until it has as many children as asked."""

    def __init__(
        self, seed: int, community: int, land: Land, until: date, period_from: date, first_person: int
    ):
        self.seed, self.community, self.land = seed, community, land
        self.until, self.period_from = until, period_from
        self.chance = stream(seed, "families", community)
        self.next_person = first_person
        self.places = [p for p in land.of_town(community) if not p.terminated]
        self.old_places = [p for p in land.of_town(community) if p.terminated]
        self.sizes = Choice((1, 2, 3, 4, 5), tuple(FIGURES[f"household_children_{n}"] for n in range(1, 6)))

    def draw(self, count: int) -> list[Child]:
        children: list[Child] = []
        last_home: Home | None = None
        household = 0
        while len(children) < count:
            household += 1
            new = self._household(household, last_home)
            last_home = new[0].homes[-1]
            children += new[: count - len(children)]
        self._make_doubles(children)
        return children

    def _home(self, since: date) -> Home:
        place = self.chance.choice(self.places)
        number = self.chance.randint(1, 140)
        flat = f"Flat {self.chance.randint(1, 12)}, " if self.chance.random() < 0.12 else ""
        return Home(since, f"{flat}{number} {place.street}, {place.town}", place)

    def _household(self, number: int, neighbour: Home | None) -> list[Child]:
        chance = self.chance
        family = FIGURES.families.draw(chance)
        boys_name, girls_name = names.surname(chance, family["names"])
        if family["other_parents_names"] and chance.random() < 0.35:
            boys_name, girls_name = names.surname(chance, family["other_parents_names"])
        if chance.random() < FIGURES["double_barrelled_surname"] and family["names"] not in {
            "sikh",
            "somali",
        }:
            other = names.surname(chance, family["other_parents_names"] or family["names"])[0]
            if other != boys_name:
                boys_name = girls_name = f"{boys_name}-{other}"
        births = self._births()
        shares = neighbour is not None and chance.random() < FIGURES["households_sharing_an_address"]
        long_ago = self.until - timedelta(days=8000)
        home = neighbour if shares else self._home(long_ago)
        homes, moves_on, moves_to, leaves = self._moves(home)
        temper = {
            "illness": chance.gammavariate(FIGURES["illness_frailty"], 1 / FIGURES["illness_frailty"]),
            "restless": chance.gammavariate(
                FIGURES["unexplained_frailty"], 1 / FIGURES["unexplained_frailty"]
            ),
        }
        taken: set[str] = set()
        # From a stream of its own, so that nothing else of the county is drawn otherwise.
        secrecy = stream(self.seed, "withheld", self.community, number).random()
        apart = stream(self.seed, "other parent", self.community, number)
        fathers_name = names.first_name(apart, family["names"], "M", set())[0]
        other_home = None
        if apart.random() < FIGURES["parent_lives_elsewhere"]:
            place = apart.choice(self.places)
            other_home = Home(long_ago, f"{apart.randint(1, 140)} {place.street}, {place.town}", place)
        children = []
        for older, (birth, twin) in enumerate(births):
            surnames = (boys_name, girls_name)
            if older and chance.random() < FIGURES["sibling_has_other_surname"]:
                surnames = names.surname(chance, family["other_parents_names"] or family["names"])
            child = self._child(number, family, surnames, birth, taken, homes, temper)
            child.twin, child.secrecy = twin, secrecy
            child.boys_surname, child.fathers_name, child.other_home = surnames[0], fathers_name, other_home
            child.moves_on, child.moves_to, child.leaves_county_on = moves_on, moves_to, leaves
            children.append(child)
        return children

    def _births(self) -> list[tuple[date, bool]]:
        chance = self.chance
        births = [(_birth(chance, self.until), False)]
        size = self.sizes.draw(chance)
        older, younger = births[0][0], births[0][0]
        while len(births) < size:
            if chance.random() < FIGURES["twin_births"] * 1.5:
                births[-1] = (births[-1][0], True)
                births.append((births[-1][0], True))
                continue
            gap = timedelta(
                days=round(
                    300 + chance.gammavariate(2.0, (FIGURES["years_between_siblings"] * 365 - 300) / 2)
                )
            )
            if chance.random() < 0.5:
                older = birth = older - gap
            else:
                younger = birth = younger + gap
            if not _fits(chance, birth, self.until):
                size -= 1
                continue
            births.append((birth, False))
        return births

    def _child(self, household, family, surnames, birth, taken, homes, temper) -> Child:
        chance = self.chance
        sex = "M" if chance.random() < FIGURES["share_boys"] else "F"
        pool = family["names"]
        if family["other_parents_names"] and chance.random() < 0.4:
            pool = family["other_parents_names"]
        first, entry = names.first_name(chance, pool, sex, taken)
        taken.add(first)
        known_as = chance.choice(entry.known_as) if entry.known_as and chance.random() < 0.55 else ""
        middle = (
            names.first_name(chance, pool, sex, taken)[0] if chance.random() < FIGURES["middle_name"] else ""
        )
        half = FIGURES["siblings_share_frailty"]
        own = {
            "illness": chance.gammavariate(FIGURES["illness_frailty"], 1 / FIGURES["illness_frailty"]),
            "restless": chance.gammavariate(
                FIGURES["unexplained_frailty"], 1 / FIGURES["unexplained_frailty"]
            ),
        }
        child = Child(
            person=f"P{self.next_person:07d}",
            household=household,
            first=first,
            spellings=tuple(sorted({entry.name, *entry.spellings} - {first})),
            known_as=known_as,
            middle=middle,
            surname=surnames[sex == "F"],
            sex=sex,
            birth=birth,
            family=family,
            homes=list(homes),
            temper={kind: half * temper[kind] + (1 - half) * own[kind] for kind in own},
        )
        self.next_person += 1
        if chance.random() < FIGURES["disabled"]:
            child.disabilities = tuple(
                sorted({FIGURES.codes["disability"].draw(chance) for _ in range(chance.choice([1, 1, 2]))})
            )
        years = (self.until - self.period_from).days / 365
        if chance.random() < FIGURES["name_changed_in_period"] * years:
            pair = names.surname(chance, family["names"])
            child.new_surname = pair[sex == "F"]
            child.new_surname_on = self._day()
        return child

    def _day(self) -> date:
        return self.period_from + timedelta(
            days=self.chance.randrange(max(1, (self.until - self.period_from).days))
        )

    def _moves(self, home: Home):
        """Homes in order; the day of a move that takes the household to another community or out of the county."""
        chance = self.chance
        homes = [home]
        if chance.random() < 0.35:  # where they lived before the county's files begin; agencies still hold it
            before = self._home(home.since)
            since = self.period_from - timedelta(days=chance.randint(60, 2500))
            homes = [before, Home(since, home.address, home.place)]
        years = (self.until - self.period_from).days / 365
        for _ in range(how_many(chance, FIGURES["household_moves_per_year"] * years)):
            on = self._day()
            if on <= homes[-1].since:
                continue
            kind = chance.random()
            if kind < FIGURES["moves_that_leave_the_county"]:
                return homes, None, None, on
            if (
                kind < FIGURES["moves_that_leave_the_county"] + FIGURES["moves_to_another_community"]
                and self.community + 1 < self.land.communities
            ):
                place = chance.choice([p for p in self.land.of_town(self.community + 1) if not p.terminated])
                homes.append(Home(on, f"{chance.randint(1, 140)} {place.street}, {place.town}", place))
                return homes, on, self.community + 1, None
            new = self._home(on)
            homes.append(new)
        return homes, None, None, None

    def _make_doubles(self, children: list[Child]) -> None:
        """Two children with one name and birthday, in different families."""
        chance = self.chance
        for _ in range(how_many(chance, FIGURES["same_name_and_birthday_per_1000"] * len(children) / 1000)):
            one, other = chance.sample(children, 2)
            if one.household == other.household or one.reception_year() > school_year_of(self.until):
                continue
            other.first, other.surname, other.birth, other.sex = one.first, one.surname, one.birth, one.sex
            other.spellings, other.known_as, other.middle = one.spellings, one.known_as, ""
            other.new_surname_on = None
