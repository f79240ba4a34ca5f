"""The rows of one kind that stood on a night: received by then, from files that are in, newest version of each.

A correction is a new version beside the old row (docs/adr/0005), so what we knew that night is a filter.
"""

from collections.abc import Sequence
from datetime import date

import ibis
from ibis.expr.types import Table

# What makes two rows versions of one: the sender's own record, or for a mark the pupil, day and session.
RECORD = ("source", "record_id")
MARK = ("source", "source_id", "on", "session")


def current_rows(rows: Table, imports: Table, as_of: date, record: Sequence[str] = RECORD) -> Table:
    """Rows that stand."""
    received = received_rows(rows, imports, as_of)
    return that_stand(received, corrected_rows(received, record), record)


def received_rows(rows: Table, imports: Table, as_of: date) -> Table:
    return rows.semi_join(imports, "import_id").filter(lambda row: row.received_on <= as_of)


def corrected_rows(received: Table, record: Sequence[str] = RECORD) -> Table:
    """The newest version of each row that has more than one. Corrections are few, so only they are grouped, however many rows there are."""
    later = received.filter(received.version > 1)
    return later.group_by(list(record)).agg(newest_version=later.version.max())


def that_stand(received: Table, corrected: Table, record: Sequence[str] = RECORD) -> Table:
    joined = received.left_join(corrected, list(record), rname="{name}_of_correction")
    stands = joined.newest_version.isnull() | (joined.version == joined.newest_version)
    return joined.filter(stands).select([*received.columns])


def with_superseded_on(rows: Table, imports: Table, record: Sequence[str] = RECORD) -> Table:
    """Every version of every row, with the day the next version was received (null while it stands)."""
    received = rows.semi_join(imports, "import_id")
    next_version = received.select(
        **{f"next_{name}": received[name] for name in record},
        version_before=received.version - 1,
        superseded_on=received.received_on,
    )
    same = [received[name] == next_version[f"next_{name}"] for name in record]
    joined = received.left_join(next_version, [*same, received.version == next_version.version_before])
    return joined.select(*rows.columns, "superseded_on")


def no_rows(columns: dict[str, str]) -> Table:
    """An empty relation, for a kind that no agency has sent yet."""
    return ibis.memtable([], schema=ibis.schema(columns))
