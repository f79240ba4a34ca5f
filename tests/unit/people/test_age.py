"""How old somebody is on a day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rowan.people.rules.age import age_on

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))


def test_the_birthday_itself_counts():
    assert age_on(date(2012, 6, 3), date(2026, 6, 2)) == 13
    assert age_on(date(2012, 6, 3), date(2026, 6, 3)) == 14


def test_a_birthday_on_the_last_of_february_is_kept_on_the_first_of_march():
    assert age_on(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert age_on(date(2012, 2, 29), date(2026, 3, 1)) == 14


def test_a_birth_date_that_is_unknown_or_still_to_come_gives_no_age():
    assert age_on(None, date(2026, 6, 3)) is None
    assert age_on(date(2027, 1, 1), date(2026, 6, 3)) is None


@given(days, days, days)
def test_nobody_grows_younger(birth_date, one, other):
    before, after = sorted([one, other])
    ages = [age_on(birth_date, day) for day in (before, after)]
    assert ages[0] is None or ages[0] <= ages[1]
