"""Reads the committed table of what first names are also known as."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from rowan.matching.rules.names import KnownAs
from rowan.records.rules.spelling import plain

FILE = Path(__file__).parent / "known_as" / "first_names.csv"


@cache
def known_as() -> KnownAs:
    """A plain first name, and the lines it stands in: two names that share a line may be one person's."""
    lines: dict[str, set[int]] = defaultdict(set)
    with FILE.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            for name in [row["name"], *row["also_known_as"].split(";")]:
                lines[plain(name)].add(number)
    return {name: frozenset(found) for name, found in lines.items()}
