"""Working days in England."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rowan.timescales.rules.working_days import add_working_days, is_working_day, working_days_between

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_a_friday_afternoon_and_one_working_day_is_monday():
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)


def test_christmas_is_not_a_working_day_and_boxing_day_is_made_up_for_on_monday():
    assert not is_working_day(date(2026, 12, 25))
    assert not is_working_day(date(2026, 12, 28))  # Boxing Day falls on a Saturday
    assert add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 29)


def test_what_starts_on_a_sunday_and_is_due_the_same_day_is_due_on_monday():
    assert add_working_days(date(2026, 11, 22), 0) == date(2026, 11, 23)


@given(days, st.integers(0, 60))
def test_a_deadline_is_always_a_working_day(day, n):
    assert is_working_day(add_working_days(day, n))


@given(days, st.integers(0, 60))
def test_more_working_days_are_never_earlier(day, n):
    assert add_working_days(day, n + 1) > add_working_days(day, n)


@given(days, st.integers(1, 40))
def test_counting_back_agrees(day, n):
    started = add_working_days(day, 0)
    assert working_days_between(started, add_working_days(started, n)) == n


@given(days)
def test_a_working_day_comes_within_a_week(day):
    assert add_working_days(day, 0) - day <= timedelta(days=7)
