"""Every change of the site, pressed fifty times in the same moment: one effect, one line on the trail, no error, no half state."""

import json
import time
from collections import Counter

import pytest
from django.db import connection

from tests.at_once import county, press
from tests.integration.sweep.changes import TRIED

PRESSES = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_of_every_change():
    faults, statuses, began = [], Counter(), time.monotonic()
    with county() as world:
        for change in TRIED:
            pressed = press(change, world, PRESSES)
            statuses += pressed.statuses
            faults += [f"{change}: {fault}" for fault in pressed.faults]
    print(
        json.dumps(
            {
                "database": connection.vendor,
                "changes": len(TRIED),
                "presses": len(TRIED) * PRESSES,
                "answers": dict(sorted(statuses.items())),
                "seconds": round(time.monotonic() - began),
            }
        )
    )
    assert faults == [], "\n".join(faults)
