"""In a flood pictures go first and reports wait their turn; none is refused, so no rule here can refuse one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rowan.concerns.rules.flood import NO_PICTURES_NOW, Flood, flood_at, refusal_of_pictures
from rowan.concerns.rules.sent_files import FILES_AT_MOST, refusal_of_another
from rowan.concerns.rules.settings import FLOOD, PICTURES_UP_TO, SETTINGS, UNSENT_FILES

NOW = datetime(2026, 11, 27, 21, 0, tzinfo=UTC)


def reports(*minutes_ago: float) -> list[datetime]:
    return [NOW - timedelta(minutes=minutes) for minutes in minutes_ago]


@pytest.mark.parametrize(
    ("number", "flood"),
    [
        (0, Flood.NONE),
        (3, Flood.NONE),
        (4, Flood.PICTURES_GO),
        (6, Flood.PICTURES_GO),
        (7, Flood.REPORTS_QUEUE),
    ],
)
def test_above_the_first_number_pictures_go_and_above_the_second_reports_queue(number, flood):
    assert flood_at(NOW, reports(*[1] * number), pictures_up_to=3, each_up_to=6) is flood


def test_only_what_came_within_ten_minutes_is_counted():
    many = reports(*[10] * 50, 9.9, 0)
    assert flood_at(NOW, many, pictures_up_to=2, each_up_to=3) is Flood.NONE
    assert flood_at(NOW - timedelta(minutes=1), many, pictures_up_to=2, each_up_to=3) is Flood.REPORTS_QUEUE


def test_a_report_that_another_clock_dates_later_is_not_counted_before_its_time():
    assert flood_at(NOW, reports(*[-1] * 50), pictures_up_to=2, each_up_to=3) is Flood.NONE


@given(
    some.lists(some.floats(-20, 30), max_size=60),
    some.integers(1, 40),
    some.integers(1, 40),
)
def test_however_the_numbers_are_set_pictures_go_before_any_report_queues(minutes_ago, pictures, each):
    found = flood_at(NOW, reports(*minutes_ago), pictures_up_to=pictures, each_up_to=each)
    if found is Flood.REPORTS_QUEUE:
        assert refusal_of_pictures(found, lie_unsent=0, unsent_up_to=300)


@given(some.lists(some.floats(0, 9), max_size=40), some.integers(1, 20), some.integers(1, 20))
def test_one_report_more_never_makes_a_flood_smaller(minutes_ago, pictures, each):
    order, numbers = list(Flood), {"pictures_up_to": pictures, "each_up_to": each}
    before = flood_at(NOW, reports(*minutes_ago), **numbers)
    assert order.index(flood_at(NOW, reports(*minutes_ago, 0), **numbers)) >= order.index(before)


def test_no_picture_is_taken_in_a_flood_and_none_while_too_many_lie_unsent():
    assert refusal_of_pictures(Flood.NONE, lie_unsent=299, unsent_up_to=300) is None
    assert refusal_of_pictures(Flood.NONE, lie_unsent=300, unsent_up_to=300) == NO_PICTURES_NOW
    assert refusal_of_pictures(Flood.PICTURES_GO, lie_unsent=0, unsent_up_to=300) == NO_PICTURES_NOW
    assert "tell us in words, and say that you have a picture" in NO_PICTURES_NOW


def test_a_report_takes_a_few_files_and_says_when_it_has_enough():
    assert [refusal_of_another(number) is None for number in range(FILES_AT_MOST + 2)] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_the_numbers_are_settings_and_pictures_go_first_as_they_come():
    assert {FLOOD, PICTURES_UP_TO, UNSENT_FILES} <= set(SETTINGS)
    assert PICTURES_UP_TO.default < FLOOD.default
