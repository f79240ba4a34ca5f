"""A short trail as whoever holds the key wrote it, for tests of how it is read."""

from rowan.audit_trail.rules.breaks import Row
from rowan.audit_trail.rules.chain import BEFORE_THE_FIRST, digest

KEYS = {"k1": b"k" * 32}


def chained_lines(count: int) -> list[Row]:
    rows, before = [], BEFORE_THE_FIRST
    for position in range(1, count + 1):
        words = [f"line {position}"]
        before = digest(KEYS["k1"], before, position, "k1", words)
        rows.append(Row(position, "k1", before, words))
    return rows
