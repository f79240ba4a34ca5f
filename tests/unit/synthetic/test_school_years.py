"""School years of the invented county have the shape of England's."""

from datetime import date

import pytest

from rowan.synthetic.chance import stream
from rowan.synthetic.school_years import easter, name_of, school_year_of, term_days, training_days


@pytest.mark.parametrize("year", range(2015, 2060))
def test_a_school_year_has_about_195_weekdays(year):
    days = term_days(year)
    assert 187 <= len(days) <= 199
    assert all(day.weekday() < 5 for day in days)
    assert days[0].month == 9
    assert days[-1].month == 7


@pytest.mark.parametrize("year", range(2015, 2060))
def test_nobody_goes_to_school_at_christmas_or_on_the_easter_days(year):
    days = set(term_days(year))
    assert date(year, 12, 25) not in days
    assert date(year + 1, 1, 1) not in days
    good_friday = date.fromordinal(easter(year + 1).toordinal() - 2)
    assert good_friday not in days


def test_easter_is_when_it_was():
    assert [easter(year) for year in (2024, 2025, 2026)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
    ]


def test_the_school_year_turns_on_the_first_of_september():
    assert school_year_of(date(2026, 8, 31)) == 2025
    assert school_year_of(date(2026, 9, 1)) == 2026
    assert name_of(2025) == "2025-26"


def test_a_school_has_five_days_without_pupils():
    assert len(training_days(2025, 5, stream(1, "x"))) == 5
