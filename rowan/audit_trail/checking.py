"""Checks the whole trail as it lies in the database, against the key and the anchors."""

from dataclasses import dataclass

from django.db import connection

from .anchors import what_was_anchored
from .guards import what_could_change_the_trail
from .keys import every_key
from .reading import rows
from .rules.breaks import Verdict, verdict


@dataclass
class Checked:
    """What the lines show, what the anchors show, and which of the database's own guards do not stand."""

    trail: Verdict
    anchors: int
    anchors_faults: list[str]
    unguarded: list[str]

    @property
    def is_whole(self) -> bool:
        return self.trail.is_whole and not self.anchors_faults


def check_trail() -> Checked:
    anchored = what_was_anchored()
    found = verdict(rows(connection), every_key(), anchored.by_position)
    return Checked(found, len(anchored.good), anchored.faults, what_could_change_the_trail(connection))
