"""Every change pressed several times in the same moment: one effect, one line, no error. Fifty times in `make soak`.

Outside the folder of the sweep, whose one county holds a transaction open: this one has a county and a database of its own.
"""

import pytest

from tests.at_once import county, press
from tests.integration.sweep.changes import TRIED
from tests.integration.sweep.short import quarter_here

PRESSES = 4
QUARTER = quarter_here(TRIED)
HALVES = {"its first half": QUARTER[::2], "its second half": QUARTER[1::2]}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.django_db(transaction=True)
def test_pressed_several_times_at_once_every_change_is_done_once(half):
    with county() as world:
        pressed = [press(change, world, PRESSES) for change in HALVES[half]]
    faults = [f"{each.change}: {fault}" for each in pressed for fault in each.faults]
    assert faults == [], "\n".join(faults)
