"""Tells PostgreSQL who is reading, so that its own row security is a second wall behind `access` (docs/adr, `website/row_security`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connections
from psycopg.errors import InFailedSqlTransaction

from .rules.matrix import Kind, Opens, cell_of

# What the wall holds apart by compartment; the rest of the matrix is for `access` alone.
WALLED = (Kind.HEALTH, Kind.SEXUAL_HEALTH, Kind.INTELLIGENCE, Kind.SOURCES)
TELL = (
    "select set_config('rowan.reader', %s, false), set_config('rowan.opens', %s, false),"
    " set_config('rowan.opens_own', %s, false), set_config('rowan.agency', %s, false)"
)


@dataclass(frozen=True)
class Reader:
    """Whose eyes a connection reads with: nobody's, Rowan's own, or one practitioner's."""

    who: str
    opens: str = ""
    opens_own: str = ""
    agency: str = ""


NOBODY = Reader("")
# The night, commands and background work, and what a request does on Rowan's own account.
ROWAN = Reader("rowan")

# What a connection starts with: a command is Rowan's own; the web server sets this to NOBODY before its first request.
_of_this_process = [ROWAN]
_reading: ContextVar[Reader | None] = ContextVar("reading", default=None)


def reader_of(practitioner) -> Reader:
    at_a_school = practitioner.agency.kind == "school"
    cells = {kind: cell.opens for kind in WALLED if (cell := cell_of(practitioner.role, kind))}
    opened = {kind: opens for kind, opens in cells.items() if opens is not Opens.NOTHING}
    own = {kind for kind, opens in opened.items() if opens is Opens.OWN_AGENCY or at_a_school}
    whole = set(opened) - own
    return Reader(
        str(practitioner.pk), ",".join(sorted(whole)), ",".join(sorted(own)), practitioner.agency.code
    )


@contextmanager
def reading_as(reader: Reader) -> Iterator[None]:
    """Until this ends, rows are read with these eyes. Use ROWAN only for what must reach a hidden record, and say why beside it."""
    before = _reading.set(reader)
    _tell_every_connection()
    try:
        yield
    finally:
        _reading.reset(before)
        _tell_every_connection()


def the_web_server_reads_nothing_by_itself() -> None:
    _of_this_process[0] = NOBODY


def tell(connection, **_) -> None:
    """Also when a connection is made anew in the middle of a request."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return
    reader = _reading.get() or _of_this_process[0]
    try:
        # Past Django's cursor: a page's queries are counted, and this is none of the page's.
        connection.connection.execute(TELL, [reader.who, reader.opens, reader.opens_own, reader.agency])
    except InFailedSqlTransaction:
        # The transaction is lost anyway; a connection whose reader is not known is not used again.
        if not connection.in_atomic_block:
            connection.close()


def _tell_every_connection() -> None:
    for connection in connections.all(initialized_only=True):
        tell(connection)
