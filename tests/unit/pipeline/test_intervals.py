"""Intervals: published values, and what must hold of any."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.pipeline.intervals import byar, difference, middle_of, rate, share, wilson


def test_a_share_as_newcombe_printed_it():
    """Newcombe (1998), Statistics in Medicine 17, 857-872: 81 of 263, 15 of 148, 0 of 20, 1 of 29, Wilson's score."""
    for part, whole, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(part, whole) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_a_count_of_rare_events_is_near_the_exact_limits():
    """Exact Poisson limits: 0, 3.69; 1, 0.025 to 5.57; 5, 1.62 to 11.67; 20, 12.22 to 30.89."""
    for count, low, high in ((0, 0, 3.69), (1, 0.025, 5.57), (5, 1.62, 11.67), (20, 12.22, 30.89)):
        assert byar(count) == (pytest.approx(low, abs=0.02), pytest.approx(high, abs=0.05))


def test_a_difference_as_newcombe_printed_it():
    """Newcombe (1998), Statistics in Medicine 17, 873-890, method 10: 56 of 70 and 48 of 80."""
    found = difference(56, 70, 48, 80)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)


def test_a_median_has_no_interval_below_six_values_and_their_ends_at_six():
    assert middle_of([1, 2, 3, 4, 5]).low is None
    found = middle_of([6, 1, 5, 2, 4, 3])
    assert (found.value, found.low, found.high) == (3.5, 1, 6)
    assert middle_of([]).value is None


def test_counties_that_differ_widen_an_interval_beyond_what_counting_alone_says():
    alike = share([50, 50, 50, 50], [100, 100, 100, 100])
    unlike = share([20, 80, 30, 70], [100, 100, 100, 100])
    assert unlike.value == alike.value == 0.5
    assert unlike.high - unlike.low > 2 * (alike.high - alike.low)


def test_nothing_is_no_figure():
    assert share([0], [0]).value is None and rate([0], [0], 1000).value is None


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=12))
def test_an_interval_holds_its_figure_and_keeps_within_bounds(counties):
    parts, wholes = [min(c) for c in counties], [max(c) for c in counties]
    found = share(parts, wholes)
    if found.value is not None:
        assert 0 <= found.low <= found.value + 1e-12 and found.value <= found.high + 1e-12 <= 1 + 1e-9
    found = rate(parts, wholes, 1000)
    if found.value is not None:
        assert 0 <= found.low <= found.value + 1e-9 and found.value <= found.high + 1e-9


def test_nineteen_of_twenty_intervals_hold_the_truth_when_counties_differ():
    chance, held, tries = random.Random(3), 0, 300
    for _ in range(tries):
        parts, wholes = [], []
        for _ in range(10):
            own = min(1.0, max(0.0, chance.gauss(0.3, 0.08)))
            wholes.append(60)
            parts.append(sum(chance.random() < own for _ in range(60)))
        found = share(parts, wholes)
        held += found.low <= 0.3 <= found.high
    assert held / tries > 0.93
