"""The last step of a night: marks and school logs of children nobody works with are counted and deleted (design promise 9).

A purge is three commits: the sums of what goes, the deletion, and the line that says how much went. A mark beside the tables says
how far a killed purge came, and the next import or night finishes it before it reads anything.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from rowan.chronology.rules.week_sessions import SESSION_SUMS
from rowan.records.keeping import delta_tables

# Kinds whose rows are kept only for children known to the hub, or where the school chose its own watch.
PURGED_KINDS = ("attendance_marks", "school_log")
PURGED_SUMS = "purged_sums"
SUMS_SCHEMA = pa.schema(
    [
        ("purge_id", pa.string()),
        ("laestab", pa.string()),
        ("year_group", pa.string()),
        ("week_on", pa.date32()),
        # The days the sums are of: what a school sends again takes the place of what was purged before.
        ("first_on", pa.date32()),
        ("last_on", pa.date32()),
        ("pupils", pa.int64()),
        ("counted_possible", pa.int64()),
        ("counted_absent", pa.int64()),
        ("ill", pa.int64()),
        # Empty in sums of before Rowan kept them: such a week has nobody to compare a day with.
        *[(name, pa.int64()) for name in SESSION_SUMS],
    ]
)
_STARTED = "purge.started"


@dataclass(frozen=True)
class Purge:
    """What is to go: by source, whose rows stay. A source that is not named loses nothing."""

    purge_id: str
    on: date
    stays: Mapping[str, tuple[str, ...]]

    def predicate(self) -> str:
        """The rows that go, as Delta's own condition."""
        return (
            " or ".join(f"({_of_source(source, ids)})" for source, ids in sorted(self.stays.items()))
            or "false"
        )


def planned(on: date, stays: Mapping[str, tuple[str, ...]]) -> Purge:
    return Purge(secrets.token_hex(16), on, dict(stays))


def carry_out(home: Path, purge: Purge, sums: pa.Table, counts: list[dict[str, Any]]) -> int:
    """Do it. `sums` are the school weeks of the rows that go; `counts` their number by import and kind. Returns rows gone."""
    mark = home / _STARTED
    unfinished = mark.with_suffix(".writing")
    told = {"purge_id": purge.purge_id, "on": purge.on.isoformat(), "stays": purge.stays, "counts": counts}
    unfinished.write_text(json.dumps(told))
    unfinished.replace(mark)
    if sums.num_rows:
        rows = [{**row, "purge_id": purge.purge_id} for row in sums.to_pylist()]
        delta_tables.append(home, PURGED_SUMS, pa.Table.from_pylist(rows, schema=SUMS_SCHEMA))
    return _delete_and_tell(home, purge, counts)


def finish_started(home: Path) -> None:
    """Before anything reads: finish a purge whose sums were written, or forget one that had written nothing."""
    mark = home / _STARTED
    if not mark.exists():
        return
    told = json.loads(mark.read_text())
    purge = Purge(
        told["purge_id"],
        date.fromisoformat(told["on"]),
        {source: tuple(ids) for source, ids in told["stays"].items()},
    )
    has_sums = any(
        row["purge_id"] == purge.purge_id for row in delta_tables.rows_of(home, PURGED_SUMS, ("purge_id",))
    )
    if has_sums:
        _delete_and_tell(home, purge, told["counts"])
    else:
        mark.unlink()


def _delete_and_tell(home: Path, purge: Purge, counts: list[dict[str, Any]]) -> int:
    for kind in PURGED_KINDS:
        table = delta_tables.table_of(home, kind)
        if table is not None and purge.stays:
            table.delete(purge.predicate())
            # Erasure is real: the older files go too.
            table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False)
    told = {(row["import_id"], row["kind"]) for row in _lines_of(home, purge)}
    rows = [
        {"import_id": row["import_id"], "kind": row["kind"], "rows": row["rows"], "purged_on": purge.on}
        for row in counts
        if (row["import_id"], row["kind"]) not in told
    ]
    if rows:
        delta_tables.append(
            home, delta_tables.PURGES, pa.Table.from_pylist(rows, schema=delta_tables.PURGES_SCHEMA)
        )
    (home / _STARTED).unlink(missing_ok=True)
    return sum(row["rows"] for row in counts)


def _lines_of(home: Path, purge: Purge) -> list[dict[str, Any]]:
    """Lines this purge has written already: the one commit of a killed purge, told by its day and imports."""
    return [row for row in delta_tables.rows_of(home, delta_tables.PURGES) if row["purged_on"] == purge.on]


def _of_source(source: str, stays: tuple[str, ...]) -> str:
    if not stays:
        return f"source = {_quoted(source)}"
    return f"source = {_quoted(source)} and source_id not in ({', '.join(_quoted(one) for one in sorted(stays))})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
