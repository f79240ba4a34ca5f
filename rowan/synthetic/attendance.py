"""A school's marks for one school year, drawn for all its pupils at once.

Codes are those of the School Attendance (Pupil Registration) (England) Regulations 2024. How often each occurs stands
in figures/marks.csv; how it occurs (in spells, on one day, by season) stands here. Nothing is done mark by mark:
a school year is one table of pupils by sessions.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np

from rowan.synthetic.chance import bulk_stream, stream
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.school_years import term_days, training_days
from rowan.synthetic.schools import School, Stay
from rowan.synthetic.stories import COUNTED_IN_SESSIONS, Story

PRESENT = 0
CODES = ["/"] + [code for code in FIGURES.marks]  # 0 stands for present: / in the morning, \ in the afternoon
CODE = {code: place for place, code in enumerate(CODES)}
MORNING, AFTERNOON = time(8, 50), time(13, 10)
# Signs that last: their code, and every how many sessions it stands (2: afternoons only).
SPELLS = {"suspension": ("E", 1), "part_time": ("C2", 2)}


@dataclass
class Marks:
    """One school year of one school: sessions by pupils."""

    stays: list[Stay]
    days: list[date]
    codes: np.ndarray  # pupils x sessions
    late: np.ndarray  # minutes
    on_register: np.ndarray  # which of them were taken
    story: np.ndarray  # 0, or which story and kind of sign (place in `stories`, from 1) made this mark
    stories: list[tuple[Story, str]]


class SchoolYear:
    """Draws the marks of one school in one school year up to a day."""

    def __init__(self, seed: int, school: School, year: int, until: date):
        self.school, self.year, self.until, self.seed = school, year, until, seed
        self.days = [day for day in term_days(year) if day <= until]
        first, last = date(year, 9, 1), date(year + 1, 8, 31)
        stays = [
            s
            for s in school.stays
            if s.entered_on <= min(last, until) and (s.left_on is None or s.left_on >= first)
        ]
        self.stays = sorted(stays, key=lambda s: (s.admission, s.entered_on))
        self.rng = bulk_stream(seed, "marks", school.number, year)
        self.pupils, self.sessions = len(self.stays), 2 * len(self.days)
        self.place_of = {day: place for place, day in enumerate(self.days)}
        self.codes = np.zeros((self.pupils, self.sessions), dtype=np.uint8)
        self.late = np.zeros((self.pupils, self.sessions), dtype=np.uint8)
        self.story = np.zeros((self.pupils, self.sessions), dtype=np.uint16)
        self.stories: list[tuple[Story, str]] = []
        self.groups = np.array([s.child.year_group(year) for s in self.stays])
        self.ill = np.array([s.child.temper["illness"] for s in self.stays])
        self.restless = np.array([s.child.temper["restless"] for s in self.stays]) * self._age_factor()
        self.afternoon = np.arange(self.sessions) % 2 == 1

    def _age_factor(self) -> np.ndarray:
        """Older pupils of a secondary school are absent without reason more often."""
        if self.school.phase != "secondary":
            return np.ones(self.pupils)
        return np.interp(self.groups, [7, 11, 12, 13], [0.55, 1.5, 1.0, 1.0])

    def rate(self, code: str) -> float:
        return float(FIGURES.marks[code][self.school.phase])

    def spell(self, code: str) -> float:
        return float(FIGURES.marks[code]["usual_sessions"])

    def draw(self) -> Marks:
        if self.pupils and self.sessions:
            self._register()
            self._whole_school_days()
            self._faith_days()
            self._travelling_families()
            self._study_leave()
            self._long_illness()
            self._illness()
            self._holidays()
            for code in ("C", "C1", "Q", "Y6"):
                self._spells(code, np.ones(self.pupils))
            self._spells("E", self.restless, mornings=True)
            self._spells("O", self.restless)
            self._part_time()
            self._elsewhere()
            self._class_trips()
            for code in ("M", "J1", "P", "Y7", "N"):
                self._single(code, self.ill if code == "M" else np.ones(self.pupils))
            self._single("U", self.restless, only_mornings=True)
            self._late()
            self._not_compulsory()
            self._what_happened_to_her()
            self._stories()
            self._reasons_still_awaited()
            self._training_days()
            self._rare_once()
        else:
            self._register()
        return Marks(self.stays, self.days, self.codes, self.late, self.on_register, self.story, self.stories)

    # --- laying codes down

    def _lay(
        self,
        pupils: np.ndarray,
        starts: np.ndarray,
        lengths: np.ndarray,
        code: str,
        only: np.ndarray | None = None,
    ) -> None:
        """Spells: each from its start for its length, wherever the pupil would have been present."""
        if not len(pupils):
            return
        lengths = np.minimum(np.maximum(lengths, 1), self.sessions - starts)
        rows = np.repeat(pupils, lengths)
        begin = np.repeat(np.cumsum(lengths) - lengths, lengths)
        columns = np.repeat(starts, lengths) + np.arange(lengths.sum()) - begin
        free = self.codes[rows, columns] == PRESENT
        if only is not None:
            free &= only[columns]
        self.codes[rows[free], columns[free]] = CODE[code]

    def _some(self, mean_each: np.ndarray) -> np.ndarray:
        """Pupils, each as often as a Poisson count with her own mean."""
        return np.repeat(np.arange(self.pupils), self.rng.poisson(mean_each))

    def _spells(
        self,
        code: str,
        weight: np.ndarray,
        mornings: bool = False,
        only: np.ndarray | None = None,
        keep: float = 1.0,
    ) -> None:
        length = self.spell(code)
        pupils = self._some(self.rate(code) * self.sessions / length / keep * weight)
        starts = self.rng.integers(0, self.sessions, len(pupils))
        if mornings:
            starts -= starts % 2
        self._lay(pupils, starts, self.rng.geometric(1 / length, len(pupils)), code, only)

    def _single(self, code: str, weight: np.ndarray, only_mornings: bool = False) -> None:
        pupils = self._some(self.rate(code) * self.sessions * weight)
        starts = self.rng.integers(0, self.sessions, len(pupils))
        if only_mornings:
            starts -= starts % 2
        self._lay(pupils, starts, np.ones(len(pupils), dtype=int), code)

    # --- what happens in a school year

    def _register(self) -> None:
        days = np.array(self.days, dtype="datetime64[D]").repeat(2)
        entered = np.array([s.entered_on for s in self.stays], dtype="datetime64[D]")
        left = np.array([s.left_on or self.until for s in self.stays], dtype="datetime64[D]")
        before = np.array([7 if s.late_file else 0 for s in self.stays], dtype="timedelta64[D]")
        self.on_register = (days >= (entered - before)[:, None]) & (days <= left[:, None])
        self.codes[days < entered[:, None]] = CODE["Z"]

    def _whole_school_days(self) -> None:
        """Snow, a broken boiler, buses that do not run."""
        for code, share in (("Y4", 1.0), ("Y3", 0.25), ("Y2", 0.12), ("Y1", 0.03)):
            happened = self.rng.poisson(self.rate(code) * self.sessions / 2 / share)
            for _ in range(happened):
                day = int(self.rng.integers(0, len(self.days)))
                pupils = np.flatnonzero(self.rng.random(self.pupils) < share)
                self._lay(pupils, np.full(len(pupils), 2 * day), np.full(len(pupils), 2), code)

    def _faith_days(self) -> None:
        for faith, days in sorted(FIGURES.faith_days.items()):
            here = np.array([s.child.family["faith"] == faith for s in self.stays], dtype=bool)
            for text in days:
                place = self.place_of.get(date.fromisoformat(text))
                observe = self.rng.random(self.pupils) < FIGURES["religious_day_observed"]
                if place is not None:
                    pupils = np.flatnonzero(here & observe)
                    self._lay(pupils, np.full(len(pupils), 2 * place), np.full(len(pupils), 2), "R")

    def _travelling_families(self) -> None:
        from_spring = self.place_of_or_after(date(self.year + 1, 3, 1))
        for place, stay in enumerate(self.stays):
            # A household travels together, so it is drawn for the household and the year.
            chance = stream(self.seed, "travel", self.school.community, stay.child.household, self.year)
            if (
                stay.child.family["ethnic_group"] not in {"WIRT", "WROM"}
                or chance.random() > FIGURES["travelling_season"]
            ):
                continue
            starts = (chance.randrange(0, 30), from_spring + chance.randrange(0, 80))
            for start in starts:
                length = 2 * round(chance.gammavariate(2, float(FIGURES.marks["T"]["usual_sessions"]) / 4))
                if start * 2 < self.sessions:
                    self._lay(np.array([place]), np.array([start * 2]), np.array([length]), "T")

    def place_of_or_after(self, day: date) -> int:
        return int(np.searchsorted(np.array(self.days, dtype="datetime64[D]"), np.datetime64(day)))

    def _study_leave(self) -> None:
        start = 2 * self.place_of_or_after(date(self.year + 1, 5, 18))
        on_leave = np.isin(self.groups, [11, 13]) & (
            self.rng.random(self.pupils) < FIGURES["study_leave_share"]
        )
        if start >= self.sessions:
            return
        exam = self.rng.random((self.pupils, self.sessions - start)) < 0.3
        part = self.codes[:, start:]
        part[on_leave[:, None] & ~exam & (part == PRESENT)] = CODE["S"]

    def _long_illness(self) -> None:
        pupils = np.flatnonzero(self.rng.random(self.pupils) < FIGURES["long_illness"])
        days = self.rng.gamma(4, FIGURES["long_illness_days"] / 4, len(pupils)).astype(int)
        self._lay(pupils, 2 * self.rng.integers(0, max(1, len(self.days)), len(pupils)), 2 * days + 2, "I")

    def _illness(self) -> None:
        """Spells of illness, more of them in the waves of winter."""
        length = self.spell("I")
        share = max(0.0, self.rate("I") - FIGURES["long_illness"] * FIGURES["long_illness_days"] / 190)
        pupils = self._some(share * self.sessions / (length + 1) * self.ill)
        days = np.array([(day - date(self.year, 9, 1)).days for day in self.days], dtype=float)
        weight = 1 + 0.4 * np.cos((days - 120) / 365 * 2 * np.pi)
        # Waves come to the whole county; each school has them some days earlier or later.
        county = stream(self.seed, "waves", self.year)
        for _ in range(round(FIGURES["waves_per_school_year"])):
            peak = county.gauss(115, 55) + float(self.rng.normal(0, 6))
            height = FIGURES["winter_wave_height"] * county.uniform(0.5, 1.5)
            weight += height * np.exp(-((days - peak) ** 2) / (2 * FIGURES["illness_wave_days"] ** 2))
        sums = np.cumsum(weight) / weight.sum()
        starts = 2 * np.searchsorted(sums, self.rng.random(len(pupils)))
        starts += self.rng.random(len(pupils)) < 0.12  # sent home at lunch
        self._lay(
            pupils,
            np.minimum(starts, self.sessions - 1),
            1 + self.rng.geometric(1 / length, len(pupils)),
            "I",
        )

    def _holidays(self) -> None:
        """Holidays not agreed lie next to the school's own."""
        edges = [p for p in range(1, len(self.days)) if (self.days[p] - self.days[p - 1]).days > 4] + [
            len(self.days) - 1
        ]
        length = self.spell("G")
        pupils = self._some(np.full(self.pupils, self.rate("G") * self.sessions / length))
        edge = self.rng.choice(np.array(edges), len(pupils))
        days = np.maximum(1, self.rng.poisson(length / 2, len(pupils)))
        before = self.rng.random(len(pupils)) < 0.6
        starts = np.clip(2 * (edge - np.where(before, days, 0)), 0, self.sessions - 1)
        self._lay(pupils, starts, 2 * days, "G")

    def _part_time(self) -> None:
        """A part-time timetable: afternoons at home for weeks."""
        self._spells("C2", 0.5 + 0.5 * self.restless, mornings=True, only=self.afternoon, keep=0.5)

    def _elsewhere(self) -> None:
        """Education somewhere else on fixed days of the week, or for weeks."""
        weekday = np.array([day.weekday() for day in self.days]).repeat(2)
        self._spells(
            "B", np.ones(self.pupils), mornings=True, only=(weekday == int(self.rng.integers(0, 5))), keep=0.2
        )
        self._spells("K", np.ones(self.pupils), mornings=True)
        self._spells("D", np.ones(self.pupils), mornings=True, only=np.isin(weekday, [1, 3]), keep=0.4)

    def _class_trips(self) -> None:
        for group in sorted(set(self.groups.tolist())):
            pupils = np.flatnonzero(self.groups == group)
            for _ in range(self.rng.poisson(self.rate("V") * self.sessions / 2)):
                day = int(self.rng.integers(0, len(self.days)))
                self._lay(pupils, np.full(len(pupils), 2 * day), np.full(len(pupils), 2), "V")
            if group == 10 and self.school.phase != "primary":
                start = 2 * self.place_of_or_after(date(self.year + 1, 6, 20))
                if start < self.sessions:
                    going = pupils[
                        self.rng.random(len(pupils))
                        < min(1.0, self.rate("W") * 6 * self.sessions / self.spell("W"))
                    ]
                    self._lay(going, np.full(len(going), start), np.full(len(going), 10), "W")

    def _late(self) -> None:
        often = 0.4 + 0.6 * self.restless
        late = (
            self.rng.random((self.pupils, len(self.days)), dtype=np.float32)
            < 1.9 * self.rate("L") * often[:, None]
        ).repeat(2, axis=1)
        late[:, 1::2] &= self.rng.random((self.pupils, len(self.days)), dtype=np.float32) < 0.05
        late &= self.codes == PRESENT
        self.codes[late] = CODE["L"]
        self.late[late] = np.minimum(29, 1 + self.rng.gamma(2, 4, int(late.sum()))).astype(np.uint8)

    def _not_compulsory(self) -> None:
        """X: Reception's first weeks, and free afternoons in the sixth form."""
        weekday = np.array([day.weekday() for day in self.days]).repeat(2)
        first_weeks = np.arange(self.sessions) < 26
        small = (self.groups == 0) & (self.rng.random(self.pupils) < FIGURES["deferred_reception_part_time"])
        old = (self.groups >= 12) & (self.school.phase == "secondary")
        free = (small[:, None] & (first_weeks & self.afternoon)) | (
            old[:, None] & ((weekday == 4) & self.afternoon)
        )
        self.codes[free & (self.codes != CODE["Z"]) & (self.codes != CODE["S"])] = CODE["X"]

    def _what_happened_to_her(self) -> None:
        """Missing and in custody: the register shows it as far as the school knew."""
        for place, stay in enumerate(self.stays):
            for away in stay.child.absences:
                for session in self._sessions_between(away.first, away.last):
                    if away.code == "Y5" or self.codes[place, session] in {PRESENT, CODE["L"]}:
                        self._set(place, session, away.code, away.story, away.kind)

    def _sessions_between(self, first: datetime, last: datetime):
        start = 2 * self.place_of_or_after(first.date())
        for session in range(start, self.sessions):
            at = datetime.combine(self.days[session // 2], AFTERNOON if session % 2 else MORNING)
            if at > last:
                break
            if at >= first:
                yield session

    def _set(self, place: int, session: int, code: str, story, kind: str) -> None:
        if self.codes[place, session] == CODE["Z"]:
            return
        self.codes[place, session] = CODE[code]
        self.late[place, session] = 0
        if story is not None:
            if (story, kind) not in self.stories:
                self.stories.append((story, kind))
            self.story[place, session] = 1 + self.stories.index((story, kind))

    def _stories(self) -> None:
        """What a story does to her marks, session by session: only where she would have been there."""
        for place, stay in enumerate(self.stays):
            story = stay.child.story
            if story is None:
                continue
            chance = stream(self.seed, "story marks", story.story, self.school.number, self.year)
            for sign in story.signs:
                if sign.kind in SPELLS:
                    self._story_spells(place, story, sign)
                elif sign.kind in COUNTED_IN_SESSIONS:
                    self._story_sessions(place, story, sign, chance)

    def _story_spells(self, place: int, story, sign) -> None:
        """Suspended for days, or at home in the afternoons for weeks."""
        days = sign.number("days") if sign.kind == "suspension" else 5 * sign.number("weeks")
        code, step = SPELLS[sign.kind]
        for moment in sign.moments:
            start = self.place_of_or_after(moment.date()) * 2 + step - 1
            for session in range(start, min(self.sessions, start + 2 * max(1, round(days))), step):
                if code == "E" or self.codes[place, session] in {PRESENT, CODE["L"]}:
                    self._set(place, session, code, story, sign.kind)

    def _story_sessions(self, place: int, story, sign, chance) -> None:
        for session in range(self.sessions):
            day, pm = self.days[session // 2], bool(session % 2)
            if not sign.from_on <= day <= sign.to_on or not sign.at_time(day, pm):
                continue
            if chance.random() < sign.chance_on(day) and self.codes[place, session] in {PRESENT, CODE["L"]}:
                if sign.kind == "late":
                    self._set(place, session, "L" if chance.random() < 0.7 else "U", story, sign.kind)
                    if self.codes[place, session] == CODE["L"]:
                        self.late[place, session] = chance.randint(5, 29)
                else:
                    self._set(place, session, sign.codes.draw(chance), story, sign.kind)

    def _reasons_still_awaited(self) -> None:
        """In the last days before the file was made some reasons had not been found out."""
        if self.days and (self.until - self.days[-1]).days <= 3:
            recent = self.codes[:, -6:]
            waiting = np.isin(recent, [CODE["O"], CODE["I"]]) & (self.rng.random(recent.shape) < 0.35)
            recent[waiting] = CODE["N"]

    def _rare_once(self) -> None:
        """So that every importer meets every code: in the first community, one pupil each for whatever has not occurred."""
        if self.school.community or not FIGURES["rare_codes_shown_once"] or self.school.phase != "secondary":
            return
        seen = set(np.unique(self.codes[self.on_register]).tolist())
        ordinary = [p for p, s in enumerate(self.stays) if s.child.story is None]
        for code in CODES[1:]:
            if CODE[code] in seen or code == "#" or not ordinary:
                continue
            chance = stream(self.seed, "rare", code, self.year)
            for _ in range(200):
                place, session = chance.choice(ordinary), chance.randrange(self.sessions)
                if code == "Z":  # only ever at the start
                    session = int((self.on_register[place] & (self.codes[place] != CODE["#"])).argmax())
                if self.on_register[place, session] and self.codes[place, session] in {PRESENT, CODE["L"]}:
                    self.codes[place, session], self.late[place, session] = CODE[code], 0
                    break

    def _training_days(self) -> None:
        days = training_days(
            self.year,
            round(FIGURES["inset_days"]),
            stream(self.seed, "training", self.school.number, self.year),
        )
        closed = np.array([day in days for day in self.days]).repeat(2)
        self.codes[:, closed] = CODE["#"]
        self.late[:, closed] = 0
        self.story[:, closed] = 0


# --- writing a year of marks as bytes, a column at a time

HEADER = b"LAEstab,AdmissionNumber,UPN,Date,Session,Mark,MinutesLate\n"
_GAP = 0  # a byte no CSV holds: left out when the table becomes bytes


def _fixed(texts: list[str], width: int) -> np.ndarray:
    return (
        np.array([text.encode() for text in texts], dtype=f"S{width}")
        .view(np.uint8)
        .reshape(len(texts), width)
    )


_CODE_BYTES = _fixed(CODES, 2)
_LATE_BYTES = _fixed(["", *map(str, range(1, 256))], 3)


def as_bytes(marks: Marks, laestab: str) -> tuple[list[bytes], list[tuple[int, tuple[Story, str]]]]:
    """The file's rows sorted by date, session and pupil, and on which line each mark of a story stands."""
    pieces, story_lines, line = [HEADER], [], 2
    pupil = _fixed([f"{laestab},{s.admission},{s.upn}," for s in marks.stays], 30)
    for session in range(2 * len(marks.days)):
        there = np.flatnonzero(marks.on_register[:, session])
        if not len(there):
            continue
        afternoon = session % 2
        moment = f"{marks.days[session // 2]:%d/%m/%Y},{'PM' if afternoon else 'AM'},".encode()
        table = np.zeros((len(there), 30 + 14 + 2 + 1 + 3 + 1), dtype=np.uint8)
        table[:, :30] = pupil[there]
        table[:, 30:44] = np.frombuffer(moment, dtype=np.uint8)
        codes = marks.codes[there, session]
        table[:, 44:46] = _CODE_BYTES[codes]
        if afternoon:
            table[codes == PRESENT, 44] = ord("\\")
        table[:, 46] = ord(",")
        table[:, 47:50] = _LATE_BYTES[np.where(codes == CODE["L"], marks.late[there, session], 0)]
        table[:, 50] = ord("\n")
        pieces.append(table[table != _GAP].tobytes())
        if marks.stories:
            of_story = marks.story[there, session]
            story_lines += [(line + int(p), marks.stories[of_story[p] - 1]) for p in np.flatnonzero(of_story)]
        line += len(there)
    return pieces, story_lines


def first_moment_of_story_marks(marks: Marks) -> dict[Story, date]:
    """The first day a story shows in these marks."""
    first: dict[Story, date] = {}
    for number, (story, _) in enumerate(marks.stories, start=1):
        sessions = np.flatnonzero(((marks.story == number) & marks.on_register).any(axis=0))
        if len(sessions):
            day = marks.days[int(sessions[0]) // 2]
            first[story] = min(first.get(story, day), day)
    return first
