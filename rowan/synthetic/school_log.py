"""A school's safeguarding log: what staff wrote down, mostly the ordinary troubles of childhood."""

from datetime import date, timedelta

from rowan.synthetic import mistakes, names
from rowan.synthetic.chance import how_many, stream
from rowan.synthetic.children import Child
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.school_years import school_year_of, term_days
from rowan.synthetic.schools import School, Stay
from rowan.synthetic.troubled_marks import hard_time

COLUMNS = [
    "LAEstab",
    "EntryRef",
    "AdmissionNumber",
    "UPN",
    "Surname",
    "Forename",
    "DOB",
    "Date",
    "Category",
    "Note",
    "RecordedBy",
    "ActionTaken",
]
CATEGORIES = [
    "Bullying",
    "Bereavement",
    "Family breakdown",
    "Attendance",
    "Friendships",
    "Online",
    "Welfare",
    "Behaviour",
    "Health",
]


class SchoolLog:
    def __init__(self, seed: int, school: School, period_from: date, until: date):
        self.chance = stream(seed, "log", school.number)
        self.seed, self.school, self.period_from, self.until = seed, school, period_from, until
        self.entries: list[tuple[date, Stay, str, str, object]] = []

    def write(self, years: list[int]) -> list[tuple[list, str, object]]:
        """Rows in order of date, each with the person it is about and the story it is a sign of."""
        for year in years:
            days = [day for day in term_days(year) if day <= self.until]
            if days:
                self._ordinary_year(days, len(days) / 190)
        for stay in self.school.stays:
            if stay.child.story:
                self._story(stay)
        self.entries.sort(key=lambda e: (e[0], e[1].admission, e[3]))
        return [self._row(number, *entry) for number, entry in enumerate(self.entries, start=1)]

    def _ordinary_year(self, days: list[date], part: float) -> None:
        chance = self.chance
        factor = 1.0 if self.school.phase == "secondary" else FIGURES["log_in_primary"]
        rates = {c: FIGURES["log_" + c.lower().replace(" ", "_")] * factor * part for c in CATEGORIES}
        total = sum(rates.values())
        shape = FIGURES["log_spread_between_pupils"]
        kinds = FIGURES.log_notes
        self._hard_times(days, kinds)
        for stay in self.school.stays:
            for _ in range(how_many(chance, total * chance.gammavariate(shape, 1 / shape))):
                day = chance.choice(days)
                if not stay.covers(day):
                    continue
                category = chance.choices(CATEGORIES, [rates[c] for c in CATEGORIES])[0]
                notes = kinds[("ordinary", category)]
                note = chance.choice(notes)
                while "{adult}" in note and chance.random() > FIGURES["note_names_new_adult"] * 6:
                    note = chance.choice(notes)
                self.entries.append((day, stay, category, self._fill(note, stay, names.adult(chance)), None))

    def _hard_times(self, days: list[date], kinds: dict[tuple[str, str], list[str]]) -> None:
        year = school_year_of(days[0])
        for stay in self.school.stays:
            hard = hard_time(self.seed, stay.child, year)
            if hard and hard.noted and hard.from_on in days and stay.covers(hard.from_on):
                note = self.chance.choice(kinds[("ordinary", hard.about)])
                text = self._fill(note, stay, names.adult(self.chance))
                self.entries.append((hard.from_on, stay, hard.about, text, None))

    def _story(self, stay: Stay) -> None:
        chance, story = self.chance, stay.child.story
        for sign in story.signs:
            if sign.kind != "log":
                continue
            kind = sign.word("notes")
            for moment in sign.moments:
                day = moment.date()
                while day.weekday() > 4:
                    day -= timedelta(days=1)
                if not stay.covers(day) or day < self.period_from:
                    continue
                category = chance.choice(FIGURES.log_categories[kind])
                notes = FIGURES.log_notes[(kind, category)]
                named = chance.random() < sign.number("new_adult")
                fitting = [n for n in notes if ("{adult}" in n) == named] or notes
                self.entries.append(
                    (day, stay, category, self._fill(chance.choice(fitting), stay, story.adult), story)
                )
                story.seen_on(day)

    def _fill(self, note: str, stay: Stay, adult: str) -> str:
        chance, child = self.chance, stay.child
        he, him, his = ("he", "him", "his") if child.sex == "M" else ("she", "her", "her")
        first = child.known_as if child.known_as and chance.random() < 0.4 else child.first
        friends = [self._friend(stay) for _ in range(2)]
        relative = chance.choice(
            [
                "Mum",
                "Mum",
                "Dad",
                "Gran",
                "Her aunt" if he == "she" else "His aunt",
                "Her sister" if he == "she" else "His sister",
            ]
        )
        if chance.random() < 0.15:
            title = chance.choice(["Mrs", "Mr", "Ms"])
            relative = f"{title} {child.surname}"
        texts = {
            "First": first, "Relative": relative, "relative": relative if " " in relative and relative[:2] in {"Mr", "Ms"} else relative[0].lower() + relative[1:],
            "friend": friends[0], "Friend": friends[0], "friend2": friends[1], "adult": adult, "he": he, "He": he.capitalize(), "him": him, "his": his,
        }  # fmt: skip
        for word, text in texts.items():
            note = note.replace("{" + word + "}", text)
        return note

    def _friend(self, stay: Stay) -> str:
        """Somebody of her own year, by first name, now and then by both."""
        chance = self.chance
        group = stay.child.reception_year()
        for _ in range(12):
            other: Child = chance.choice(self.school.stays).child
            if other is not stay.child and other.reception_year() == group:
                return f"{other.first} {other.surname}" if chance.random() < 0.25 else other.first
        return chance.choice(["a friend", "another pupil"])

    def _row(
        self, number: int, day: date, stay: Stay, category: str, note: str, story
    ) -> tuple[list, str, object]:
        chance = self.chance
        written = mistakes.write_down(chance, stay.child, "school_log", day)
        row = [
            self.school.laestab,
            f"{self.school.number}-{number:05d}",
            stay.admission,
            stay.upn,
            written.surname,
            written.first,
            f"{written.birth:%d/%m/%Y}",
            f"{day:%d/%m/%Y}",
            category,
            note,
            names.staff(self.seed, self.school.number, chance.randrange(14)),
            chance.choice(FIGURES.log_actions),
        ]
        return row, stay.child.person, story
