"""Rows on their way in: written beside the tables in batches, so that no file's rows are ever held in memory whole."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rowan.records.sources.kinds import ATTENDANCE_MARKS, KINDS, columns_of
from rowan.records.sources.profile import Type

ROWS_IN_A_BATCH = 20_000

ARROW_TYPES: Mapping[Type, pa.DataType] = {
    Type.TEXT: pa.string(),
    Type.DATE: pa.date32(),
    Type.MOMENT: pa.timestamp("us"),
    Type.WHOLE: pa.int32(),
    Type.NUMBER: pa.float64(),
    Type.YES_NO: pa.bool_(),
}
# What a reader of rows finds out; the rest is the same for the whole file.
FOUND_IN_THE_ROW = ("line", "source_id", "record_id", "month", "defects", "raw")


def delta_schema(kind: str) -> pa.Schema:
    """The columns of a kind as they lie in its Delta table."""
    columns = columns_of(kind)
    if kind == ATTENDANCE_MARKS:
        # Derived from the pupil, date and session: a million and a half of them would be kept for nothing.
        columns.pop("record_id")
    return pa.schema(
        [(name, pa.int64() if name == "line" else ARROW_TYPES[columns[name]]) for name in columns]
    )


def staged_schema(kind: str) -> pa.Schema:
    whole = delta_schema(kind)
    found = [name for name in FOUND_IN_THE_ROW if name in whole.names]
    return pa.schema([whole.field(name) for name in (*found, *KINDS[kind])])


class Staged:
    """One kind's rows of one file, in a Parquet file of the scratch folder."""

    def __init__(self, kind: str, folder: Path):
        self.kind = kind
        self.schema = staged_schema(kind)
        self._names = self.schema.names
        self.path = folder / f"{kind}.parquet"
        self.rows = 0
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[tuple[Any, ...]] = []

    def add(self, row: Mapping[str, Any]) -> None:
        self._waiting.append(tuple(map(row.get, self._names)))
        if len(self._waiting) >= ROWS_IN_A_BATCH:
            self._write_waiting()

    def add_batch(self, batch: pa.RecordBatch) -> None:
        self._write_waiting()
        self._write(batch)

    def close(self) -> None:
        self._write_waiting()
        if self._writer is not None:
            self._writer.close()

    def columns(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """Some columns of every row, for a look across the file."""
        return pq.read_table(self.path, columns=list(dict.fromkeys(["line", *names]))).to_pylist()

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        arrays = [
            pa.array(values, type=field.type)
            for values, field in zip(zip(*self._waiting, strict=True), self.schema, strict=True)
        ]
        self._waiting.clear()
        self._write(pa.record_batch(arrays, schema=self.schema))

    def _write(self, batch: pa.RecordBatch) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.path, self.schema, compression="zstd", compression_level=1)
        self._writer.write_batch(batch)
        self.rows += batch.num_rows
