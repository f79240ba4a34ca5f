"""A school's marks for one school year, in the order in which one thing keeps a pupil from another."""

from datetime import date

import numpy as np

from rowan.synthetic import ordinary_marks, story_marks, troubled_marks
from rowan.synthetic.register import Marks, SchoolYear
from rowan.synthetic.schools import School


def marks_of(seed: int, school: School, year: int, until: date) -> Marks:
    drawn = SchoolYear(seed, school, year, until)
    drawn.open()
    if drawn.pupils and drawn.sessions:
        _ordinary(drawn)
        _one_childs(drawn)
        drawn.close_on_training_days()
        ordinary_marks.rare_once(drawn)
    return drawn.marks()


def _ordinary(year: SchoolYear) -> None:
    everybody = np.ones(year.pupils)
    ordinary_marks.whole_school_days(year)
    ordinary_marks.faith_days(year)
    ordinary_marks.travelling_families(year)
    ordinary_marks.study_leave(year)
    ordinary_marks.long_illness(year)
    ordinary_marks.illness(year)
    ordinary_marks.holidays(year)
    for code in ("C", "C1", "Q", "Y6"):
        year.spells(code, everybody)
    year.spells("E", year.restless, mornings=True)
    year.spells("O", year.restless)
    ordinary_marks.part_time(year)
    ordinary_marks.elsewhere(year)
    ordinary_marks.class_trips(year)
    for code in ("M", "J1", "P", "Y7", "N"):
        year.single(code, year.ill if code == "M" else everybody)
    year.single("U", year.restless, only_mornings=True)
    ordinary_marks.late(year)
    ordinary_marks.not_compulsory(year)


def _one_childs(year: SchoolYear) -> None:
    troubled_marks.hard_times(year)
    troubled_marks.appointments(year)
    troubled_marks.mondays_after_the_other_parent(year)
    story_marks.what_happened_to_her(year)
    story_marks.stories(year)
    ordinary_marks.reasons_still_awaited(year)
