"""Dates: one style per column, fixed by the format, never guessed per cell."""

from datetime import date, datetime

import pytest

from rowan.records.rules.dates import (
    DateStyle,
    read_date,
    read_moment,
    unlikely_birth_date,
    why_not_a_date,
)


@pytest.mark.parametrize(
    ("text", "style", "day"),
    [
        ("03/06/2026", DateStyle.DAY_FIRST, date(2026, 6, 3)),
        ("3/6/2026", DateStyle.DAY_FIRST, date(2026, 6, 3)),
        ("27/03/2008 00:00:00", DateStyle.DAY_FIRST, date(2008, 3, 27)),
        ("2026-06-03", DateStyle.ISO, date(2026, 6, 3)),
        ("199806", DateStyle.YEAR_MONTH, date(1998, 6, 1)),
    ],
)
def test_a_date_in_its_columns_style_is_read(text, style, day):
    assert read_date(text, style) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-06-03", "the date is written yyyy-mm-dd in a column of dd/mm/yyyy"),
        ("43101", "a spreadsheet's day number stands where a date (dd/mm/yyyy) should"),
        ("1/7/80", "the year has two figures"),
        ("31/02/2026", "there is no such day"),
        ("20080920", "not a date (dd/mm/yyyy)"),
        ("2012-Jan-21 00:00:00", "not a date (dd/mm/yyyy)"),
        ("=TODAY()", "not a date (dd/mm/yyyy)"),
    ],
)
def test_a_date_in_any_other_style_is_not_guessed_at_and_says_why(text, why):
    assert read_date(text, DateStyle.DAY_FIRST) is None
    assert why_not_a_date(text, DateStyle.DAY_FIRST) == why


def test_a_moment_is_local_and_a_zone_is_not_read():
    assert read_moment("2026-03-01 22:40") == datetime(2026, 3, 1, 22, 40)
    assert read_moment("20160205101112+0000") is None
    assert read_moment("2026-03-01 25:40") is None


@pytest.mark.parametrize("born", [date(1066, 4, 13), date(1900, 1, 1), date(2028, 1, 1)])
def test_a_birth_date_that_cannot_be_is_never_used_for_age(born):
    assert unlikely_birth_date(born, date(2026, 11, 23))


def test_a_likely_birth_date_is_used():
    assert unlikely_birth_date(date(2011, 1, 1), date(2026, 11, 23)) is None
