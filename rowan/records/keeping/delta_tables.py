"""The Delta tables of a home: where each kind's rows lie, and the few ways they change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from rowan.records.sources.kinds import KINDS

IMPORTS = "imports"
QUARANTINE = "quarantine"
PURGES = "purges"
KNOWN_CHILDREN = "known_children"

# What a council's whole return held, new or not: a row that the next one leaves out is told by it.
HELD_BY_RETURNS = "held_by_returns"

IMPORTS_SCHEMA = pa.schema(
    [
        ("import_id", pa.string()),
        ("content_hash", pa.string()),
        ("file", pa.string()),
        ("format", pa.string()),
        ("feed", pa.string()),
        ("agency", pa.string()),
        ("period_from", pa.date32()),
        ("period_to", pa.date32()),
        ("received_on", pa.date32()),
        ("rows", pa.int64()),
        ("kept", pa.int64()),
        ("quarantined", pa.int64()),
        ("repeated", pa.int64()),
        ("marked", pa.int64()),
        ("seconds", pa.float64()),
        ("at", pa.timestamp("us")),
        # What the report says of the file as a whole, and counts of each defect: JSON.
        ("notes", pa.string()),
    ]
)
QUARANTINE_SCHEMA = pa.schema(
    [
        ("import_id", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
        ("column", pa.string()),
        ("reason", pa.string()),
        ("masked", pa.string()),
    ]
)
# What a night has purged of an import, so that the same file may be taken in again for children known since.
PURGES_SCHEMA = pa.schema(
    [("import_id", pa.string()), ("kind", pa.string()), ("rows", pa.int64()), ("purged_on", pa.date32())]
)

# Delta's log repeats the lowest and highest cell of every column it may skip files by: only these, which name nobody.
_LOGGED = {"delta.dataSkippingStatsColumns": "agency,source,import_id"}


def folder_of(home: Path, kind: str) -> Path:
    return home / "delta" / kind


def table_of(home: Path, kind: str) -> DeltaTable | None:
    folder = folder_of(home, kind)
    return DeltaTable(str(folder)) if (folder / "_delta_log").is_dir() else None


def version_of(home: Path, kind: str) -> int:
    """Another one whenever something was added or taken away; -1 while there is nothing."""
    table = table_of(home, kind)
    return -1 if table is None else table.version()


@dataclass(frozen=True)
class FileOfRows:
    """A Parquet file of a kind: how many rows, of which month, and from which agency to which in order of code (None: not written down)."""

    path: str
    rows: int
    month: str | None
    lowest: str | None
    highest: str | None
    # The one import all its rows are of; None where it holds several, or nobody wrote it down.
    import_id: str | None = None

    @property
    def only_agency(self) -> str | None:
        return self.lowest if self.lowest == self.highest else None

    def may_hold(self, agency: str) -> bool:
        return self.lowest is None or self.highest is None or self.lowest <= agency <= self.highest


def files_with_rows(home: Path, kind: str) -> list[FileOfRows]:
    """Every file of a kind as it stands."""
    table = table_of(home, kind)
    return [] if table is None else files_in(table, folder_of(home, kind))


def files_in(table: DeltaTable, folder: Path) -> list[FileOfRows]:
    # Not `file_uris`: it writes a blank in the home's own path as %20, which no file system does.
    actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    return [
        FileOfRows(
            f"{folder}/{unquote(action['path'])}",
            action.get("num_records") or 0,
            action.get("partition.month"),
            action.get("min.agency"),
            action.get("max.agency"),
            _only_import(action),
        )
        for action in actions
    ]


def _only_import(action: Mapping[str, Any]) -> str | None:
    lowest, highest = action.get("min.import_id"), action.get("max.import_id")
    every_row_says = action.get("null_count.import_id") == 0
    return lowest if every_row_says and lowest == highest else None


def files_of(
    home: Path, kind: str, *, agency: str | None = None, months: Iterable[str] | None = None
) -> list[str]:
    """The paths of a kind's files, for DuckDB's `read_parquet`; only those that can hold the agency's rows."""
    wanted = None if months is None else set(months)
    return [
        file.path
        for file in files_with_rows(home, kind)
        if (agency is None or file.may_hold(agency)) and (wanted is None or file.month in wanted)
    ]


def append(home: Path, kind: str, rows: pa.Table | pa.RecordBatchReader, *, by_month: bool = False) -> None:
    folder = folder_of(home, kind)
    folder.parent.mkdir(parents=True, exist_ok=True)
    is_new = not (folder / "_delta_log").is_dir()
    write_deltalake(
        str(folder),
        rows,
        mode="append",
        configuration=_LOGGED if is_new and kind in KINDS else None,
        partition_by=["month"] if by_month else None,
        # A later Rowan may know more columns of a kind than the table was begun with.
        schema_mode=None if is_new else "merge",
    )


def leave_nothing_older(home: Path, kind: str) -> None:
    """Erasure is real: files that no longer count go, and with them the lines of Delta's log that repeat their cells."""
    table = table_of(home, kind)
    if table is None:
        return
    properties = {"delta.logRetentionDuration": "interval 0 seconds"} | (_LOGGED if kind in KINDS else {})
    if any(table.metadata().configuration.get(name) != value for name, value in properties.items()):
        table.alter.set_table_properties(properties)
    table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False)
    table = DeltaTable(str(folder_of(home, kind)))
    table.create_checkpoint()
    table.cleanup_metadata()


def forget_import(home: Path, kinds: Sequence[str], import_id: str) -> None:
    """Take out what an import that never finished had written."""
    for kind in kinds:
        table = table_of(home, kind)
        if table is not None:
            table.delete(f"import_id = '{import_id}'")


def rows_of(home: Path, kind: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Every row of one of the small tables (imports, quarantine, purges)."""
    table = table_of(home, kind)
    if table is None:
        return []
    return table.to_pyarrow_table(columns=list(columns) if columns else None).to_pylist()
