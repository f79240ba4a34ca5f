"""A feed that has sent nothing for longer than its own past lets expect is asked about, whatever feed it is."""

from datetime import date

import pytest

from rowan.questions.tables.feeds_late import feeds_late
from rowan.questions.tables.feeds_silent import school_days

title = "A feed sends nothing for longer than it ever does"
rule = "feed_late"

# Every Monday; the last came on 1 June. By the night of Thursday 11 June eight working days have passed without.
SENT = """
    feed           | agency | received_on
    police_missing | police | 2026-05-04
    police_missing | police | 2026-05-11
    police_missing | police | 2026-05-18
    police_missing | police | 2026-05-25
    police_missing | police | 2026-06-01
    """
REACH = """
    feed           | agency | reaches_to
    police_missing | police | 2026-05-31
    """
AGREED = """
    feed           | agency | until_on
    police_missing | police |
    """
NO_REGISTERS = """
    laestab | year_group | week_on
    """
# Working days by the end of each day: the night counts them over two years; here those of the story are drawn.
DAYS = """
    on         | place
    2026-05-04 | 1
    2026-05-11 | 6
    2026-05-18 | 11
    2026-05-25 | 16
    2026-06-01 | 21
    2026-06-02 | 22
    2026-06-08 | 26
    2026-06-10 | 28
    2026-06-11 | 29
    """
TABLES = {"imports": SENT, "feed_reaches": REACH, "agreements": AGREED, "school_week_sums": NO_REGISTERS, "calendar": DAYS}  # fmt: skip
NOBODY = """
    agency | reaches_to
    """
NIGHT = date(2026, 6, 11)
# A hub of one school, whose registers came on five days and then stopped.
REGISTERS = """
    feed             | agency   | received_on
    attendance_marks | school-1 | 2026-05-04
    attendance_marks | school-1 | 2026-05-11
    attendance_marks | school-1 | 2026-05-18
    attendance_marks | school-1 | 2026-05-25
    attendance_marks | school-1 | 2026-06-01
    """
OF_ONE_SCHOOL = TABLES | {
    "imports": REGISTERS,
    "feed_reaches": """
        feed             | agency   | reaches_to
        attendance_marks | school-1 | 2026-05-29
        """,
    "agreements": """
        feed             | agency   | until_on
        attendance_marks | school-1 |
        attendance_marks | school-2 |
        attendance_marks | school-3 |
        attendance_marks | school-4 |
        """,
}
# The second school was open from Tuesday 2 June to Thursday 11 June.
OPEN = """
    laestab | year_group | week_on    | possible_mon_am | possible_tue_am | possible_wed_pm | possible_thu_am | possible_fri_am
    2       | 9          | 2026-06-01 |                 | 30              | 30              | 30              | 30
    2       | 9          | 2026-06-08 | 30              | 30              | 30              | 30              |
    """
REACHES_OF_TWO = """
    feed             | agency   | reaches_to
    attendance_marks | school-1 | 2026-05-29
    attendance_marks | school-2 | 2026-06-11
    """


def late(imports, feed_reaches, agreements, school_week_sums, calendar, values, as_of=NIGHT):
    return feeds_late(
        imports, feed_reaches, agreements, school_days(school_week_sums), calendar, values, as_of=as_of
    )


@pytest.mark.spark
def test_a_weekly_file_that_has_not_come_for_eight_working_days_asks_its_agency(spec):
    spec(late, TABLES, """
        feed           | agency | reaches_to | last_on    | silent_days | expected | deliveries | others
        police_missing | police | 2026-05-31 | 2026-06-01 | 8           | 5        | 5          | 0
        """, values={})  # fmt: skip


def test_half_as_long_again_as_expected_is_not_yet_late(spec):
    # By the night of Wednesday 10 June seven of the seven and a half.
    spec(late, {**TABLES, "calendar": DAYS.replace("2026-06-11 | 29", "")}, NOBODY, values={}, as_of=date(2026, 6, 10))  # fmt: skip


def test_a_feed_that_came_on_four_days_has_no_habit_yet(spec):
    spec(late, {**TABLES, "imports": SENT.replace("police_missing | police | 2026-05-04", "")}, NOBODY, values={})  # fmt: skip


def test_several_files_of_one_day_are_one_delivery(spec):
    spec(late, {**TABLES, "imports": SENT.replace("2026-05-04", "2026-05-11")}, NOBODY, values={})


def test_one_long_gap_in_ten_does_not_change_what_is_expected_and_a_lesser_share_does(spec):
    gapped = {**TABLES, "imports": SENT.replace("police_missing | police | 2026-05-11", "").replace(
        "2026-05-04", "2026-05-04\n    police_missing | police | 2026-06-02")}  # fmt: skip
    # Gaps of 10, 5, 5 and 1 working days: nine in ten lie within 10, half within 5.
    spec(late, gapped, NOBODY, values={})
    spec(late, gapped, """
        agency | silent_days | expected
        police | 7           | 5
        """, values={"questions.feed_late.gaps_percent": 50, "questions.feed_late.longer_percent": 120})  # fmt: skip


def test_a_feed_whose_agreement_has_ended_is_not_asked_about(spec):
    spec(late, {**TABLES, "agreements": AGREED.replace("police |", "police | 2026-06-09")}, NOBODY, values={})


def test_the_only_school_that_sends_registers_is_asked_too(spec):
    spec(late, OF_ONE_SCHOOL, """
        feed             | agency   | silent_days | expected | others
        attendance_marks | school-1 | 8           | 5        | 0
        """, values={})  # fmt: skip


def test_beside_one_other_school_only_days_on_which_it_was_open_are_counted(spec):
    spec(late, {**OF_ONE_SCHOOL, "feed_reaches": REACHES_OF_TWO, "school_week_sums": OPEN}, """
        agency   | silent_days | others
        school-1 | 8           | 1
        """, values={})  # fmt: skip
    holiday = OPEN.replace("2026-06-08", "2026-04-06")
    spec(late, {**OF_ONE_SCHOOL, "feed_reaches": REACHES_OF_TWO, "school_week_sums": holiday}, NOBODY, values={})  # fmt: skip


def test_with_three_others_to_compare_with_the_rule_on_registers_asks_and_this_one_does_not(spec):
    spec(late, {
        **OF_ONE_SCHOOL,
        "feed_reaches": REACHES_OF_TWO.rstrip(" ") + "attendance_marks | school-3 | 2026-06-11\nattendance_marks | school-4 | 2026-06-11\n",
        "school_week_sums": OPEN,
    }, NOBODY, values={})  # fmt: skip
