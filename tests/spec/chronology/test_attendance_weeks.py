"""A pupil's school week, counted by what each mark means on its day."""

from functools import partial

import ibis
import pytest

from rowan.chronology.rules.week_sessions import SESSIONS_IN_ORDER
from rowan.chronology.tables.attendance_weeks import (
    attendance_weeks,
    codes_by_week,
    in_numbers,
    pupil_numbers,
    pupil_weeks,
    pupils_by_import,
    rows_by_import,
    senders,
    weeks_by_import,
)
from rowan.chronology.tables.purged_sums import counted_once, sums_to_purge
from rowan.chronology.tables.school_week_sums import school_week_sums, week_sums
from rowan.chronology.tables.week_registers import what_registers_tell
from rowan.chronology.tables.week_sessions import has

title = "A school week in sessions"


def weeks(marks, pupils):
    sent = senders(marks)
    each = in_numbers(weeks_by_import(marks), sent)
    by_import = pupils_by_import(each, sent)
    numbered = pupil_numbers(by_import, sent)
    by_pupil = pupil_weeks(each, by_import, numbered)
    return attendance_weeks(by_pupil, what_registers_tell(by_pupil), numbered, sent, pupils)


def sessions_held_and_missed(marks, pupils):
    """What stands in the pupil's week, session by session."""
    found = weeks(marks, pupils)
    return found.select(
        **{
            session: ibis.cases(
                (has(found.ill_sessions, session), "ill"),
                (has(found.missed_sessions, session), "missed"),
                (has(found.counted_sessions, session), "came"),
                else_=ibis.null("string"),
            )
            for session in SESSIONS_IN_ORDER
        }
    )


PUPIL = """
    source | source_id | rid | person_id | agency | laestab | year_group | year_group_on
    s      | 7         | r7  | p7        | school | 8994001 | 9          | 2026-05-01
    """


@pytest.mark.spark
def test_sessions_are_counted_by_class_and_religion_and_travelling_are_left_out_of_what_rules_count(spec):
    spec(weeks, {
        "marks": """
            agency | laestab | source | source_id | on         | session | code
            -------+---------+--------+-----------+------------+---------+-----
            school | 8994001 | s      | 7         | 2026-03-02 | AM      | /
            school | 8994001 | s      | 7         | 2026-03-02 | PM      | \\
            school | 8994001 | s      | 7         | 2026-03-03 | AM      | I
            school | 8994001 | s      | 7         | 2026-03-03 | PM      | I
            school | 8994001 | s      | 7         | 2026-03-04 | AM      | O
            school | 8994001 | s      | 7         | 2026-03-04 | PM      | R
            school | 8994001 | s      | 7         | 2026-03-05 | AM      | T
            school | 8994001 | s      | 7         | 2026-03-05 | PM      | #
            school | 8994001 | s      | 7         | 2026-03-06 | AM      | Y5
            school | 8994001 | s      | 7         | 2026-03-06 | PM      | M
            """,
        "pupils": PUPIL,
    }, """
        person_id | week_on    | year_group | possible | absent | authorised | unauthorised | counted_possible | counted_absent | ill | medical | custody
        ----------+------------+------------+----------+--------+------------+--------------+------------------+----------------+-----+---------+--------
        p7        | 2026-03-02 | 9          | 8        | 6      | 5          | 1            | 6                | 4              | 2   | 1       | 1
        """)  # fmt: skip


@pytest.mark.spark
def test_which_sessions_of_the_week_were_missed_is_kept_without_those_that_never_ask(spec):
    spec(sessions_held_and_missed, {
        "marks": """
            agency | laestab | source | source_id | on         | session | code
            -------+---------+--------+-----------+------------+---------+-----
            school | 8994001 | s      | 7         | 2026-03-02 | AM      | /
            school | 8994001 | s      | 7         | 2026-03-02 | PM      | O
            school | 8994001 | s      | 7         | 2026-03-03 | AM      | I
            school | 8994001 | s      | 7         | 2026-03-03 | PM      | R
            school | 8994001 | s      | 7         | 2026-03-04 | AM      | T
            school | 8994001 | s      | 7         | 2026-03-04 | PM      | M
            school | 8994001 | s      | 7         | 2026-03-05 | AM      | C2
            school | 8994001 | s      | 7         | 2026-03-05 | PM      | S
            school | 8994001 | s      | 7         | 2026-03-06 | AM      | #
            school | 8994001 | s      | 7         | 2026-03-06 | PM      | U
            school | 8994001 | s      | 7         | 2026-03-07 | PM      | O
            """,
        "pupils": PUPIL,
    }, """
        mon_am | mon_pm | tue_am | tue_pm | wed_am | wed_pm | thu_am | thu_pm | fri_am | fri_pm
        came   | missed | ill    |        |        |        |        |        |        | missed
        """)  # fmt: skip


@pytest.mark.spark
def test_a_year_groups_week_says_how_many_could_come_to_each_session_and_how_many_missed_it(spec):
    spec(week_sums, {
        "attendance_weeks": """
            laestab | year_group | week_on    | counted_possible | counted_sessions | missed_sessions
            8994001 | 9          | 2026-03-02 | 3                | 7                | 3
            8994001 | 9          | 2026-03-02 | 2                | 6                | 2
            """,
    }, """
        laestab | possible_mon_am | missed_mon_am | possible_mon_pm | missed_mon_pm | possible_tue_am | missed_tue_am | possible_fri_pm
        8994001 | 1               | 1             | 2               | 2             | 2               | 0             | 0
        """)  # fmt: skip


def test_a_code_counts_as_what_it_meant_on_its_day(spec):
    spec(weeks, {
        "marks": """
            agency | laestab | source | source_id | on         | session | code
            -------+---------+--------+-----------+------------+---------+-----
            school | 8994001 | s      | 7         | 2024-07-15 | AM      | J
            school | 8994001 | s      | 7         | 2024-07-15 | PM      | H
            school | 8994001 | s      | 7         | 2024-09-16 | AM      | J1
            school | 8994001 | s      | 7         | 2024-09-16 | PM      | J
            """,
        "pupils": PUPIL,
    }, """
        week_on    | possible | absent | authorised
        2024-07-15 | 2        | 1      | 1
        2024-09-16 | 1        | 1      | 1
        """)  # fmt: skip


def test_last_year_she_was_in_the_year_below(spec):
    spec(weeks, {
        "marks": """
            agency | laestab | source | source_id | on         | session | code
            school | 8994001 | s      | 7         | 2026-03-02 | AM      | /
            school | 8994001 | s      | 7         | 2025-09-02 | AM      | /
            school | 8994001 | s      | 7         | 2025-07-02 | AM      | /
            """,
        "pupils": PUPIL,
    }, """
        week_on    | year_group
        2026-03-02 | 9
        2025-09-01 | 9
        2025-06-30 | 8
        """)  # fmt: skip


def test_the_codes_of_a_week_are_kept_as_sums(spec):
    spec(codes_by_week, {
        "marks": """
            agency | laestab | source | source_id | on         | session | code
            school | 8994001 | s      | 7         | 2026-03-02 | AM      | /
            school | 8994001 | s      | 7         | 2026-03-02 | PM      | \\
            school | 8994001 | s      | 7         | 2026-03-03 | AM      | /
            """,
    }, """
        codes
        {"/": 2, "\\\\": 1}
        """)  # fmt: skip


@pytest.mark.spark
def test_a_week_told_by_two_imports_is_one_week_of_the_later_one_from_its_first_mark_to_its_last(spec):
    spec(weeks, {
        "marks": """
            import_id | agency | laestab | source | source_id | on         | session | code
            b         | school | 8994001 | s      | 7         | 2026-03-05 | AM      | /
            a         | school | 8994001 | s      | 7         | 2026-03-03 | PM      | O
            a         | school | 8994001 | s      | 7         | 2026-03-14 | AM      | I
            """,
        "pupils": PUPIL,
    }, """
        week_on    | import_id | first_on   | last_on    | possible | absent
        2026-03-02 | b         | 2026-03-03 | 2026-03-05 | 2        | 1
        2026-03-09 | a         | 2026-03-14 | 2026-03-14 | 1        | 1
        """)  # fmt: skip


def test_each_import_says_how_many_marks_it_holds_of_a_pupil_number_known_codes_or_not(spec):
    spec(rows_of_imports, {
        "marks": """
            import_id | agency | laestab | source | source_id | on         | session | code
            a         | school | 8994001 | s      | 7         | 2026-03-03 | AM      | /
            a         | school | 8994001 | s      | 7         | 2026-03-03 | PM      | ?
            a         | school | 8994001 | s      | 7         | 2026-03-14 | PM      | #
            b         | school | 8994001 | s      | 7         | 2026-03-15 | PM      | /
            """,
    }, """
        import_id | source_id | rows | kind
        a         | 7         | 3    | marks
        b         | 7         | 1    | marks
        """)  # fmt: skip


def rows_of_imports(marks):
    sent = senders(marks)
    return rows_by_import(pupils_by_import(in_numbers(weeks_by_import(marks), sent), sent), sent, "marks")


@pytest.mark.spark
def test_a_year_groups_week_adds_what_was_purged_to_what_is_kept(spec):
    spec(school_week_sums, {
        "attendance_weeks": """
            laestab | year_group | week_on    | counted_possible | counted_absent | ill | import_id
            8994001 | 9          | 2026-03-02 | 10               | 2              | 1   | first
            8994001 | 9          | 2026-03-02 | 10               | 0              | 0   | first
            8994001 | 9          | 2026-03-02 | 10               | 0              | 0   | again
            8994001 | 9          | 2026-03-02 | 0                | 0              | 0   | first
            8994001 | 8          | 2026-03-02 | 10               | 1              | 0   | first
            """,
        "purged_sums": """
            laestab | year_group | week_on    | pupils | counted_possible | counted_absent | ill
            8994001 | 9          | 2026-03-02 | 20     | 200              | 12             | 6
            """,
        "taken_again": """
            import_id
            again
            """,
    }, """
        laestab | year_group | week_on    | pupils | counted_possible | counted_absent | ill
        8994001 | 9          | 2026-03-02 | 22     | 220              | 14             | 7
        8994001 | 8          | 2026-03-02 | 1      | 10               | 1              | 0
        """)  # fmt: skip


def test_a_pupil_with_no_counted_session_is_not_one_of_the_weeks_pupils(spec):
    spec(week_sums, {
        "attendance_weeks": """
            laestab | year_group | week_on    | counted_possible | counted_absent | ill
            8994001 | 9          | 2026-03-02 | 0                | 0              | 0
            8994001 | 9          | 2026-03-02 | 4                | 0              | 0
            """,
    }, """
        laestab | pupils
        8994001 | 1
        """)  # fmt: skip


@pytest.mark.spark
def test_of_six_pupils_a_purged_week_stays_by_half_day_and_of_five_only_in_all(spec):
    """Each of them missed Monday morning."""
    six, five = [("9", f"a{n}") for n in range(6)], [("8", f"b{n}") for n in range(5)]
    head = "source | source_id | laestab | year_group | week_on | first_on | last_on | counted_possible | counted_absent"
    head += " | ill | counted_sessions | missed_sessions"
    weeks = [
        f"s | {pupil} | 8994001 | {year} | 2026-03-02 | 2026-03-02 | 2026-03-06 | 10 | 1 | 0 | 1023 | 1"
        for year, pupil in six + five
    ]
    spec(partial(sums_to_purge, purge_id="tonight"), {
        "attendance_weeks": "\n".join([
            head,
            *weeks,
        ]),
        "pupils_to_purge": "\n".join(["source | source_id", *[f"s | {pupil}" for _, pupil in six + five]]),
    }, """
        year_group | pupils | counted_possible | counted_absent | possible_mon_am | missed_mon_am | missed_mon_pm
        9          | 6      | 60               | 6              | 6               | 6             | 0
        8          | 5      | 50               | 5              |                 |               |
        """)  # fmt: skip


def test_what_a_school_sends_again_takes_the_place_of_what_was_purged_before(spec):
    spec(counted_once, {"purged_sums": """
        purge_id | laestab | year_group | week_on    | first_on   | last_on    | pupils | counted_possible
        ---------+---------+------------+------------+------------+------------+--------+-----------------
        1        | 8994001 | 9          | 2026-03-02 | 2026-03-02 | 2026-03-06 | 20     | 200
        2        | 8994001 | 9          | 2026-03-02 | 2026-03-02 | 2026-03-06 | 18     | 180
        1        | 8994001 | 8          | 2026-03-02 | 2026-03-02 | 2026-03-04 | 20     | 120
        2        | 8994001 | 8          | 2026-03-02 | 2026-03-05 | 2026-03-06 | 20     | 80
        1        | 8994001 | 7          | 2026-03-02 | 2026-03-02 | 2026-03-06 | 20     | 200
        2        | 8994001 | 7          | 2026-03-02 | 2026-03-02 | 2026-03-06 | 3      | 30
        """}, """
        purge_id | year_group | pupils
        2        | 9          | 18
        1        | 8          | 20
        2        | 8          | 20
        1        | 7          | 20
        """)  # fmt: skip
