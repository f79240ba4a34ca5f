"""Writes lines onto the end of the chain, all or none. The only place in Rowan that inserts into the trail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import DatabaseError

from .keys import current_key
from .rules.chain import BEFORE_THE_FIRST, FIELDS, digest, moment_in_words

TABLE = "audit_trail_entry"
COLUMNS = ("position", "key_id", "digest", *FIELDS)
# A list page leaves a line for each child on it. They go in one statement: the lock is held no longer for thirty than for one.
AT_ONCE = 500
# One lock for the whole chain: "rowan" and "trail" in the numbers PostgreSQL wants.
LOCK = (0x726F77, 0x747261)


class NotRecorded(DatabaseError):
    """A line could not be written, so the act was taken back, or the page not shown."""


@dataclass(frozen=True)
class Line:
    """One line that waits to be chained: its moment, and its other fields as words in the order of FIELDS."""

    at: datetime
    words: tuple[str, ...]


def write(connection: Any, lines: Sequence[Line]) -> None:
    """Chain and insert. Called inside a transaction that commits next: on SQLite it holds the write lock already."""
    key_id, key = current_key()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A lock on the head's row would need the right to update it, which nobody has.
            cursor.execute("select pg_advisory_xact_lock(%s, %s)", LOCK)
        cursor.execute(f"select position, digest from {TABLE} order by position desc limit 1")
        position, before = cursor.fetchone() or (0, BEFORE_THE_FIRST)
        rows = []
        for line in lines:
            position += 1
            words = (moment_in_words(line.at), *line.words)
            before = digest(key, before, position, key_id, words)
            moment = connection.ops.adapt_datetimefield_value(line.at)
            rows.append((position, key_id, before, moment, *line.words))
        one = f"({', '.join(['%s'] * len(COLUMNS))})"
        for some in batched(rows, AT_ONCE):
            places = ", ".join([one] * len(some))
            words = f"insert into {TABLE} ({', '.join(COLUMNS)}) values {places}"
            cursor.execute(words, list(chain.from_iterable(some)))


def batched(rows: Sequence[tuple], size: int) -> Iterator[Sequence[tuple]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
