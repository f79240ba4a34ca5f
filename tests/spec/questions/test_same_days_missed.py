"""A weekday or afternoons missed again and again, unlike the pupil's other days and unlike the year group's same days, asks the school."""

from datetime import date, timedelta

import pytest

from rowan.chronology.rules.week_sessions import BITS, DAYS, HALVES, MISSING_PUPILS, POSSIBLE_PUPILS
from rowan.questions.rules.same_days_missed import critical_day_rows
from rowan.questions.tables.same_days_missed import (
    same_days_missed,
    same_days_missed_evidence,
    weeks_by_pattern,
)
from tests.spec.critical import drawn

title = "The same days missed"
rule = "same_days_missed"

# Twelve school weeks from 5 January 2026; the drawn town knows no holidays.
FIRST_WEEK = date(2026, 1, 5)
WHOLE_WEEK = sum(BITS.values())
NOBODY = """
    person_id | on
    """
OWN_WATCH = """
    feed             | agency   | own_watch | until_on
    attendance_marks | school-1 | yes       |
    """
NO_WATCH = """
    feed             | agency   | own_watch | until_on
    attendance_marks | school-1 | no        |
    """
NOBODY_MOVED = """
    person_id | joined_on
    """
NO_OPEN_CASE = """
    person_id | opened_on
    """
CRITICAL_DAY_VALUES = drawn(critical_day_rows({}))


# Three of three Fridays are unlikely enough at this chance; the least number of times still holds.
GENEROUS = {"questions.same_days_missed.weeks": 6, "questions.same_days_missed.chance": 0.05}
GENEROUS_VALUES = drawn(critical_day_rows(GENEROUS))


def bits(cell: str) -> int:
    """`-` nothing, `fri` the whole day, `fri_pm` the afternoon, `mon+fri` both; `all` the whole week."""
    if cell in {"-", "all"}:
        return WHOLE_WEEK if cell == "all" else 0
    sessions = {
        one
        for part in cell.split("+")
        for one in ([part] if "_" in part else [f"{part}_{half}" for half in HALVES])
    }
    return sum(BITS[one] for one in sessions)


def days_missed(**pupils) -> str:
    """A pupil's weeks from one line, week by week: what was missed; `ill:` before it, and it was for illness; `no:`, and nobody expected the pupil."""
    head = (
        "person_id | agency | laestab | source | source_id | year_group | week_on | counted_sessions | missed_sessions | ill_sessions | "
        "ill | medical | part_time | study_leave | excluded | custody"
    )
    rows = [head]
    for person, line in pupils.items():
        for number, cell in enumerate(line.split()):
            week = FIRST_WEEK + timedelta(weeks=number)
            kind, _, what = cell.rpartition(":")
            which = bits(what)
            ill = which if kind == "ill" else 0
            counted = WHOLE_WEEK - (which if kind == "no" else 0)
            rows.append(
                f"{person} | school-1 | 1 | roll-1 | {person} | 9 | {week} | {counted} | {which & counted} | {ill} | {ill.bit_count()} | 0 | 0 | 0 | 0 | 0"
            )
    return "\n".join(rows)


def year_group(pupils: int = 31, weeks: int = 13, **missing: int) -> str:
    """A year group that is missing two pupils in every session, or as many as `missing` says for a day or half a day."""
    head = ["laestab", "year_group", "week_on", *POSSIBLE_PUPILS.values(), *MISSING_PUPILS.values()]
    sums = [missing.get(f"{day}_{half}", missing.get(day, 2)) for day in DAYS for half in HALVES]
    rows = [" | ".join(head)]
    for number in range(weeks):
        week = FIRST_WEEK + timedelta(weeks=number)
        rows.append(" | ".join(["1", "9", str(week), *[str(pupils)] * len(BITS), *map(str, sums)]))
    return "\n".join(rows)


def asked(attendance_weeks, school_week_sums, values, **others):
    return same_days_missed(
        weeks_by_pattern(attendance_weeks, school_week_sums, values), values=values, **others
    )


def evidence(attendance_weeks, school_week_sums, attendance_marks_current, values, **others):
    by_pattern = weeks_by_pattern(attendance_weeks, school_week_sums, values)
    found = same_days_missed(by_pattern, values=values, **others)
    return same_days_missed_evidence(found, by_pattern, attendance_marks_current)


QUIET = year_group()
SIX_FRIDAYS = "fri_pm - fri - fri_pm - fri - fri_pm - - fri_pm"


def tables(
    attendance_weeks,
    school_week_sums=QUIET,
    agreements=OWN_WATCH,
    open_cases=NO_OPEN_CASE,
    critical=CRITICAL_DAY_VALUES,
):
    return {
        "attendance_weeks": attendance_weeks, "school_week_sums": school_week_sums, "school_moves": NOBODY_MOVED,
        "agreements": agreements, "open_cases": open_cases, "critical_day_values": critical,
    }  # fmt: skip


@pytest.mark.spark
def test_some_or_all_of_six_fridays_and_no_other_day_asks_the_childs_own_school(spec):
    spec(asked, tables(days_missed(Ada=SIX_FRIDAYS)), """
        person_id | on         | audience | window_from | window_to  | pattern
        ----------+------------+----------+-------------+------------+--------
        Ada       | 2026-03-27 | school-1 | 2026-01-05  | 2026-03-27 | fri
        """, values={})  # fmt: skip


def test_five_fridays_and_no_other_day_may_be_chance(spec):
    spec(asked, tables(days_missed(Ada="- - fri - fri_pm - fri - fri_pm - - fri_pm")), NOBODY, values={})


def test_the_figures_say_how_many_days_were_missed_and_how_many_would_have_been_ordinary(spec):
    spec(asked, tables(days_missed(Ada="fri mon+fri - fri fri tue+fri - fri - fri - fri")), """
        person_id | figures
        Ada | {"pattern": "fri", "weeks": 12, "weeks_from": "2026-01-05", "weeks_to": "2026-03-27", "times": 8, "of": 12, "others": 2, "others_of": 48, "expected": 0.4, "ill": 0, "medical": 0, "part_time": 0, "study_leave": 0, "excluded": 0, "custody": 0, "joined_on": null}
        """, values={})  # fmt: skip


def test_afternoons_on_any_day_are_held_against_the_mornings(spec):
    spec(asked, tables(days_missed(
        Ada="mon_pm+tue_pm wed_pm - thu_pm+fri_pm mon_pm wed_pm tue_pm+thu_pm - fri_pm mon_pm tue_pm wed_pm+thu_pm",
        Ben="mon+tue wed - thu+fri mon wed tue+thu - fri mon tue wed+thu",
    )), """
        person_id | on         | pattern
        Ada       | 2026-03-27 | afternoons
        """, values={})  # fmt: skip


def test_a_pupil_who_misses_every_day_alike_is_not_asked_about(spec):
    spec(
        asked,
        tables(days_missed(Ada="fri mon tue+fri wed fri thu+fri mon fri tue wed thu fri")),
        NOBODY,
        values={},
    )


def test_a_day_that_the_whole_year_group_misses_is_no_pattern(spec):
    spec(asked, tables(days_missed(Ada=SIX_FRIDAYS), year_group(fri=15)), NOBODY, values={})


def test_it_asks_only_in_a_week_in_which_the_pattern_went_on(spec):
    spec(asked, tables(days_missed(Ada=SIX_FRIDAYS + " -", Ben="- " + SIX_FRIDAYS)), """
        person_id | on
        Ada       | 2026-03-27
        Ben       | 2026-04-03
        """, values={})  # fmt: skip


def test_a_window_of_fewer_school_weeks_says_too_little(spec):
    spec(asked, tables(days_missed(Ada="fri fri fri fri fri fri fri - - - fri")), NOBODY, values={})


def test_long_illness_never_asks_and_one_day_of_illness_at_a_time_counts(spec):
    spec(
        asked,
        tables(
            days_missed(
                Long="ill:wed+thu+fri - ill:wed+thu+fri - ill:wed+thu+fri - ill:wed+thu+fri - ill:wed+thu+fri - - ill:wed+thu+fri",
                Days="ill:fri - ill:fri - ill:fri - ill:fri - ill:fri - - ill:fri",
            )
        ),
        """
        person_id | on
        Days      | 2026-03-27
        """,
        values={},
    )


def test_days_on_which_no_other_pupil_was_expected_count_for_nothing(spec):
    spec(asked, tables(days_missed(Ada=SIX_FRIDAYS), year_group(pupils=1)), NOBODY, values={})


def test_an_area_may_look_at_fewer_weeks_and_ask_from_a_greater_chance(spec):
    given = days_missed(Ada="- fri fri - fri fri", Ben="- fri - - fri fri")
    spec(asked, tables(given, critical=GENEROUS_VALUES), """
        person_id | on
        Ada       | 2026-02-13
        """, values=GENEROUS)  # fmt: skip


def test_a_school_without_its_own_watch_has_an_audience_only_for_children_open_to_the_council_that_day(spec):
    spec(
        asked,
        tables(
            days_missed(Ada=SIX_FRIDAYS, Ben=SIX_FRIDAYS),
            agreements=NO_WATCH,
            open_cases="""
            person_id | opened_on  | closed_on
            Ada       | 2026-02-01 |
            Ben       | 2025-02-01 | 2026-03-01
            """,
        ),
        """
        person_id | on         | audience
        Ada       | 2026-03-27 | school-1
        Ben       | 2026-03-27 |
        """,
        values={},
    )


def test_the_evidence_is_the_schools_own_marks_of_those_days(spec):
    marks = """
        person_id | agency   | source | source_id | on         | session | code | record_id
        Ada       | school-1 | roll-1 | Ada       | 2026-01-02 | PM      | O    | before
        Ada       | school-1 | roll-1 | Ada       | 2026-01-09 | AM      | /    | present
        Ada       | school-1 | roll-1 | Ada       | 2026-01-09 | PM      | O    | none
        Ada       | school-1 | roll-1 | Ada       | 2026-01-08 | PM      | O    | thursday
        Ada       | school-1 | roll-1 | Ada       | 2026-01-16 | PM      | R    | religious
        Ada       | school-1 | roll-1 | Ada       | 2026-01-23 | AM      | I    | ill
        Ada       | school-1 | roll-1 | Ada       | 2026-01-30 | PM      | M    | dentist
        Ben       | school-1 | roll-1 | Ben       | 2026-01-09 | PM      | O    | another-pupil
        """
    spec(evidence, {**tables(days_missed(Ada=SIX_FRIDAYS)), "attendance_marks_current": marks}, """
        person_id | on         | record_id | happened_on | what
        Ada       | 2026-03-27 | none      | 2026-01-09  | Afternoon: no reason, or one not accepted (O)
        Ada       | 2026-03-27 | ill       | 2026-01-23  | Morning: illness (I)
        """, values={})  # fmt: skip


def test_the_evidence_of_afternoons_is_the_afternoons_marks(spec):
    line = "mon_pm+tue_pm wed_pm - thu_pm+fri_pm mon_pm wed_pm tue_pm+thu_pm - fri_pm mon_pm tue_pm wed_pm+thu_pm"
    marks = """
        person_id | agency   | source | source_id | on         | session | code | record_id
        Ada       | school-1 | roll-1 | Ada       | 2026-01-05 | AM      | O    | morning
        Ada       | school-1 | roll-1 | Ada       | 2026-01-05 | PM      | O    | monday
        Ada       | school-1 | roll-1 | Ada       | 2026-01-14 | PM      | N    | wednesday
        """
    spec(evidence, {**tables(days_missed(Ada=line)), "attendance_marks_current": marks}, """
        person_id | record_id
        Ada       | monday
        Ada       | wednesday
        """, values={})  # fmt: skip
