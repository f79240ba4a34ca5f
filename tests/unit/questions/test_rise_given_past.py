"""What a pupil's own past makes likely: held against the same chances summed the long way."""

from math import comb, exp, lgamma, log, log1p

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.questions.rules.absence_risen import critical_rows
from rowan.questions.rules.rise_given_past import (
    SPREAD,
    chances_given_past,
    critical_table_given_past,
    least_given_past,
)

pasts = st.integers(0, 200)
shares = st.integers(1, 15).map(lambda step: step * 2 / 100)
clumps = st.sampled_from([1.0, 2.0, 4.0, 7.5])


def the_long_way(past: int, share: float, clump: float, number: int) -> float:
    """Over every number of clumps: how likely so many are, and that together they last so many sessions."""
    known, longest = SPREAD + past / clump, (clump + 1) / 2
    odds, ends = clump * share / (1 - share) / longest, 1 / longest
    whole = 0.0
    for clumps_ in range(number + 1):
        many = exp(lgamma(clumps_ + known) - lgamma(known) - lgamma(clumps_ + 1) - known * log1p(odds) + clumps_ * log(odds / (1 + odds)))  # fmt: skip
        if clumps_ == 0:
            lasts = 1.0 if number == 0 else 0.0
        else:
            lasts = comb(number - 1, clumps_ - 1) * ends**clumps_ * (1 - ends) ** (number - clumps_)
        whole += many * lasts
    return whole


@given(pasts, shares, clumps, st.integers(0, 40))
def test_each_chance_is_what_the_long_way_gives(past, share, clump, number):
    chances = chances_given_past(past, share, clump)
    found = chances[number] if number < len(chances) else 0.0
    assert found == pytest.approx(the_long_way(past, share, clump, number), rel=1e-6, abs=1e-12)


@given(pasts, shares, clumps)
def test_they_add_up_to_one_and_their_mean_lies_between_the_past_and_what_is_known_of_pupils_at_all(past, share, clump):  # fmt: skip
    chances = chances_given_past(past, share, clump)
    assert sum(chances) == pytest.approx(1)
    mean = sum(number * each for number, each in enumerate(chances))
    assert mean == pytest.approx((SPREAD * clump + past) * share / (1 - share), rel=1e-6)


@given(pasts, shares, st.sampled_from([0.0001, 0.001, 0.05]))
def test_whoever_missed_more_before_is_asked_about_later(past, share, chance):
    def least(before):
        return least_given_past(before, share, chance=chance, clump=4, most=60) or 61

    assert least(past + 1) >= least(past)
    assert (least_given_past(past, share, chance=chance / 2, clump=4, most=60) or 61) >= least(past)


def test_a_pupil_who_misses_a_whole_month_stands_out_of_a_county():
    """Of ten thousand pupils looked at, fewer than a tenth of one would reach it by chance: it stands at a tenth."""
    for past in (0, 6, 16):
        assert sum(chances_given_past(past, 0.14, 4)[40:]) < 0.1 / 10_000


def test_the_rows_of_the_table_hold_every_number_from_the_least_on():
    rows: dict = {}
    for each in critical_table_given_past(chance=0.05, clump=4, most_past=30, most=40):
        rows.setdefault((each["total"], each["share"]), []).append(each)
    assert rows[0, 14][-1]["at_least"] == least_given_past(0, 0.14, chance=0.05, clump=4, most=40)
    for (past, share), lines in rows.items():
        named = sorted(n for line in lines for n in range(line["at_least"], line["at_most"] + 1))
        assert named == list(
            range(least_given_past(past, share / 100, chance=0.05, clump=4, most=40) or 41, 41)
        )
        chances = chances_given_past(past, share / 100, 4)
        assert sum(line["weight"] for line in lines) == pytest.approx(sum(chances[named[0] :]))


def test_the_nights_table_is_small():
    assert len(critical_rows({})) < 20_000
