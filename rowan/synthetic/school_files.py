"""A school's files: its roll, its marks of each school year, its safeguarding log."""

from datetime import date
from pathlib import Path

from rowan.synthetic import attendance, marks_file, mistakes, schools
from rowan.synthetic.chance import stream
from rowan.synthetic.files import Table, Truth, uk
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.school_log import COLUMNS as LOG_COLUMNS
from rowan.synthetic.school_log import SchoolLog
from rowan.synthetic.school_years import name_of, school_year_of
from rowan.synthetic.schools import School

SCHOOLS = [
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "Street",
    "Town",
    "Postcode",
]
ROLL = [
    "LAEstab",
    "AdmissionNumber",
    "UPN",
    "FormerUPN",
    "Surname",
    "Forename",
    "MiddleNames",
    "PreferredSurname",
    "PreferredForename",
    "DOB",
    "Sex",
    "Ethnicity",
    "Language",
    "YearGroup",
    "RegGroup",
    "Address",
    "Postcode",
    "Address withheld",
    "EntryDate",
    "LeavingDate",
    "LeavingReason",
    "Destination",
]


class SchoolFiles:
    def __init__(self, seed: int, out: Path, truth: Truth, years: list[int], period_from: date, until: date):
        self.seed, self.out, self.truth, self.years = seed, out, truth, years
        self.period_from, self.until = period_from, until
        self.school_list = Table(out, "places/schools.csv", SCHOOLS)
        self.schools, self.marks, self.entries = 0, 0, 0

    def close(self) -> None:
        self.school_list.close()

    def write(self, school: School) -> None:
        self.school_list.row(schools.gias_row(school))
        self.schools += 1
        self._roll(school)
        for year in self.years:
            self._marks(school, year)
        log = Table(self.out, f"schools/{school.laestab}/safeguarding_log.csv", LOG_COLUMNS)
        for row, person, story in SchoolLog(self.seed, school, self.period_from, self.until).write(
            self.years
        ):
            line = log.row(row)
            self.truth.record(log.name, line, person)
            if story:
                self.truth.sign(log.name, line, story.story, "log")
        self.entries += log.line - 1
        log.close()

    def _roll(self, school: School) -> None:
        chance = stream(self.seed, "roll", school.number)
        roll = Table(self.out, f"schools/{school.laestab}/roll.csv", ROLL)
        for stay in sorted(school.stays, key=lambda s: (s.admission, s.entered_on)):
            child = stay.child
            on = min(stay.left_on or self.until, self.until)
            w = mistakes.write_down(chance, child, "school", on)
            number = chance.random()
            refused, not_yet = FIGURES["ethnicity_refused_school"], FIGURES["ethnicity_not_yet_school"]
            ethnic = (
                "REFU"
                if number < refused
                else "NOBT"
                if number < refused + not_yet
                else child.family["ethnic_group"]
            )
            group = child.year_group(school_year_of(on))
            preferred_surname = ""
            if "-" in w.surname and chance.random() < FIGURES["half_of_double_barrelled_preferred"]:
                preferred_surname = chance.choice(w.surname.split("-"))
            line = roll.row(
                [
                    school.laestab, stay.admission, stay.upn, stay.former_upn, w.surname, w.first, w.middle, preferred_surname, w.preferred_first,
                    uk(w.birth), child.sex, ethnic, child.family["language"], "R" if group == 0 else group,
                    f"{'R' if group == 0 else group}{'ABCDEF'[sum(map(ord, child.person)) % 6]}", w.address, w.postcode,
                    "Y" if child.secrecy < FIGURES["address_withheld.school"] else "", uk(stay.entered_on), uk(stay.left_on), stay.reason, stay.destination,
                ]
            )  # fmt: skip
            self.truth.record(roll.name, line, child.person)
            if stay.story:
                self.truth.sign(roll.name, line, stay.story.story, "off_roll")
        roll.close()

    def _marks(self, school: School, year: int) -> None:
        marks = attendance.marks_of(self.seed, school, year, self.until)
        pieces, story_lines = marks_file.as_bytes(marks, school.laestab)
        name = f"schools/{school.laestab}/marks_{name_of(year)}.csv"
        with open(self.out / name, "wb") as file:
            file.writelines(pieces)
        self.marks += int(marks.on_register.sum())
        for line, (story, kind) in story_lines:
            self.truth.sign(name, line, story.story, kind)
        for story, day in marks_file.first_moment_of_story_marks(marks).items():
            story.seen_on(day)
