"""Two lines that changed places are told as swapped, both named, however near or far from one another they lie."""

from itertools import combinations

import pytest

from rowan.audit_trail.rules.breaks import Break, Kind, verdict
from tests.chained_lines import KEYS, chained_lines

LINES = 12


@pytest.mark.parametrize(("first", "last"), list(combinations(range(1, LINES + 1), 2)))
def test_they_are_told_as_swapped_and_nothing_else(first, last):
    rows = chained_lines(LINES)
    here, there = rows[first - 1], rows[last - 1]
    rows[first - 1] = there._replace(position=first)
    rows[last - 1] = here._replace(position=last)
    assert verdict(rows, KEYS, {}).after_the_last_anchor == [Break(Kind.SWAPPED, first, last)]
