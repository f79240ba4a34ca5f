"""How much memory a night may hold: what its rows about people need, for the steps that gather them spill nothing. Marks are worked through a part at a time."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path

from rowan.records.keeping import delta_tables
from rowan.records.sources.attendance_marks import MARKS

# A county of twenty thousand children has some 37,000 rows beside its marks, and stays within the first part.
MEGABYTES_A_PART = 200
ROWS_A_PART = 40_000
# What a night asks is trees of many small things. Python would look through them all every seven hundred, and find none to throw away.
THINGS_BETWEEN_LOOKS = 50_000


def memory_for(home: Path) -> str:
    """For DuckDB; never more than half of what the machine has."""
    return f"{megabytes_for(rows_beside_marks(home), _machines_megabytes())}MB"


def megabytes_for(rows: int, machines: int) -> int:
    """MB for so many rows about people on a machine of so many MB."""
    return max(MEGABYTES_A_PART, min(MEGABYTES_A_PART * ceil(rows / ROWS_A_PART), machines // 2))


def rows_beside_marks(home: Path) -> int:
    lines = delta_tables.rows_of(home, delta_tables.IMPORTS, ("format", "kept"))
    return sum(line["kept"] for line in lines if line["format"] != MARKS.format)


def _machines_megabytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20


@contextmanager
def seldom_looked_through() -> Iterator[None]:
    """While Python's memory is looked through for rings of things that nobody holds, at a tenth of a small night's processor, but seldom."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(THINGS_BETWEEN_LOOKS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
