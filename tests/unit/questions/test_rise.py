"""Has a count risen? The test is exact, and its table is in rules."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowan.questions.rules.absence_risen import critical_rows
from rowan.questions.rules.rise import MOST_SHARE, SHARE_STEP, _chances, least_that_is_a_rise, share_step
from rowan.questions.rules.same_days_missed import critical_day_rows

totals = st.integers(1, 120)
shares = st.integers(1, 29).map(lambda step: step * SHARE_STEP / 100)
clumps = st.sampled_from([1.0, 1.5, 3.0, 4.0, 7.0])
chances = st.sampled_from([0.0001, 0.001, 0.01, 0.05])


@given(totals, shares, clumps)
def test_the_chances_of_all_numbers_add_up_to_one(total, share, clump):
    assert sum(_chances(total, share, clump)) == pytest.approx(1)


@given(totals, shares, clumps)
def test_on_average_the_newest_weeks_hold_their_share(total, share, clump):
    mean = sum(number * each for number, each in enumerate(_chances(total, share, clump)))
    assert mean == pytest.approx(total * share)


def test_without_clumps_it_is_the_exact_binomial_of_the_textbook():
    total, share = 12, Fraction(1, 5)
    tail = Fraction(0)
    for number in range(total, -1, -1):
        tail += comb(total, number) * share**number * (1 - share) ** (total - number)
        if tail > Fraction(1, 100):
            break
    assert least_that_is_a_rise(total, 0.2, chance=0.01, clump=1) == number + 1


@given(totals, shares, clumps, chances)
@settings(max_examples=200)
def test_a_greater_share_a_smaller_chance_or_greater_clumps_never_make_a_rise_easier(
    total, share, clump, chance
):
    none = total + 1
    here = least_that_is_a_rise(total, share, chance=chance, clump=clump) or none
    assert (least_that_is_a_rise(total, share + 0.02, chance=chance, clump=clump) or none) >= here
    assert (least_that_is_a_rise(total, share, chance=chance / 2, clump=clump) or none) >= here


@given(totals, shares, clumps, chances)
def test_chance_alone_reaches_the_least_number_no_more_often_than_agreed(total, share, clump, chance):
    least = least_that_is_a_rise(total, share, chance=chance, clump=clump)
    if least is not None:
        assert sum(list(_chances(total, share, clump))[least:]) <= chance * (1 + 1e-9)


@given(st.floats(0.001, MOST_SHARE / 100))
def test_a_share_is_rounded_up_so_that_rounding_never_asks(share):
    assert share_step(share) >= share * 100 - 1e-6
    assert share_step(share) % SHARE_STEP == 0


def test_the_table_holds_a_line_for_whatever_can_be_a_rise():
    rows = critical_rows({})
    assert {row["share"] for row in rows} <= set(range(SHARE_STEP, MOST_SHARE + 1, SHARE_STEP))
    assert max(row["total"] for row in rows) == 300
    assert all(0 < row["at_least"] <= row["total"] for row in rows)


def test_six_looks_share_the_agreed_chance():
    """Six of six Fridays are rarer than a sixth of one in a thousand; five of five are not."""
    least = {(row["total"], row["share"]): row["at_least"] for row in critical_day_rows({})}
    assert least[6, 20] == 6 and (5, 20) not in least
    assert 0.2**6 <= 0.001 / 6 < 0.2**5
