"""Every change pressed several times in the same moment: one effect, one line, no error. Fifty times in `make soak`."""

import pytest
from django.conf import settings

from tests.at_once import county, press

from .changes import TRIED

PRESSES = 4
# Every other change here and the rest on the other database, for the time it takes; all of them on both in `make soak`.
HALF = TRIED["postgresql" in settings.DATABASES["default"]["ENGINE"] :: 2]


@pytest.mark.django_db(transaction=True)
def test_pressed_several_times_at_once_every_change_is_done_once():
    with county() as world:
        pressed = [press(change, world, PRESSES) for change in HALF]
    faults = [f"{each.change}: {fault}" for each in pressed for fault in each.faults]
    assert faults == [], "\n".join(faults)
