"""Which reports are of one absence, whichever came first."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from rowan.missing.rules.same_absence import Absence, is_the_same, the_same_absence

NOW = datetime(2026, 6, 10, 9)


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 6, day, hour)


def test_a_report_within_another_is_the_same_absence():
    form = Absence("form", at(2, 21), goes_on=True)
    assert is_the_same(Absence("feed", at(2, 22), at(3, 2)), form, NOW)


def test_a_child_who_was_back_and_went_again_is_missing_anew():
    assert not is_the_same(Absence("first", at(2, 8), at(2, 12)), Absence("second", at(2, 20), at(3, 1)), NOW)


def test_a_report_without_an_end_covers_a_day_and_one_that_goes_on_covers_until_now():
    later = Absence("later", at(4, 9), at(4, 10))
    assert not is_the_same(Absence("open", at(2, 21)), later, NOW)
    assert is_the_same(Absence("missing still", at(2, 21), goes_on=True), later, NOW)


def test_dates_alone_cover_their_last_day_whole():
    council = Absence("council", at(2), at(3), whole_days=True)
    assert is_the_same(council, Absence("police", at(3, 18), at(3, 23)), NOW)
    assert not is_the_same(council, Absence("police", at(4, 18), at(4, 23)), NOW)


def test_of_two_the_one_that_began_nearest_is_meant():
    known = [Absence("far", at(2, 1), at(3, 1)), Absence("near", at(2, 20), at(3, 1))]
    assert the_same_absence(Absence("", at(2, 21), at(2, 23)), known, NOW).key == "near"
    assert the_same_absence(Absence("", at(8), at(8, 1)), known, NOW) is None


absences = some.builds(
    lambda began, hours, goes_on, whole: Absence(
        "", began, None if hours is None else began + timedelta(hours=hours), goes_on and hours is None, whole
    ),
    some.datetimes(datetime(2026, 6, 1), NOW),
    some.none() | some.integers(0, 60),
    some.booleans(),
    some.booleans(),
)


@given(absences, absences)
def test_it_does_not_matter_which_comes_first(one, other):
    assert is_the_same(one, other, NOW) == is_the_same(other, one, NOW)
    assert is_the_same(one, one, NOW)
