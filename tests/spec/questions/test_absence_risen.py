"""Absence risen against a pupil's own past and the same year group's same weeks asks the school."""

from datetime import date, timedelta

import pytest

from rowan.questions.rules.absence_risen import critical_rows
from rowan.questions.tables.absence_risen import absence_risen, absence_risen_evidence, counted_weeks
from tests.spec.critical import drawn

title = "Absence has risen"
rule = "absence_risen"

# Twenty earlier weeks, then four from 16 March 2026; the drawn town knows no holidays.
FIRST_WEEK = date(2025, 10, 27)
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


def weeks(**pupils) -> str:
    """A pupil's weeks from one line: sessions missed of ten, week by week; `i4` four of them ill, and likewise m, p, s and e."""
    kinds = {"i": "ill", "m": "medical", "p": "part_time", "s": "study_leave", "e": "excluded"}
    rows = [
        "person_id | agency | laestab | source | source_id | year_group | week_on | counted_possible | counted_absent | "
        + " | ".join(kinds.values())
        + " | custody"
    ]
    for person, line in pupils.items():
        for number, cell in enumerate(line.split()):
            missed = int(cell.lstrip("impse"))
            part = [str(missed) if cell.startswith(letter) else "0" for letter in kinds]
            week = FIRST_WEEK + timedelta(weeks=number)
            rows.append(
                f"{person} | school-1 | 1 | roll-1 | {person} | 9 | {week} | 10 | {missed} | "
                + " | ".join(part)
                + " | 0"
            )
    return "\n".join(rows)


def year_group(line: str, pupils: int = 30) -> str:
    """Sessions missed in the whole year group, week by week, of `pupils` pupils with ten sessions a week."""
    rows = ["laestab | year_group | week_on | pupils | counted_possible | counted_absent"]
    for number, missed in enumerate(line.split()):
        week = FIRST_WEEK + timedelta(weeks=number)
        rows.append(f"1 | 9 | {week} | {pupils} | {pupils * 10} | {missed}")
    return "\n".join(rows)


QUIET = year_group("15 " * 20 + "21 " * 4)
ILLNESS_WAVE = year_group("15 " * 20 + "120 " * 4)


def asked(attendance_weeks, school_week_sums, values, **others):
    return absence_risen(counted_weeks(attendance_weeks, school_week_sums, values), values=values, **others)


def evidence(attendance_weeks, school_week_sums, attendance_marks_current, values, **others):
    counted = counted_weeks(attendance_weeks, school_week_sums, values)
    risen = absence_risen(counted, values=values, **others)
    return absence_risen_evidence(risen, counted, attendance_marks_current)


def tables(
    attendance_weeks,
    school_week_sums=QUIET,
    agreements=OWN_WATCH,
    open_cases=NO_OPEN_CASE,
    moves=NOBODY_MOVED,
):
    return {
        "attendance_weeks": attendance_weeks, "school_week_sums": school_week_sums, "school_moves": moves,
        "agreements": agreements, "open_cases": open_cases, "critical_values": CRITICAL_VALUES,
    }  # fmt: skip


CRITICAL_VALUES = drawn(critical_rows({}))
NOBODY = """
    person_id | on
    """
PAST = "0 1 0 0 2 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0 "


@pytest.mark.spark
def test_a_clear_rise_over_four_school_weeks_asks_the_childs_own_school(spec):
    spec(asked, tables(weeks(Ada=PAST + "6 5 7 6")), """
        person_id | on         | audience | window_from | window_to
        ----------+------------+----------+-------------+-----------
        Ada       | 2026-04-10 | school-1 | 2026-03-16  | 2026-04-10
        """, values={})  # fmt: skip


def test_the_figures_say_what_was_ordinary_for_this_pupil_in_those_weeks(spec):
    spec(asked, tables(weeks(Ada=PAST + "6 5 7 6")), """
        person_id | figures
        Ada | {"weeks": 4, "weeks_from": "2026-03-16", "weeks_to": "2026-04-10", "absent": 24, "possible": 40, "past_weeks": 20, "past_absent": 6, "past_possible": 200, "expected": 1.2, "ill": 0, "medical": 0, "part_time": 0, "study_leave": 0, "excluded": 0, "custody": 0, "joined_on": null}
        """, values={})  # fmt: skip


def test_a_pupil_who_always_misses_as_much_is_not_asked_about(spec):
    spec(asked, tables(weeks(Ada="5 6 7 5 6 " * 4 + "6 5 7 6")), NOBODY, values={})


def test_a_rise_that_the_whole_year_group_shares_is_not_one(spec):
    rise = weeks(Ada=PAST + "6 5 7 6")
    spec(asked, tables(rise, ILLNESS_WAVE), NOBODY, values={})


def test_one_cold_is_not_a_rise(spec):
    spec(asked, tables(weeks(Ada=PAST + "0 0 4 0")), NOBODY, values={})


def test_long_illness_medical_appointments_part_time_timetables_and_study_leave_never_ask(spec):
    spec(
        asked,
        tables(
            weeks(
                Ill=PAST + "i10 i10 i10 i10",
                Appointed=PAST + "m6 m5 m7 m6",
                Halved=PAST + "p6 p5 p7 p6",
                Revising=PAST + "s6 s5 s7 s6",
                Suspended=PAST + "e6 e5 e7 e6",
            )
        ),
        """
        person_id | on
        Suspended | 2026-04-10
        """,
        values={},
    )


def test_too_short_a_past_says_too_little(spec):
    spec(
        asked,
        tables(weeks(Ada="0 1 0 0 2 0 0 6 5 7 6"), year_group("15 " * 7 + "21 " * 4)),
        NOBODY,
        values={},
    )


def test_a_school_without_its_own_watch_has_an_audience_only_for_children_open_to_the_council_that_day(spec):
    spec(
        asked,
        tables(
            weeks(Ada=PAST + "6 5 7 6", Ben=PAST + "6 5 7 6", Cal=PAST + "6 5 7 6"),
            agreements=NO_WATCH,
            open_cases="""
            person_id | opened_on  | closed_on
            Ada       | 2026-02-01 |
            Ben       | 2025-02-01 | 2026-03-01
            """,
        ),
        """
        person_id | on         | audience
        Ada       | 2026-04-10 | school-1
        Ben       | 2026-04-10 |
        Cal       | 2026-04-10 |
        """,
        values={},
    )


def test_a_new_school_is_shown_as_an_explanation(spec):
    moved = """
        person_id | agency   | joined_on
        Ada       | school-1 | 2026-01-05
        """
    spec(asked, tables(weeks(Ada=PAST + "6 5 7 6"), moves=moved), """
        person_id | figures
        Ada | {"weeks": 4, "weeks_from": "2026-03-16", "weeks_to": "2026-04-10", "absent": 24, "possible": 40, "past_weeks": 20, "past_absent": 6, "past_possible": 200, "expected": 1.2, "ill": 0, "medical": 0, "part_time": 0, "study_leave": 0, "excluded": 0, "custody": 0, "joined_on": "2026-01-05"}
        """, values={})  # fmt: skip


def test_the_evidence_is_the_schools_own_marks_that_were_counted(spec):
    marks = """
        person_id | agency   | source | source_id | on         | session | code | record_id
        Ada       | school-1 | roll-1 | Ada       | 2026-03-09 | AM      | O    | before
        Ada       | school-1 | roll-1 | Ada       | 2026-03-16 | AM      | O    | none
        Ada       | school-1 | roll-1 | Ada       | 2026-03-16 | PM      | N    | unknown
        Ada       | school-1 | roll-1 | Ada       | 2026-03-17 | AM      | R    | religious
        Ada       | school-1 | roll-1 | Ada       | 2026-03-17 | PM      | T    | travelling
        Ada       | school-1 | roll-1 | Ada       | 2026-03-18 | AM      | M    | dentist
        Ada       | school-1 | roll-1 | Ada       | 2026-03-18 | PM      | C2   | part-time
        Ada       | school-1 | roll-1 | Ada       | 2026-03-19 | AM      | I    | ill
        Ada       | school-1 | roll-1 | Ada       | 2026-03-19 | PM      | /    | present
        Ben       | school-1 | roll-1 | Ben       | 2026-03-19 | PM      | O    | another-pupil
        """
    spec(evidence, {**tables(weeks(Ada=PAST + "6 5 7 6")), "attendance_marks_current": marks}, """
        person_id | on         | record_id | happened_on | what
        Ada       | 2026-04-10 | none      | 2026-03-16  | Morning: no reason, or one not accepted (O)
        Ada       | 2026-04-10 | unknown   | 2026-03-16  | Afternoon: reason not yet known (N)
        Ada       | 2026-04-10 | ill       | 2026-03-19  | Morning: illness (I)
        """, values={})  # fmt: skip


def test_marks_of_a_long_illness_are_no_evidence(spec):
    marks = """
        person_id | agency   | source | source_id | on         | session | code | record_id
        Ada       | school-1 | roll-1 | Ada       | 2026-03-16 | AM      | I    | long-illness
        Ada       | school-1 | roll-1 | Ada       | 2026-03-23 | PM      | O    | none
        """
    spec(evidence, {**tables(weeks(Ada=PAST + "i8 5 8 8")), "attendance_marks_current": marks}, """
        person_id | on         | record_id
        Ada       | 2026-04-10 | none
        """, values={})  # fmt: skip
