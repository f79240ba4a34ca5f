"""Has a count risen? The test is exact, and its table is in rules."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowan.questions.rules.absence_risen import critical_rows
from rowan.questions.rules.rise import (
    MOST_SHARE,
    SHARE_STEP,
    _chances,
    critical_table,
    least_that_is_a_rise,
    share_step,
    stand_among,
    steps_of_chance,
    with_caution,
)
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
    # Of 260 sessions of the past; whoever missed so much that no month could be more has no line.
    assert 40 < max(row["total"] for row in rows) <= 260
    assert all(0 < row["at_least"] <= row["at_most"] <= 40 for row in rows)


def test_six_looks_share_the_agreed_chance():
    """Six of six Fridays are rarer than a sixth of one in a thousand; five of five are not."""
    least = {}
    for row in critical_day_rows({}):
        named = row["total"], row["share"]
        least[named] = min(row["at_least"], least.get(named, row["at_least"]))
    assert least[6, 20] == 6 and (5, 20) not in least
    assert 0.2**6 <= 0.001 / 6 < 0.2**5


TABLE: dict = {}
for each in critical_table(chance=0.05, clump=3, most=40):
    TABLE.setdefault((each["total"], each["share"]), []).append(each)


@given(st.integers(1, 40), st.integers(1, 30).map(lambda step: step * SHARE_STEP))
def test_a_number_is_worth_the_step_just_above_its_own_chance(total, percent):
    """Every number from the least on stands in one row; the row's weight is how likely chance alone is to end there."""
    chances, cautious = list(_chances(total, percent / 100, 3)), with_caution(total, percent / 100, 3)
    least = least_that_is_a_rise(total, percent / 100, chance=0.05, clump=3)
    rows = TABLE.get((total, percent), [])
    named = [number for row in rows for number in range(row["at_least"], row["at_most"] + 1)]
    assert sorted(named) == list(range(least or total + 1, total + 1))
    for row in rows:
        own = sum(chances[row["at_least"] :])
        assert own <= row["chance"] and (
            own > row["chance"] * 10**-0.2001 or row["chance"] == min(steps_of_chance(0.05))
        )
        assert row["weight"] == pytest.approx(sum(cautious[row["at_least"] : row["at_most"] + 1]))


@given(st.lists(st.sampled_from([0.001, 0.004, 0.01, 0.03, 0.2]), max_size=12), st.integers(1, 50))
def test_where_every_look_can_reach_every_chance_it_is_benjamini_and_hochberg(worths, looks):
    looks = max(looks, len(worths))
    in_order = sorted(worths)
    passing = [place for place, worth in enumerate(in_order, 1) if worth <= 0.1 * place / looks]
    expected = [bool(passing) and worth <= in_order[max(passing) - 1] for worth in worths]
    assert stand_among(worths, lambda worth: worth * looks, false_share=0.1) == pytest.approx(expected)


@given(totals, shares, clumps)
def test_with_caution_great_numbers_are_likelier_and_the_mean_is_the_same(total, share, clump):
    plain, cautious = list(_chances(total, share, clump)), with_caution(total, share, clump)
    assert cautious[-1] >= plain[-1] * (1 - 1e-9)
    assert sum(cautious) == pytest.approx(1)
    assert sum(n * each for n, each in enumerate(cautious)) == pytest.approx(total * share)
