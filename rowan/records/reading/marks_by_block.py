"""Attendance marks, read block by block as columns: each distinct cell is read once, by the very reader other rows use.

A block with a quote, a short row, an odd line end or a blank line is handed to the row-by-row reader instead, so that
line numbers and reasons stay exact.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from rowan.records.rules.masking import masked
from rowan.records.sources.profile import Cell

from .bytes_of_a_file import FileLookedAt
from .lines import rows_of
from .table_rows import PutAside, ReadColumn, ReadRow, TableReader

BLOCK = 4 << 20


@dataclass
class BlockRead:
    """Rows of one block: as a batch of staged columns, or one by one; and what was put aside."""

    batch: pa.RecordBatch | None
    rows: list[ReadRow]
    put_aside: list[PutAside]
    count: int


@dataclass
class _Distinct:
    """A column of a block: which distinct cell each row has, and what each of those says."""

    column: ReadColumn
    indices: np.ndarray
    cells: list[Cell]
    texts: list[str]


def read_marks(
    looked_at: FileLookedAt, reader: TableReader, schema: pa.Schema, owner: str
) -> Iterator[BlockRead]:
    """Every block of a UTF-8 file without quotes in its headings. Rows of another school are put aside."""
    with open(looked_at.path, "rb") as file:
        line = 2 if file.readline().endswith(b"\n") else 1
        rest = b""
        while block := file.read(BLOCK):
            block = rest + block
            cut = block.rfind(b"\n") + 1
            block, rest = block[:cut], block[cut:]
            if block:
                yield _read_block(block, line, reader, schema, owner)
                line += block.count(b"\n")
        if rest:
            yield _row_by_row(rest, line, reader, owner)


def _read_block(block: bytes, line: int, reader: TableReader, schema: pa.Schema, owner: str) -> BlockRead:
    table = _as_columns(block, len(reader.headings))
    if table is None:
        return _row_by_row(block, line, reader, owner)
    distinct = [_distinct(column, table.column(column.position)) for column in reader.columns]
    bad = np.zeros(table.num_rows, dtype=bool)
    for column in distinct:
        at_fault = np.array([cell.blocks is not None for cell in column.cells], dtype=bool)
        if column.column.column.name == reader.source.own_number:
            at_fault |= np.array([cell.value != owner for cell in column.cells], dtype=bool)
        if at_fault.any():
            bad |= at_fault[column.indices]
    aside = [_aside(int(row), line, distinct, reader, owner) for row in np.flatnonzero(bad)]
    batch = _batch(np.flatnonzero(~bad), line, distinct, reader, schema)
    return BlockRead(batch, [], aside, table.num_rows)


def _row_by_row(block: bytes, line: int, reader: TableReader, owner: str) -> BlockRead:
    rows: list[ReadRow] = []
    aside: list[PutAside] = []
    number = reader.source.own_number
    # newline="" leaves line ends as they came; only they count as lines.
    text = io.TextIOWrapper(io.BytesIO(block), encoding="utf-8", errors="replace", newline="")
    count = 0
    for row in rows_of(text):
        count += 1
        read = reader.read(replace(row, line=row.line + line - 1))
        if isinstance(read, PutAside):
            aside.append(read)
        elif read.values[number] != owner:
            aside.append(PutAside(read.line, number, ANOTHER_AGENCY, masked(str(read.values[number]))))
        else:
            rows.append(read)
    return BlockRead(None, rows, aside, count)


ANOTHER_AGENCY = "the row names another agency than the rest of the file"


def _as_columns(block: bytes, cells: int) -> pa.Table | None:
    """The block as columns of distinct texts, or None when it has to be read row by row."""
    if (
        b'"' in block
        or block.count(b"\r") not in {0, block.count(b"\r\n")}
        or block.startswith((b"\n", b"\r"))
    ):
        return None
    if b"\n\n" in block or b"\n\r\n" in block:
        return None
    names = [str(position) for position in range(cells)]
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(block),
            read_options=arrow_csv.ReadOptions(
                column_names=names, use_threads=False, block_size=len(block) + 1
            ),
            parse_options=arrow_csv.ParseOptions(quote_char=False, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in names},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None


def _distinct(column: ReadColumn, chunked: pa.ChunkedArray) -> _Distinct:
    array = chunked.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0)
    texts = array.dictionary.to_pylist()
    return _Distinct(column, array.indices.to_numpy(), [column.read(text) for text in texts], texts)


def _aside(row: int, line: int, distinct: list[_Distinct], reader: TableReader, owner: str) -> PutAside:
    for column in distinct:
        cell, text = column.cells[column.indices[row]], column.texts[column.indices[row]]
        if cell.blocks:
            return PutAside(line + row, column.column.heading, cell.blocks, masked(text.strip()))
    own = next(column for column in distinct if column.column.column.name == reader.source.own_number)
    return PutAside(
        line + row, own.column.heading, ANOTHER_AGENCY, masked(own.texts[own.indices[row]].strip())
    )


def _batch(
    good: np.ndarray, line: int, distinct: list[_Distinct], reader: TableReader, schema: pa.Schema
) -> pa.RecordBatch | None:
    if not len(good):
        return None
    by_name = {column.column.column.name: column for column in distinct}
    made: dict[str, Any] = {"line": pa.array(good + line, type=pa.int64())}
    for name, column in by_name.items():
        if name in schema.names:
            values = pa.array([cell.value for cell in column.cells], type=schema.field(name).type)
            made[name] = values.take(pa.array(column.indices[good]))
    made["month"] = pc.strftime(made[reader.source.happened], "%Y-%m") if len(good) else None
    made["defects"] = _defects(good, distinct, by_name, reader)
    arrays = [
        made[field.name].cast(field.type)
        if made.get(field.name) is not None
        else pa.nulls(len(good), type=field.type)
        for field in schema
    ]
    return pa.record_batch(arrays, schema=schema)


def _defects(
    good: np.ndarray, distinct: list[_Distinct], by_name: dict[str, _Distinct], reader: TableReader
) -> pa.Array:
    """Marks of cells, and of the cells of a row together: each distinct combination is looked at once."""
    marked = [column for column in distinct if any(cell.marks for cell in column.cells)]
    looked_at = [by_name[name] for name in ("on", "session", "code", "minutes_late") if name in by_name]
    combination = np.zeros(len(good), dtype=np.int64)
    taking_part = [*looked_at, *(column for column in marked if column not in looked_at)]
    for column in taking_part:
        combination = combination * len(column.cells) + column.indices[good]
        # Numbered anew each time, so that the product never overflows.
        _, combination = np.unique(combination, return_inverse=True)
    _, first, inverse = np.unique(combination, return_index=True, return_inverse=True)
    said = []
    for row in good[first]:
        values: dict[str, Any] = dict.fromkeys(("on", "session", "code", "minutes_late"))
        marks = []
        for column in taking_part:
            cell = column.cells[column.indices[row]]
            values[column.column.column.name] = cell.value
            if cell.marks:
                marks.append(cell.marks)
        assert reader.source.check is not None
        marks.extend(reader.source.check(values))
        said.append(";".join(marks) or None)
    return pa.array(said, type=pa.string()).take(pa.array(inverse))
