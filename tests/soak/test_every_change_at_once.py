"""Every change of the site, pressed fifty times in the same moment: one effect, one line on the trail, no error, no half state."""

from collections import Counter

import pytest

from tests.at_once import county, press
from tests.integration.sweep.changes import TRIED

PRESSES = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_of_every_change(measured):
    """Every change of the site pressed 50 times at once: done as often as one after the other would do it, no error 500, nothing half done."""
    found = measured()
    faults, statuses = [], Counter()
    with county() as world:
        for change in TRIED:
            pressed = press(change, world, PRESSES)
            statuses += pressed.statuses
            faults += [f"{change}: {fault}" for fault in pressed.faults]
    found["changes"], found["presses"] = len(TRIED), len(TRIED) * PRESSES
    found["answers by status"] = {str(status): number for status, number in sorted(statuses.items())}
    found["faults"] = len(faults)
    assert faults == [], "\n".join(faults)
