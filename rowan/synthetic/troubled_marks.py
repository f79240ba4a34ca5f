"""Absence that rises or repeats for ordinary reasons: bullying, a death, parents who part, treatment every week, weekends elsewhere.

Without them every rise and every pattern in the county would be a story, which is not what schools see.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rowan.synthetic.chance import around, stream
from rowan.synthetic.children import Child
from rowan.synthetic.rates import FIGURES, Choice
from rowan.synthetic.register import CODE, PRESENT, SchoolYear
from rowan.synthetic.school_years import term_days

CODES = Choice(("I", "O", "C", "M", "U"), (4, 4, 1, 1, 1))


@dataclass(frozen=True)
class HardTime:
    """Some weeks in which a child comes to school less, and what it is about: a category of the school's log."""

    from_on: date
    to_on: date
    about: str
    sessions_a_week: float
    noted: bool


def hard_time(seed: int, child: Child, year: int) -> HardTime | None:
    """The same whoever asks: the register and the log tell of one thing."""
    chance = stream(seed, "hard time", child.person, year)
    about = chance.choice(["Bullying", "Bereavement", "Family breakdown"])
    # A death or a parting is the whole household's.
    decides = (
        chance
        if about == "Bullying"
        else stream(seed, "hard time", child.family_home.address, child.household, year)
    )
    if decides.random() >= FIGURES["hard_time"] * (1.0 if child.year_group(year) >= 7 else 0.5):
        return None
    days = term_days(year)
    begins = days[chance.randrange(len(days))]
    weeks = around(chance, FIGURES["hard_time_weeks"], 0.5)
    often = around(chance, FIGURES["hard_time_sessions_a_week"], 0.6)
    noted = chance.random() < FIGURES["hard_time_noted"]
    return HardTime(begins, begins + timedelta(days=round(7 * weeks)), about, often, noted)


def hard_times(year: SchoolYear) -> None:
    for place, stay in enumerate(year.stays):
        if hard := hard_time(year.seed, stay.child, year.year):
            chance = stream(year.seed, "hard marks", stay.child.person, year.school.number, year.year)
            for session in _sessions(year, hard.from_on, hard.to_on):
                if chance.random() < min(0.8, hard.sessions_a_week / 10):
                    _mark(year, place, session, CODES.draw(chance))


def appointments(year: SchoolYear) -> None:
    """Therapy, dialysis, a brace: the same session of the week for a term or so."""
    for place, stay in enumerate(year.stays):
        chance = stream(year.seed, "appointments", stay.child.person, year.year)
        if chance.random() < FIGURES["regular_appointments"]:
            begins = year.days[chance.randrange(len(year.days))]
            weekday, afternoon = chance.randrange(5), chance.randrange(2)
            for session in _sessions(year, begins, begins + timedelta(weeks=chance.randint(6, 16))):
                if year.days[session // 2].weekday() == weekday and session % 2 == afternoon:
                    _mark(year, place, session, "M")


def mondays_after_the_other_parent(year: SchoolYear) -> None:
    """Every second weekend with the other parent, and a long way back on Monday."""
    for place, stay in enumerate(year.stays):
        chance = stream(year.seed, "mondays", stay.child.person, year.year)
        if stay.child.other_home and chance.random() < FIGURES["mondays_after_the_other_parent"]:
            even = chance.randrange(2)
            for session in range(0, year.sessions, 2):
                day = year.days[session // 2]
                if day.weekday() == 0 and day.isocalendar().week % 2 == even and chance.random() < 0.5:
                    _mark(year, place, session, chance.choice(["U", "O", "L", "I"]))


def _sessions(year: SchoolYear, first: date, last: date) -> range:
    return range(
        2 * year.place_of_or_after(first),
        min(year.sessions, 2 * year.place_of_or_after(last + timedelta(days=1))),
    )


def _mark(year: SchoolYear, place: int, session: int, code: str) -> None:
    if year.codes[place, session] == PRESENT:
        year.codes[place, session] = CODE[code]
        if code == "L":
            year.late[place, session] = 15
