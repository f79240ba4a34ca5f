"""A school's register for one school year: who is on it, on which days, and how codes are laid down in it.

Codes are those of the School Attendance (Pupil Registration) (England) Regulations 2024. How often each occurs stands
in figures/marks.csv. Nothing is done mark by mark: a school year is one table of pupils by sessions.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from rowan.synthetic.chance import bulk_stream, stream
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.school_years import term_days, training_days
from rowan.synthetic.schools import School, Stay
from rowan.synthetic.stories import Story

PRESENT = 0
CODES = ["/"] + [code for code in FIGURES.marks]  # 0 stands for present: / in the morning, \ in the afternoon
CODE = {code: place for place, code in enumerate(CODES)}


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
    """One school in one school year up to a day: its pupils, its days, and their marks so far."""

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

    def marks(self) -> Marks:
        return Marks(self.stays, self.days, self.codes, self.late, self.on_register, self.story, self.stories)

    # --- laying codes down

    def lay(
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

    def some(self, mean_each: np.ndarray) -> np.ndarray:
        """Pupils, each as often as a Poisson count with her own mean."""
        return np.repeat(np.arange(self.pupils), self.rng.poisson(mean_each))

    def spells(
        self,
        code: str,
        weight: np.ndarray,
        mornings: bool = False,
        only: np.ndarray | None = None,
        keep: float = 1.0,
    ) -> None:
        length = self.spell(code)
        pupils = self.some(self.rate(code) * self.sessions / length / keep * weight)
        starts = self.rng.integers(0, self.sessions, len(pupils))
        if mornings:
            starts -= starts % 2
        self.lay(pupils, starts, self.rng.geometric(1 / length, len(pupils)), code, only)

    def single(self, code: str, weight: np.ndarray, only_mornings: bool = False) -> None:
        pupils = self.some(self.rate(code) * self.sessions * weight)
        starts = self.rng.integers(0, self.sessions, len(pupils))
        if only_mornings:
            starts -= starts % 2
        self.lay(pupils, starts, np.ones(len(pupils), dtype=int), code)

    def open(self) -> None:
        days = np.array(self.days, dtype="datetime64[D]").repeat(2)
        entered = np.array([s.entered_on for s in self.stays], dtype="datetime64[D]")
        left = np.array([s.left_on or self.until for s in self.stays], dtype="datetime64[D]")
        before = np.array([7 if s.late_file else 0 for s in self.stays], dtype="timedelta64[D]")
        self.on_register = (days >= (entered - before)[:, None]) & (days <= left[:, None])
        self.codes[days < entered[:, None]] = CODE["Z"]

    def place_of_or_after(self, day: date) -> int:
        return int(np.searchsorted(np.array(self.days, dtype="datetime64[D]"), np.datetime64(day)))

    def close_on_training_days(self) -> None:
        days = training_days(
            self.year,
            round(FIGURES["inset_days"]),
            stream(self.seed, "training", self.school.number, self.year),
        )
        closed = np.array([day in days for day in self.days]).repeat(2)
        self.codes[:, closed] = CODE["#"]
        self.late[:, closed] = 0
        self.story[:, closed] = 0
