"""A school that has sent nothing of several school days is asked about its registers; a holiday asks nobody."""

from datetime import date

import pytest

from rowan.questions.tables.feeds_silent import feeds_silent, school_days

title = "A school's registers fall silent"
rule = "feed_silent"

# The other three were open in both weeks; Rowan Road's marks stop on the second Tuesday.
OPEN = """
    laestab | year_group | week_on    | possible_mon_am | possible_tue_am | possible_wed_pm | possible_thu_am | possible_fri_am
    1       | 9          | 2026-06-01 | 30              | 30              | 29              | 30              | 30
    1       | 9          | 2026-06-08 | 30              | 30              |                 |                 |
    2       | 9          | 2026-06-08 | 30              | 30              | 30              | 30              | 30
    2       | 9          | 2026-06-15 | 30              | 30              | 30              |                 |
    3       | 9          | 2026-06-08 | 30              | 30              | 30              | 30              | 30
    3       | 9          | 2026-06-15 | 30              | 30              | 30              |                 |
    4       | 9          | 2026-06-08 | 30              | 30              | 30              | 30              | 30
    4       | 9          | 2026-06-15 | 30              | 30              |                 |                 |
    """
REACH = """
    feed             | agency   | reaches_to
    attendance_marks | school-1 | 2026-06-09
    attendance_marks | school-2 | 2026-06-17
    attendance_marks | school-3 | 2026-06-17
    attendance_marks | school-4 | 2026-06-16
    """
AGREED = """
    feed             | agency   | until_on
    attendance_marks | school-1 |
    attendance_marks | school-2 |
    attendance_marks | school-3 |
    attendance_marks | school-4 | 2027-08-31
    """
TABLES = {"school_week_sums": OPEN, "feed_reaches": REACH, "agreements": AGREED}
NOBODY = """
    agency | reaches_to
    """
NIGHT = date(2026, 6, 18)


def silent(school_week_sums, feed_reaches, agreements, values, as_of=NIGHT):
    return feeds_silent(school_days(school_week_sums), feed_reaches, agreements, values, as_of=as_of)


@pytest.mark.spark
def test_five_school_days_without_a_mark_ask_the_school(spec):
    spec(silent, TABLES, """
        feed             | agency   | reaches_to | school_days | others
        attendance_marks | school-1 | 2026-06-09 | 5           | 3
        """, values={})  # fmt: skip


def test_a_day_on_which_only_two_other_schools_were_open_is_no_school_day(spec):
    # On Wednesday 17 June school 4 was closed, so five days have passed and not six.
    spec(silent, TABLES, NOBODY, values={"questions.feed_silent.school_days": 6})
    spec(silent, TABLES, """
        agency   | school_days
        school-1 | 6
        """, values={"questions.feed_silent.school_days": 6, "questions.feed_silent.least_schools": 2})  # fmt: skip


def test_a_holiday_asks_nobody_however_long_it_is(spec):
    spec(silent, {
        **TABLES,
        "school_week_sums": """
            laestab | year_group | week_on    | possible_mon_am | possible_tue_am | possible_wed_am | possible_thu_am | possible_fri_am
            1       | 9          | 2026-07-13 | 30              | 30              | 30              | 30              | 30
            2       | 9          | 2026-07-13 | 30              | 30              | 30              | 30              | 30
            3       | 9          | 2026-07-13 | 30              | 30              | 30              | 30              | 30
            4       | 9          | 2026-07-13 | 30              | 30              | 30              | 30              | 30
            2       | 9          | 2026-08-31 |                 |                 | 30              | 30              | 30
            3       | 9          | 2026-08-31 |                 |                 | 30              | 30              | 30
            4       | 9          | 2026-08-31 |                 |                 |                 | 30              | 30
            """,
        "feed_reaches": """
            feed             | agency   | reaches_to
            attendance_marks | school-1 | 2026-07-17
            attendance_marks | school-2 | 2026-09-04
            attendance_marks | school-3 | 2026-09-04
            attendance_marks | school-4 | 2026-09-04
            """,
    }, NOBODY, values={}, as_of=date(2026, 9, 6))  # fmt: skip


def test_when_most_schools_have_sent_nothing_either_nobody_is_asked(spec):
    # Two of eight others sent their month early: that is no sign that the rest are silent.
    late = "".join(f"attendance_marks | school-{n} | 2026-06-09\n" for n in range(5, 11))
    agreed = "".join(f"attendance_marks | school-{n} |\n" for n in range(5, 11))
    spec(silent, {
        **TABLES,
        "feed_reaches": REACH.rstrip(" ") + late,
        "agreements": AGREED.rstrip(" ") + agreed,
    }, NOBODY, values={})  # fmt: skip


def test_a_school_whose_agreement_has_ended_is_not_asked(spec):
    spec(silent, {
        **TABLES,
        "agreements": AGREED.replace("school-1 |", "school-1 | 2026-06-09"),
    }, NOBODY, values={})  # fmt: skip


def test_other_feeds_have_no_school_days_and_are_not_asked_about(spec):
    spec(silent, {
        **TABLES,
        "feed_reaches": REACH.replace("attendance_marks | school-1", "school_log | school-1"),
    }, NOBODY, values={})  # fmt: skip


def test_a_school_silent_for_longer_than_the_others_are_looked_back_at_is_asked_all_the_same(spec):
    spec(silent, {**TABLES, "feed_reaches": REACH.replace("2026-06-09", "2026-02-12")}, """
        agency   | reaches_to | school_days
        school-1 | 2026-02-12 | 7
        """, values={})  # fmt: skip
