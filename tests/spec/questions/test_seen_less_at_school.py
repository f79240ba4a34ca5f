"""Marks that stopped, a second suspension or a part-time timetable ask beside another agency's fact, and never alone."""

from datetime import date, timedelta

import pytest

from rowan.questions.tables.facts_elsewhere import facts_elsewhere, told_elsewhere
from rowan.questions.tables.feeds_silent import school_days
from rowan.questions.tables.seen_less_at_school import (
    seen_less_at_school,
    seen_less_at_school_evidence,
    seen_less_beside,
    told_by_marks,
)

title = "A child is seen less at school"
rule = "seen_less_at_school"

FIRST_WEEK = date(2026, 2, 2)  # a Monday
OPEN = """
    person_id | opened_on  | closed_on
    Ada       | 2026-01-05 |
    """
MISSING = """
    person_id | episode_id | kind    | confirmed
    Ada       | e1         | missing | yes
    """
REPORTED = """
    episode_id | agency | record_kind    | record_id | happened_on
    e1         | police | police_missing | M1        | 2026-03-03
    """
NO_ARREST = """
    person_id | arrest_id | arrested_at
    """
NOT_MISSING = """
    episode_id | happened_on
    """
NOTHING_OF_THE_COUNCIL = """
    person_id | told | happened_on
    """
NO_NOTES = """
    person_id | on
    """
ON_ROLL = """
    person_id | agency   | joined_on  | left_on
    Ada       | school-1 | 2023-09-04 |
    """
NOBODY = """
    person_id | on
    """
NO_MARKS = """
    person_id | on
    """


def weeks(**pupils) -> str:
    """A pupil's school weeks from one line: `.` at school, `e2` two sessions suspended, `c3` three under a part-time timetable, `-` no marks."""
    rows = ["person_id | agency | source | source_id | week_on | first_on | last_on | excluded | part_time"]
    for person, line in pupils.items():
        for number, cell in enumerate(line.split()):
            monday = FIRST_WEEK + timedelta(weeks=number)
            excluded, part_time = (cell[1:] if cell.startswith(letter) else "0" for letter in ("e", "c"))
            if cell != "-":
                rows.append(f"{person} | school-1 | roll-1 | {person} | {monday} | {monday} | {monday + timedelta(days=4)} | {excluded} | {part_time}")  # fmt: skip
    return "\n".join(rows)


def open_weeks(many: int) -> str:
    """The school was open on every day of so many weeks."""
    names = [f"possible_{day}_am" for day in ("mon", "tue", "wed", "thu", "fri")]
    rows = ["laestab | year_group | week_on | " + " | ".join(names)]
    rows += [f"1 | 9 | {FIRST_WEEK + timedelta(weeks=n)} | " + " | ".join(["30"] * 5) for n in range(many)]
    return "\n".join(rows)


def tables(attendance_weeks, **others):
    return {
        "attendance_weeks": attendance_weeks, "school_week_sums": open_weeks(8), "school_moves": ON_ROLL, "missing_episodes": MISSING,
        "missing_episode_sources": REPORTED, "arrests": NO_ARREST,
        "council_facts": NOTHING_OF_THE_COUNCIL, "notes_counted": NO_NOTES, "open_cases": OPEN, **others,
    }  # fmt: skip


def beside(
    attendance_weeks,
    school_week_sums,
    school_moves,
    missing_episodes,
    missing_episode_sources,
    arrests,
    council_facts,
    notes_counted,
    open_cases,
    values,
):
    nobody = open_cases.limit(0)
    told = facts_elsewhere(
        told_elsewhere(missing_episodes, missing_episode_sources, arrests),
        missing_episodes,
        missing_episode_sources,
        council_facts,
        notes_counted,
        open_cases,
        nobody,
    )
    by_marks = told_by_marks(attendance_weeks, school_days(school_week_sums), school_moves, told, values)
    return seen_less_beside(by_marks, told, open_cases, nobody, values)


def asked(values, **given):
    return seen_less_at_school(beside(values=values, **given))


def evidence(values, attendance_marks_current, **given):
    return seen_less_at_school_evidence(beside(values=values, **given), attendance_marks_current)


@pytest.mark.spark
def test_ten_school_days_without_a_mark_and_a_missing_report_ask_the_hub(spec):
    # The last marks are of Friday 20 February; Friday 6 March is the tenth day without.
    spec(asked, tables(weeks(Ada=". . . - - -")), """
        person_id | on         | audience | figures
        Ada       | 2026-03-06 | hub      | {"stopped_after": "2026-02-20", "suspended": 0, "part_time": 0, "seen_on": "2026-03-06", "other_on": "2026-03-03", "missing": 1}
        """, values={})  # fmt: skip


def test_nine_school_days_do_not(spec):
    spec(asked, tables(weeks(Ada=". . . - ."), school_week_sums=open_weeks(4)), NOBODY, values={})
    spec(asked, tables(weeks(Ada=". . . - . . .")), NOBODY, values={})


def test_marks_that_stopped_alone_ask_nobody(spec):
    spec(asked, tables(weeks(Ada=". . . - - - - -"), missing_episode_sources=NOT_MISSING), NOBODY, values={})


def test_a_holiday_stops_nobodys_marks(spec):
    spec(asked, tables(weeks(Ada=". . . - - - - -"), school_week_sums=open_weeks(3)), NOBODY, values={})


def test_a_child_who_has_left_or_whom_another_school_has_is_not_asked_about(spec):
    for moved in ("Ada | school-1 | 2023-09-04 | 2026-03-01", "Ada | school-2 | 2026-03-02 |"):
        spec(asked, tables(weeks(Ada=". . . - - -"), school_moves=f"""
            person_id | agency | joined_on | left_on
            {moved}
            """), NOBODY, values={})  # fmt: skip


def test_a_second_suspension_within_ninety_days_asks_and_one_over_two_weeks_is_one(spec):
    spec(asked, tables(weeks(Ada=". e4 . . e2 . .")), """
        person_id | on         | figures
        Ada       | 2026-03-06 | {"stopped_after": null, "suspended": 1, "part_time": 0, "seen_on": "2026-03-06", "other_on": "2026-03-03", "missing": 1}
        """, values={})  # fmt: skip
    spec(asked, tables(weeks(Ada=". . . e4 e4 . .")), NOBODY, values={})
    spec(asked, tables(weeks(Ada=". e4 . . e2 . .")), NOBODY, values={"questions.seen_less_at_school.suspended_within_days": 20})  # fmt: skip


def test_a_part_time_timetable_in_four_of_six_weeks_asks_once(spec):
    spec(asked, tables(weeks(Ada=". c4 c4 . c4 c4 c4 c4 .")), """
        person_id | on         | figures
        Ada       | 2026-03-13 | {"stopped_after": null, "suspended": 0, "part_time": 1, "seen_on": "2026-03-13", "other_on": "2026-03-03", "missing": 1}
        """, values={})  # fmt: skip
    spec(asked, tables(weeks(Ada=". c4 c4 . c4 c1 . .")), NOBODY, values={})


def test_an_arrest_counts_as_a_missing_report_does(spec):
    spec(asked, tables(weeks(Ada=". . . - - -"), missing_episode_sources=NOT_MISSING, arrests="""
        person_id | arrest_id | arrested_at      | agency | record_kind    | record_id
        Ada       | a1        | 2026-03-20 15:00 | police | police_arrests | K1
        """), """
        person_id | on         | audience
        Ada       | 2026-03-20 | hub
        """, values={})  # fmt: skip


def test_a_fact_of_the_council_counts_and_a_note_of_the_same_school_does_not(spec):
    spec(asked, tables(weeks(Ada=". . . - - -"), missing_episode_sources=NOT_MISSING, council_facts="""
        person_id | told      | agency  | record_kind | record_id | happened_on
        Ada       | need_plan | council | cin_plans   | C1        | 2026-03-20
        """, notes_counted="""
        person_id | on         | category | agency   | record_id
        Ada       | 2026-03-10 | welfare  | school-1 | N1
        """), """
        person_id | on         | figures
        Ada       | 2026-03-20 | {"stopped_after": "2026-02-20", "suspended": 0, "part_time": 0, "seen_on": "2026-03-06", "other_on": "2026-03-20", "plans": 1}
        """, values={})  # fmt: skip


def test_the_other_fact_lies_within_six_weeks(spec):
    far = REPORTED.replace("2026-03-03", "2026-04-18")
    spec(asked, tables(weeks(Ada=". . . - - -"), missing_episode_sources=far), NOBODY, values={})


def test_a_child_the_hub_does_not_work_with_is_not_held_against_another_agency(spec):
    closed = OPEN.replace("2026-01-05 |", "2026-01-05 | 2026-02-01")
    spec(asked, tables(weeks(Ada=". . . - - -"), open_cases=closed), NOBODY, values={})


def test_the_evidence_is_the_last_marks_without_their_code_and_the_report(spec):
    spec(evidence, tables(weeks(Ada=". . . - - -"), attendance_marks_current="""
        person_id | agency   | source | source_id | on         | session | code | record_id
        Ada       | school-1 | roll-1 | Ada       | 2026-02-19 | AM      | /    | m1
        Ada       | school-1 | roll-1 | Ada       | 2026-02-20 | AM      | R    | m2
        """), """
        on         | agency   | record_kind      | record_id | happened_on | what
        2026-03-06 | school-1 | attendance_marks | m2        | 2026-02-20  | Last marks, on 20 February 2026
        2026-03-06 | police   | police_missing   | M1        | 2026-03-03  | Missing from 3 March 2026
        """, values={})  # fmt: skip


def test_the_evidence_of_suspensions_is_their_own_marks(spec):
    spec(evidence, tables(weeks(Ada=". e4 . . e2 . ."), attendance_marks_current="""
        person_id | agency   | source | source_id | on         | session | code | record_id
        Ada       | school-1 | roll-1 | Ada       | 2026-02-09 | AM      | E    | m1
        Ada       | school-1 | roll-1 | Ada       | 2026-02-10 | AM      | O    | m2
        Ada       | school-1 | roll-1 | Ada       | 2026-03-02 | PM      | E    | m3
        """), """
        agency   | record_id | what
        school-1 | m1        | Suspended or excluded on 9 February 2026
        school-1 | m3        | Suspended or excluded on 2 March 2026
        police   | M1        | Missing from 3 March 2026
        """, values={})  # fmt: skip
