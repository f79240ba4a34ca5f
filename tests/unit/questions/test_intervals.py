"""The interval of a share: figures of a published example, and its edges."""

import pytest

from rowan.questions.rules.intervals import share_of


def test_a_published_example():
    """81 of 263: .308, from .255 to .366 (Newcombe 1998, Statistics in Medicine 17, table I, method 3)."""
    found = share_of(81, 263)
    assert (found.share, found.least, found.most) == pytest.approx((0.3080, 0.2553, 0.3662), abs=0.0001)


def test_none_of_a_few_may_still_be_a_good_part():
    found = share_of(0, 20)
    assert (found.share, found.least) == pytest.approx((0, 0))
    assert found.most == pytest.approx(0.1611, abs=0.0001)  # the same table: 0 of 20


def test_of_nothing_there_is_no_share():
    assert share_of(0, 0) is None
