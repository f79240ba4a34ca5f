"""A year of absences, leavers and returns in short: nothing is stranded, nothing goes to and fro, nobody carries too much."""

import pytest

from tests.soak.a_year_of_clocks import Year, live_a_year, nothing_went_wrong


@pytest.mark.parametrize("seed", [1, 2])
def test_a_small_year_strands_nothing(seed):
    found = live_a_year(seed, agencies=3, clocks=120, events_a_day=5)
    nothing_went_wrong(found)
    assert found.moves > 500


def test_the_account_would_see_a_clock_that_nobody_moved(monkeypatch):
    monkeypatch.setattr("tests.soak.a_year_of_clocks.hand_over", lambda *_: [])
    assert len(live_a_year(1, agencies=2, clocks=40, events_a_day=3).without_owner) > 100
    assert Year(1, agencies=2, clocks=40).people
