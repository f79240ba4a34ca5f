"""The Delta tables of a home while its one lock is held: their logs are read once, and followed commit by commit from there.

The library reads a table's whole list of files for every commit it makes, so that each file of an import would cost more the more
are in. Rows that fit in memory are therefore written as Parquet and added to the log here, by Delta's own protocol: a line a file, in
one numbered entry that is put beside the others whole, and only if no other has that number. A table that is new, or that has to
learn a column first, is left to the library.
"""

import json
import os
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import Schema

from . import delta_tables
from .delta_tables import FileOfRows

# As often as the library does: whoever opens the table reads one summary instead of so many entries.
ENTRIES_TO_A_CHECKPOINT = 100
_LINE = "line"
# Readers pass by rows for what stands in these.
_PASSED_BY = frozenset({"import_id", "agency", "source", "source_id", "on"})
_STATISTICS = "delta.dataSkippingStatsColumns"


class StandingTable:
    """One kind's table: its columns, its files, and the number of its last entry."""

    def __init__(self, home: Path, kind: str):
        self.home, self.kind, self.folder = home, kind, delta_tables.folder_of(home, kind)
        self._read()

    def _read(self) -> None:
        self._of_one_agency: dict[str, list[FileOfRows]] = {}
        self._of_several: list[FileOfRows] = []
        self._fields: dict[str, str] = {}
        self.version = -1
        table = delta_tables.table_of(self.home, self.kind)
        if table is None:
            return
        self.version = table.version()
        self._fields = _types(table.schema())
        metadata = table.metadata()
        self._by_month = list(metadata.partition_columns) == ["month"]
        listed = metadata.configuration.get(_STATISTICS)
        # Where the log may repeat cells of any column, none is repeated.
        self._told_of = listed.split(",") if listed else []
        for file in delta_tables.files_in(table, self.folder):
            self._count(file)

    def files_of(self, agency: str, months: Collection[str] | None = None) -> list[str]:
        """The paths of the files that can hold the agency's rows, of these months."""
        return [
            file.path
            for file in (*self._of_one_agency.get(agency, ()), *self._of_several)
            if file.may_hold(agency) and (months is None or file.month in months)
        ]

    def append(self, rows: pa.Table | pa.RecordBatchReader, *, by_month: bool = False) -> None:
        """Add the rows in one commit."""
        if isinstance(rows, pa.Table) and self._takes(rows.schema, by_month):
            self.append_parts(_by_month(rows) if by_month else [(None, rows)])
            return
        delta_tables.append(self.home, self.kind, rows, by_month=by_month)
        self._read()

    def append_parts(self, parts: Iterable[tuple[str | None, pa.Table]]) -> None:
        """Add rows already told apart by month, in one commit. Only where `takes_parts` says so."""
        added = [self._write(month, rows) for month, rows in parts]
        self._enter(added)
        for file, _ in added:
            self._count(file)

    def takes_parts(self, schema: pa.Schema) -> bool:
        """Whether the table stands, is told apart by month and has every one of these columns."""
        return self._takes(schema, by_month=True)

    def _takes(self, schema: pa.Schema, by_month: bool) -> bool:
        if self.version < 0 or self._by_month is not by_month:
            return False
        return all(self._fields.get(name) == kind for name, kind in _types(Schema.from_arrow(schema)).items())

    def _write(self, month: str | None, rows: pa.Table) -> tuple[FileOfRows, dict[str, Any]]:
        folder = self.folder if month is None else self.folder / f"month={month}"
        folder.mkdir(exist_ok=True)
        file = folder / f"part-00000-{secrets.token_hex(16)}-c000.snappy.parquet"
        names = rows.column_names
        pq.write_table(
            rows,
            file,
            compression="snappy",
            # Texts are texts to every reader, however they are held here.
            store_schema=False,
            # A line's number is in no list: it is written as the step from the one before.
            use_dictionary=[name for name in names if name != _LINE],
            column_encoding={_LINE: "DELTA_BINARY_PACKED"} if _LINE in names else None,
            write_statistics=[name for name in names if name in _PASSED_BY],
        )
        told = _told(rows, self._told_of)
        add = {
            "path": file.relative_to(self.folder).as_posix(),
            "partitionValues": {} if month is None else {"month": month},
            "size": file.stat().st_size,
            "modificationTime": _now(),
            "dataChange": True,
            "stats": json.dumps(told, ensure_ascii=False),
        }
        lowest, highest = told.get("minValues", {}).get("agency"), told.get("maxValues", {}).get("agency")
        return FileOfRows(str(file), rows.num_rows, month, lowest, highest), add

    def _enter(self, added: list[tuple[FileOfRows, dict[str, Any]]]) -> None:
        says = {
            "timestamp": _now(),
            "operation": "WRITE",
            "operationParameters": {"mode": "Append"},
            "operationMetrics": {
                "num_added_files": len(added),
                "num_added_rows": sum(file.rows for file, _ in added),
            },
            "engineInfo": "rowan",
        }
        lines = [{"commitInfo": says}, *({"add": add} for _, add in added)]
        log = self.folder / "_delta_log"
        written = log / f"_entry_{secrets.token_hex(8)}.writing"
        try:
            written.write_text(
                "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8"
            )
            # Fails where there is an entry of that number: nobody's commit is ever written over.
            os.link(written, log / f"{self.version + 1:020d}.json")
        finally:
            written.unlink(missing_ok=True)
        self.version += 1
        if self.version % ENTRIES_TO_A_CHECKPOINT == 0:
            table = delta_tables.table_of(self.home, self.kind)
            assert table is not None
            table.create_checkpoint()

    def _count(self, file: FileOfRows) -> None:
        if file.only_agency is None:
            self._of_several.append(file)
        else:
            self._of_one_agency.setdefault(file.only_agency, []).append(file)


class StandingTables:
    """The tables of a home, each read when it is first asked for."""

    def __init__(self, home: Path):
        self.home = home
        self._tables: dict[str, StandingTable] = {}

    def of(self, kind: str) -> StandingTable:
        if kind not in self._tables:
            self._tables[kind] = StandingTable(self.home, kind)
        return self._tables[kind]

    def forget(self) -> None:
        """Somebody else has changed them, or an import failed half-way: read them anew."""
        self._tables.clear()


def _by_month(rows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    months = rows.column("month")
    rows = rows.drop_columns(["month"])
    found = pc.unique(months).to_pylist()
    for month in sorted(found):
        yield month, rows if len(found) == 1 else rows.filter(pc.equal(months, month))


def _told(rows: pa.Table, columns: Iterable[str]) -> dict[str, Any]:
    """What the log says of a file: how many rows, and of a few columns their lowest and highest cell and how many have none."""
    told: dict[str, Any] = {"numRecords": rows.num_rows}
    if listed := [name for name in columns if name in rows.column_names]:
        low_and_high = {name: _lowest_and_highest(rows.column(name)) for name in listed}
        told["minValues"] = {name: low for name, (low, _) in low_and_high.items() if low is not None}
        told["maxValues"] = {name: high for name, (_, high) in low_and_high.items() if high is not None}
        told["nullCount"] = {name: rows.column(name).null_count for name in listed}
    return told


def _lowest_and_highest(column: pa.ChunkedArray) -> tuple[str | None, str | None]:
    found = [cell for cell in pc.unique(column).to_pylist() if cell is not None]
    return (min(found), max(found)) if found else (None, None)


def _types(schema: Schema) -> Mapping[str, str]:
    return {field.name: str(field.type) for field in schema.fields}


def _now() -> int:
    """Milliseconds since 1970, as Delta's log has it."""
    return time.time_ns() // 1_000_000
