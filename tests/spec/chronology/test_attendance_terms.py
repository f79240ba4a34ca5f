"""Attendance as a page shows it: a pupil's weeks in one term, together."""

from datetime import date, timedelta

import pytest

from rowan.chronology.rules.attendance_week import AttendanceWeek, weeks_written
from rowan.chronology.tables.attendance_terms import attendance_terms
from tests.people_in_tests import term_of

title = "Attendance by term"

CODES = """
    agency | laestab | source | source_id | week_on    | codes
    school | 8994001 | s      | 7         | 2026-09-07 | {"/": 8, "I": 2}
    school | 8994001 | s      | 7         | 2026-08-31 | {"/": 2}
    school | 8994001 | s      | 7         | 2026-12-28 | {"#": 10}
    school | 8994001 | s      | 7         | 2027-01-04 | {"O": 4, "\\\\": 6}
    school | 8994001 | s      | 8         | 2026-09-14 | {"/": 10}
    """


@pytest.mark.spark
def test_a_week_stands_in_the_term_of_its_monday_with_its_half_days_and_its_codes(spec):
    spec(attendance_terms, {
        "attendance_weeks": """
            person_id | agency | laestab | source | source_id | week_on    | possible | absent | authorised | unauthorised
            p7        | school | 8994001 | s      | 7         | 2026-09-07 | 10       | 2      | 2          | 0
            p7        | school | 8994001 | s      | 7         | 2026-08-31 | 2        | 0      | 0          | 0
            p7        | school | 8994001 | s      | 7         | 2026-12-28 | 0        | 0      | 0          | 0
            p7        | school | 8994001 | s      | 7         | 2027-01-04 | 10       | 4      | 1          | 3
            p7        | school | 8994001 | s      | 8         | 2026-09-14 | 10       | 0      | 0          | 0
            """,
        "codes_by_week": CODES,
    }, """
        person_id | agency_code | term_on    | weeks                         | codes
        p7        | school      | 2026-05-01 | [["2026-08-31", 2, 0, 0, 0]]  | {"2026-08-31": {"/": 2}}
        p7        | school      | 2026-09-01 | [["2026-09-07", 10, 2, 2, 0]] | {"2026-09-07": {"/": 8, "I": 2}}
        p7        | school      | 2026-09-01 | [["2026-09-14", 10, 0, 0, 0]] | {"2026-09-14": {"/": 10}}
        p7        | school      | 2027-01-01 | [["2027-01-04", 10, 4, 1, 3]] | {"2027-01-04": {"O": 4, "\\\\": 6}}
        """)  # fmt: skip


@pytest.mark.spark
def test_weeks_of_one_term_stand_by_monday_whatever_order_they_came_in(spec):
    spec(attendance_terms, {
        "attendance_weeks": """
            person_id | agency | laestab | source | source_id | week_on    | possible | absent | authorised | unauthorised
            p7        | school | 8994001 | s      | 7         | 2026-10-05 | 9        | 0      | 0          | 0
            p7        | school | 8994001 | s      | 7         | 2026-09-07 | 10       | 2      | 2          | 0
            """,
        "codes_by_week": """
            agency | laestab | source | source_id | week_on    | codes
            school | 8994001 | s      | 7         | 2026-10-05 | {"/": 9}
            school | 8994001 | s      | 7         | 2026-09-07 | {"/": 8, "I": 2}
            """,
    }, """
        weeks                                                      | codes
        [["2026-09-07", 10, 2, 2, 0], ["2026-10-05", 9, 0, 0, 0]] | {"2026-09-07": {"/": 8, "I": 2}, "2026-10-05": {"/": 9}}
        """)  # fmt: skip


def test_every_monday_of_a_year_is_in_the_term_of_its_month(spec):
    mondays = [date(2026, 1, 5) + timedelta(weeks=number) for number in range(52)]
    # Each week another pupil's, so that every one stands alone.
    weeks = [
        f"p | school | 8994001 | s | {number} | {monday} | 10 | 0 | 0 | 0" for number, monday in enumerate(mondays)
    ]  # fmt: skip
    codes = [
        f'school | 8994001 | s | {number} | {monday} | {{"/": 10}}' for number, monday in enumerate(mondays)
    ]
    terms = [f'{term_of(monday)} | [["{monday}", 10, 0, 0, 0]]' for monday in mondays]
    heads = "person_id | agency | laestab | source | source_id | week_on | possible | absent | authorised | unauthorised"
    spec(
        attendance_terms,
        {
            "attendance_weeks": "\n".join([heads, *weeks]),
            "codes_by_week": "\n".join(["agency | laestab | source | source_id | week_on | codes", *codes]),
        },
        "\n".join(["term_on | weeks", *terms]),
    )


def test_what_is_written_is_read_again_with_codes_or_without():
    weeks, codes = [["2026-09-07", 10, 2, 2, 0]], {"2026-09-07": {"/": 8, "I": 2}}
    [told] = weeks_written("school", weeks, codes)
    assert told == AttendanceWeek("school", date(2026, 9, 7), 10, 2, 2, 0, {"/": 8, "I": 2})
    [sums] = weeks_written("school", weeks, {})
    assert (sums.absent, sums.codes) == (2, {})
