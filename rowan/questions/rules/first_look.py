"""How soon a question is looked at, counting those that nobody has looked at yet for as long as they have waited.

The product-limit estimate (Kaplan and Meier, "Nonparametric estimation from incomplete observations", Journal of the American Statistical
Association 1958): leaving out what still waits would make a hub that never looks seem as quick as its few looks.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple


class Wait(NamedTuple):
    hours: float  # until the first look, or until now
    looked_at: bool


def _hours(wait: Wait) -> float:
    return wait.hours


def hours_until(share: float, waits: Iterable[Wait]) -> float | None:
    """Hours after which this share (from 0 to 1) of questions had been looked at; None where so many have not been yet."""
    in_order = sorted(waits)
    waiting, not_yet = len(in_order), 1.0
    for hours, together in groupby(in_order, key=_hours):
        now = list(together)
        not_yet *= 1 - sum(wait.looked_at for wait in now) / waiting
        waiting -= len(now)
        if 1 - not_yet >= share - 1e-9:
            return hours
    return None
