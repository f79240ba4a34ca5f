"""Which child is on which school's roll from when to when, and under which number."""

from collections import defaultdict
from datetime import date, timedelta

from rowan.synthetic import identifiers
from rowan.synthetic.chance import stream
from rowan.synthetic.children import Child
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.school_years import school_year_of, term_days
from rowan.synthetic.schools import School, Stay, first_primary, secondary_of
from rowan.synthetic.stories import Story


def _first_day(year: int) -> date:
    return term_days(year)[0]


def _last_day(year: int, group: int) -> date:
    """Year 11 and Year 13 leave at the end of June."""
    return date(year + 1, 6, 27) if group in {11, 13} else term_days(year)[-1]


class Rolls:
    """Puts the children of a community, and those who moved in from the one before, on rolls."""

    def __init__(
        self,
        seed: int,
        community: int,
        schools: list[School],
        period_from: date,
        until: date,
        somebody_elses_number: float = 0.0,
    ):
        self.chance = stream(seed, "rolls", community)
        self.somebody_elses_number = somebody_elses_number
        self.seed, self.community, self.schools = seed, community, schools
        self.period_from, self.until = period_from, until
        self.this_year = school_year_of(until)
        self.serials: dict[tuple[str, int], int] = defaultdict(int)
        self.primaries = [s for s in schools if s.phase == "primary"]
        self.secondary = next(s for s in schools if s.phase == "secondary")
        self.special = next((s for s in schools if s.phase == "special"), None)

    def enrol(self, children: list[Child]) -> None:
        primary_of: dict[int, School] = {}
        for child in children:
            primary = primary_of.setdefault(child.household, self.chance.choice(self.primaries))
            if child.reception_year() > self.this_year:
                continue
            self._whole_path(child, primary)
            self._upset(child)
        last: dict[int, Child] = {}
        for child in children:
            if child.household in last:
                child.sibling_upn = last[child.household].upn
            if child.upn:
                last[child.household] = child

    def receive(self, child: Child, on: date) -> None:
        """A child whose family moved here from another community of the county."""
        group = child.year_group(school_year_of(on))
        if not 0 <= group <= 11:
            return
        school = self.primaries[0] if group <= 6 else self.secondary
        first = next((day for day in _days_from(on)), None)
        if first is None or first > self.until:
            return
        stay = Stay(child, school, first)
        child.stays.append(stay)
        if group <= 6 and child.year_group(self.this_year) > 6:
            self._close(
                stay, _last_day(child.reception_year() + 6, 6), "End of phase", self.secondary.laestab
            )
            child.stays.append(Stay(child, self.secondary, _first_day(child.reception_year() + 7)))

    def _close(self, stay: Stay, on: date, reason: str, destination: str) -> None:
        if on <= self.until:
            stay.left_on, stay.reason, stay.destination = on, reason, destination

    def _whole_path(self, child: Child, primary: School) -> None:
        """The school life of a child whom nothing upsets."""
        chance, reception = self.chance, child.reception_year()
        child.upn = self._new_upn(primary, reception)
        if self.special and chance.random() < FIGURES["special_school_pupils"]:
            stay = Stay(child, self.special, _first_day(reception))
            self._close(stay, _last_day(reception + 13, 13), "End of phase", "")
            child.stays = [stay]
            return
        stays = [Stay(child, primary, _first_day(reception))]
        if child.year_group(self.this_year) > 6:
            self._close(stays[0], _last_day(reception + 6, 6), "End of phase", self.secondary.laestab)
            stays.append(Stay(child, self.secondary, _first_day(reception + 7)))
            if chance.random() >= FIGURES["sixth_form_stays"]:
                self._close(stays[1], _last_day(reception + 11, 11), "End of phase", "College")
            else:
                self._close(stays[1], _last_day(reception + 13, 13), "End of phase", "")
        child.stays = stays

    def _new_upn(self, school: School, year: int) -> str:
        chance = self.chance
        if (
            chance.random() < 0.12
        ):  # her first school was in another council's area; no council has these numbers either
            council, number = chance.choice(["898", "897", "896"]), f"{chance.randint(2000, 3999)}"
            return identifiers.upn(council, number, year, chance.randrange(1000))
        self.serials[(school.number, year)] += 1
        return identifiers.upn(identifiers.COUNCIL, school.number, year, self.serials[(school.number, year)])

    def _upset(self, child: Child) -> None:
        """What changes a school life in the period: a move, a new school, home education, nothing known."""
        chance = self.chance
        years = (self.until - self.period_from).days / 365
        if child.leaves_county_on:
            self._leave(child, child.leaves_county_on, "Moved away", "Outside the county")
        elif child.moves_to is not None and child.moves_on:
            group = child.year_group(school_year_of(child.moves_on))
            there = first_primary(child.moves_to) if group <= 6 else secondary_of(child.moves_to)
            self._leave(child, child.moves_on, "Moved to another school", identifiers.COUNCIL + there)
        turnover = FIGURES["pupil_turnover_per_year"] * years
        kind = chance.random()
        if kind < turnover * 0.5:
            self._arrive(child)
        elif kind < turnover:
            reason = FIGURES.codes["leaving_reason"].draw(chance)
            on = self._day()
            if reason == "Moved to another school":
                self._change_school(child, on)
            elif reason != "Elective home education":
                left = self._leave(child, on, reason, "Outside the county" if reason == "Moved away" else "")
                if left and chance.random() < FIGURES["returns_to_same_school"]:
                    self._return(child, left)
        elif kind < turnover + FIGURES["home_education_share"]:
            self._leave(child, self._day(), "Elective home education", "Home educated")
        elif (
            kind
            < turnover
            + FIGURES["home_education_share"]
            + FIGURES["removed_without_destination_per_year"] * years
        ):
            self._leave(child, self._day(), "Destination not known", "")

    def _day(self) -> date:
        return self.period_from + timedelta(
            days=self.chance.randrange(max(1, (self.until - self.period_from).days))
        )

    def _leave(self, child: Child, on: date, reason: str, destination: str) -> Stay | None:
        """She is on no roll after that day."""
        for place, stay in enumerate(child.stays):
            if stay.covers(on) and stay.entered_on < on:
                stay.left_on, stay.reason, stay.destination = on, reason, destination
                child.stays = child.stays[: place + 1]
                return stay
        child.stays = [stay for stay in child.stays if stay.entered_on < on]
        return None

    def take_off(self, child: Child, on: date, reason: str, story: Story) -> None:
        """For a story: she leaves the roll, and nobody knows of another school."""
        if any(stay.covers(on) and stay.entered_on < on for stay in child.stays):
            destination = {"Elective home education": "Home educated", "Moved away": "Outside the county"}
            stay = self._leave(child, on, reason, destination.get(reason, ""))
            if stay:
                stay.story = story
                story.seen_on(on)

    def _arrive(self, child: Child) -> None:
        """She came from elsewhere in the period; her number may still be a temporary one."""
        on = self._day()
        first = next((day for day in _days_from(on)), None)
        if first is None or first > self.until:
            return
        staying = [stay for stay in child.stays if stay.left_on is None or stay.left_on > first]
        if not staying:
            return
        child.stays = staying
        if staying[0].entered_on < first:
            staying[0].entered_on = first
            staying[0].late_file = self.chance.random() < 0.35
        child.homes = [child.homes[-1]]
        if self.chance.random() < 0.5:
            council, number = self.chance.choice(["898", "897", "896"]), f"{self.chance.randint(2000, 4999)}"
            child.upn = identifiers.upn(council, number, child.reception_year(), self.chance.randrange(1000))

    def _change_school(self, child: Child, on: date) -> None:
        was = next((stay for stay in child.stays if stay.covers(on)), None)
        if was is None:
            return
        others = [s for s in self.schools if s.phase == was.school.phase and s is not was.school]
        later = [stay for stay in child.stays if stay.entered_on > on]
        left = self._leave(
            child, on, "Moved to another school", others[0].laestab if others else "Outside the county"
        )
        first = next((day for day in _days_from(on + timedelta(days=1))), None)
        if left and others and first and first <= self.until:
            new = Stay(child, others[0], first, late_file=self.chance.random() < 0.35)
            if later:
                self._close(
                    new, later[0].entered_on - timedelta(days=40), "End of phase", self.secondary.laestab
                )
                if new.left_on and new.left_on <= new.entered_on:
                    return
            child.stays += [new, *later]

    def _return(self, child: Child, left: Stay) -> None:
        back = left.left_on + timedelta(days=self.chance.randint(20, 120))
        first = next((day for day in _days_from(back)), None)
        if first and first <= self.until and child.year_group(school_year_of(first)) <= 11:
            child.stays.append(Stay(child, left.school, first))

    def number_pupils(self) -> None:
        """Admission numbers rise with the date of entry; a pupil who comes back keeps hers, now and then not."""
        chance = self.chance
        for school in self.schools:
            school.stays = [s for s in school.stays if s.left_on is None or s.left_on >= self.period_from]
            school.stays.sort(key=lambda s: (s.entered_on, s.child.surname, s.child.first, s.child.person))
            number = 1000 + chance.randrange(2000)
            had: dict[str, int] = {}
            for stay in school.stays:
                number += 1 + (chance.random() < 0.1)
                again = had.get(stay.child.person)
                stay.admission = again if again and chance.random() < 0.6 else number
                had[stay.child.person] = stay.admission
                self._pupil_number(stay)
            self._mix_numbers_up(school)

    def _mix_numbers_up(self, school: School) -> None:
        """For a county in which more numbers belong to somebody else than in the usual one."""
        chance = stream(self.seed, "mixed up", school.number)
        for stay in school.stays:
            other = chance.choice(school.stays)
            if chance.random() < self.somebody_elses_number and other.child is not stay.child:
                stay.upn = other.child.upn

    def _pupil_number(self, stay: Stay) -> None:
        """The pupil number as this school holds it."""
        chance, child = self.chance, stay.child
        stay.upn = child.upn
        new_here = (
            stay.entered_on > self.period_from and child.year_group(school_year_of(stay.entered_on)) != 7
        )
        number = chance.random()
        if new_here and number < FIGURES["upn_temporary_at_entry"]:
            temporary = identifiers.upn(
                identifiers.COUNCIL,
                stay.school.number,
                school_year_of(stay.entered_on),
                stay.admission,
                temporary=True,
            )
            if chance.random() < 0.5:
                stay.upn = temporary
            else:
                stay.former_upn = temporary
        elif child.sibling_upn and number > 1 - FIGURES["upn_of_sibling_on_roll"]:
            stay.upn = child.sibling_upn
        elif number > 1 - FIGURES["upn_missing_on_roll"]:
            stay.upn = ""
        elif number > 1 - FIGURES["upn_missing_on_roll"] - FIGURES["upn_wrong_check_letter"]:
            stay.upn = identifiers.with_wrong_check_letter(child.upn)


def _days_from(on: date):
    """School days from a date on, for a year and a half."""
    for year in (school_year_of(on), school_year_of(on) + 1):
        yield from (day for day in term_days(year) if day >= on)


def take_in(children: list[Child], schools: list[School]) -> None:
    """Every school learns of its stays; each stay stands on the roll once."""
    by_school = defaultdict(list)
    for child in children:
        for stay in child.stays:
            by_school[stay.school].append(stay)
    for school in schools:
        school.stays = by_school[school]
