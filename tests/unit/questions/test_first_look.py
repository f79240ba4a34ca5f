"""How soon questions are looked at, with those that still wait counted for as long as they have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.questions.rules.first_look import Wait, hours_until


def looked(*hours):
    return [Wait(each, looked_at=True) for each in hours]


def waiting(*hours):
    return [Wait(each, looked_at=False) for each in hours]


def test_where_all_were_looked_at_it_is_the_plain_share():
    assert hours_until(0.5, looked(1, 2, 3, 4)) == 2
    assert hours_until(0.9, looked(*range(1, 11))) == 9


def test_by_hand_with_two_that_left_the_count_early():
    # 1 of 6 at 6 hours, then one gone at 7: 5/6. 1 of 4 at 10: 5/8. One gone at 11. 1 of 2 at 13: 5/16.
    waits = looked(6, 10, 13) + waiting(7, 11, 20)
    assert hours_until(1 / 6, waits) == 6
    assert hours_until(3 / 8, waits) == 10
    assert hours_until(0.5, waits) == 13
    assert hours_until(0.9, waits) is None


def test_what_has_only_just_been_asked_makes_nothing_look_quick_or_slow():
    assert hours_until(0.5, looked(5, 6) + waiting(0.1, 0.1, 0.1)) == hours_until(0.5, looked(5, 6))


@pytest.mark.parametrize("waits", [[], waiting(1, 2)])
def test_where_nobody_has_looked_there_is_no_time_to_tell(waits):
    assert hours_until(0.5, waits) is None


@given(st.lists(st.builds(Wait, st.integers(0, 30).map(float), st.booleans()), max_size=12))
def test_a_larger_share_never_comes_sooner(waits):
    half, most = hours_until(0.5, waits), hours_until(0.9, waits)
    assert most is None or (half is not None and half <= most)
