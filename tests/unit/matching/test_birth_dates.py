"""How alike two birth dates are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.matching.rules.birth_dates import BirthLikeness, birth_likeness


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        (date(2011, 3, 5), BirthLikeness.SAME),
        (date(2011, 5, 3), BirthLikeness.SWAPPED),
        (date(2011, 3, 6), BirthLikeness.SLIP),
        (date(2011, 3, 15), BirthLikeness.SLIP),
        (date(2011, 3, 1), BirthLikeness.SLIP),
        (date(2012, 3, 5), BirthLikeness.SLIP),
        (date(2011, 8, 5), BirthLikeness.SLIP),
        (date(2012, 4, 5), BirthLikeness.OTHER),
        (date(2011, 3, 27), BirthLikeness.OTHER),
        (None, BirthLikeness.UNKNOWN),
    ],
)
def test_each_kind_of_slip_has_its_name(other, likeness):
    assert birth_likeness(date(2011, 3, 5), other) == likeness


@given(st.dates(date(2005, 1, 1), date(2024, 1, 1)), st.dates(date(2005, 1, 1), date(2024, 1, 1)))
def test_likeness_is_the_same_both_ways(one, other):
    assert birth_likeness(one, other) == birth_likeness(other, one)
