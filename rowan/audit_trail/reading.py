"""Reads lines as they lie in the database, word for word, whatever somebody has put there; a few thousand at a time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .rules.breaks import Row
from .rules.chain import FIELDS, moment_in_words
from .writing import TABLE

LINES_AT_ONCE = 2_000
UNREADABLE = "unreadable"


def rows(connection: Any, *, after: int | None = None, up_to: int | None = None) -> Iterator[Row]:
    """Lines in order of position. What has no position of ours (a word, nothing) comes as position 0: it was put in."""
    # As text, so that no conversion can stumble over what somebody put there.
    at = '"at"' if connection.vendor == "postgresql" else 'cast("at" as text)'
    columns = f"position, key_id, digest, {at}, {', '.join(FIELDS[1:])}"
    last: Any = after
    while True:
        beyond, values = ("", []) if last is None else (" where position > %s", [last])
        sql = f"select {columns} from {TABLE}{beyond} order by position limit {LINES_AT_ONCE}"
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            page = cursor.fetchall()
        for found in page:
            row = _row(found)
            if up_to is not None and row.position > up_to:
                return
            yield row
        if len(page) < LINES_AT_ONCE:
            return
        last = page[-1][0]


def _row(found: tuple[Any, ...]) -> Row:
    position, key_id, digest, at, *words = found
    return Row(
        position if type(position) is int else 0,
        str(key_id),
        str(digest),
        (_moment(at), *(word if isinstance(word, str) else repr(word) for word in words)),
    )


def _moment(at: Any) -> str:
    if isinstance(at, datetime):
        return moment_in_words(at)
    # As SQLite keeps it, with or without its microseconds.
    if not isinstance(at, str) or len(at) not in {19, 26}:
        return UNREADABLE
    return f"{at[:10]}T{at[11:]}{'' if len(at) == 26 else '.000000'}Z" if at[10] == " " else UNREADABLE
