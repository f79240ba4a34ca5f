"""A line that Rowan wrote, put in a second time, is told as one line too many, wherever it is put."""

from itertools import product

import pytest

from rowan.audit_trail.rules.breaks import Break, Kind, verdict
from tests.chained_lines import KEYS, chained_lines

LINES = 9


@pytest.mark.parametrize(
    ("like", "place"), [pair for pair in product(range(1, LINES + 1), range(1, LINES)) if pair[0] != pair[1]]
)
def test_it_is_told_as_inserted_and_nothing_else(like, place):
    rows = chained_lines(LINES)
    rows.insert(place - 1, rows[like - 1])
    numbered_anew = [row._replace(position=number) for number, row in enumerate(rows, 1)]
    found = verdict(numbered_anew, KEYS, {}).after_the_last_anchor
    # Of two equal lines side by side either is the one too many.
    assert found in ([Break(Kind.INSERTED, place, place)], [Break(Kind.INSERTED, like, like)])
