"""Attendance marks, read block by block as columns: each distinct cell is read once, by the very reader other rows use.

A block with a quote, a short row, an odd line end or a blank line is handed to the row-by-row reader instead, so that
line numbers and reasons stay exact.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from rowan.records.rules.masking import masked
from rowan.records.sources.profile import Cell

from .bytes_of_a_file import FileLookedAt
from .lines import Lines, rows_from
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
class DistinctCells:
    """A column of a block: which distinct cell each row has, and what each of those says."""

    column: ReadColumn
    indices: np.ndarray
    cells: list[Cell]
    texts: list[str]


ByColumn = Mapping[str, DistinctCells]


def read_marks(
    looked_at: FileLookedAt, reader: TableReader, schema: pa.Schema, owner: str
) -> Iterator[BlockRead]:
    """Every block of a UTF-8 file whose lines end in a line feed. Rows of another school are put aside."""
    with open(looked_at.path, "rb") as file:
        file.readline()
        line, unused = 2, b""
        while block := unused + file.read(BLOCK):
            cut = block.rfind(b"\n") + 1 or len(block)
            block, unused = block[:cut], block[cut:]
            table = None if b'"' in block else as_columns(block, len(reader.headings))
            if table is not None:
                yield _read_block(table, line, reader, schema, owner)
                line += block.count(b"\n")
            else:
                # A quoted cell may run on beyond the block, so the reader may take more lines, or hand some back.
                lines = _LinesFrom(block, unused, file, line)
                yield _row_by_row(lines, line + block.count(b"\n"), reader, owner)
                line, unused = lines.number + 1, lines.not_used()


class _LinesFrom(Lines):
    """The lines of a block, and those after it where a cell asks for more."""

    def __init__(self, block: bytes, unused: bytes, file: IO[bytes], line: int):
        self._block, self._file = io.BytesIO(block + unused), file
        super().__init__(self)  # type: ignore[arg-type]  # it only ever asks for the next line
        self.number = line - 1

    def readline(self) -> str:
        line = self._block.readline()
        if not line.endswith(b"\n"):
            line += self._file.readline()
        return line.decode("utf-8", errors="replace")

    def not_used(self) -> bytes:
        """What was read and handed back, so that the next block begins with it."""
        return "".join(self._handed_back).encode() + self._block.read()


def _read_block(table: pa.Table, line: int, reader: TableReader, schema: pa.Schema, owner: str) -> BlockRead:
    distinct = distinct_cells(table, reader)
    good, aside = told_apart(distinct, line, reader, owner)
    by_name = {column.column.column.name: column for column in distinct}
    return BlockRead(batch_of(good, line, by_name, reader, schema), [], aside, table.num_rows)


def distinct_cells(table: pa.Table, reader: TableReader) -> list[DistinctCells]:
    return [_distinct(column, table.column(column.position)) for column in reader.columns]


def told_apart(
    distinct: list[DistinctCells], line: int, reader: TableReader, owner: str
) -> tuple[np.ndarray, list[PutAside]]:
    """Which rows are good, and why the others are put aside."""
    bad = np.zeros(len(distinct[0].indices), dtype=bool)
    for column in distinct:
        at_fault = np.array([cell.blocks is not None for cell in column.cells], dtype=bool)
        if column.column.column.name == reader.source.own_number:
            at_fault |= np.array([cell.value != owner for cell in column.cells], dtype=bool)
        if at_fault.any():
            bad |= at_fault[column.indices]
    aside = [_put_aside(int(row), line, distinct, reader) for row in np.flatnonzero(bad)]
    return np.flatnonzero(~bad), aside


def _row_by_row(lines: Lines, before_line: int, reader: TableReader, owner: str) -> BlockRead:
    rows: list[ReadRow] = []
    aside: list[PutAside] = []
    number = reader.source.own_number
    count = 0
    for row in rows_from(lines):
        count += 1
        read = reader.read(row)
        if isinstance(read, PutAside):
            aside.append(read)
        elif read.values[number] != owner:
            aside.append(PutAside(read.line, number, ANOTHER_AGENCY, masked(str(read.values[number]))))
        else:
            rows.append(read)
        if lines.number >= before_line - 1:
            break
    return BlockRead(None, rows, aside, count)


# What the check of a mark looks at together.
MARK = ("on", "session", "code")
# So many numbers are counted in a table; beyond them rows are sorted.
MOST_COMBINATIONS = 1 << 22
ANOTHER_AGENCY = "the row names another agency than the rest of the file"


def as_columns(block: bytes, cells: int) -> pa.Table | None:
    """The block as columns of distinct texts, or None when it has to be read row by row."""
    if b'"' in block or ((returns := block.count(b"\r")) and returns != block.count(b"\r\n")):
        return None
    names = [str(position) for position in range(cells)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(block),
            read_options=arrow_csv.ReadOptions(
                column_names=names, use_threads=False, block_size=len(block) + 1
            ),
            parse_options=arrow_csv.ParseOptions(quote_char=False),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in names},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    # Where a line is blank, lines and rows are not the same.
    lines = block.count(b"\n") + (not block.endswith(b"\n"))
    return table if table.num_rows == lines else None


def _distinct(column: ReadColumn, chunked: pa.ChunkedArray) -> DistinctCells:
    array = chunked.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0)
    texts = array.dictionary.to_pylist()
    return DistinctCells(column, array.indices.to_numpy(), [column.read(text) for text in texts], texts)


def _put_aside(row: int, line: int, distinct: list[DistinctCells], reader: TableReader) -> PutAside:
    for column in distinct:
        cell, text = column.cells[column.indices[row]], column.texts[column.indices[row]]
        if cell.blocks:
            return PutAside(line + row, column.column.heading, cell.blocks, masked(text.strip()))
    own = next(column for column in distinct if column.column.column.name == reader.source.own_number)
    return PutAside(
        line + row, own.column.heading, ANOTHER_AGENCY, masked(own.texts[own.indices[row]].strip())
    )


def batch_of(
    good: np.ndarray, line: int, by_name: ByColumn, reader: TableReader, schema: pa.Schema
) -> pa.RecordBatch | None:
    if not len(good):
        return None
    made: dict[str, Any] = {"line": pa.array(good + line, type=pa.int64())}
    for name, column in by_name.items():
        if name in schema.names:
            values = pa.array([cell.value for cell in column.cells], type=schema.field(name).type)
            made[name] = values.take(pa.array(column.indices[good]))
    made["month"] = _months(by_name[reader.source.happened], good)
    said, which = remarks(good, by_name, reader)
    made["defects"] = pa.array(said, type=pa.string()).take(pa.array(which))
    arrays = [
        made[field.name].cast(field.type)
        if made.get(field.name) is not None
        else pa.nulls(len(good), type=field.type)
        for field in schema
    ]
    return pa.record_batch(arrays, schema=schema)


def _months(happened: DistinctCells, good: np.ndarray) -> pa.Array:
    """Each day is written as its month once."""
    days = [cell.value for cell in happened.cells]
    months = [None if day is None else month_of(day) for day in days]
    return pa.array(months, type=pa.string()).take(pa.array(happened.indices[good]))


def month_of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def remarks(good: np.ndarray, by_name: ByColumn, reader: TableReader) -> tuple[list[str | None], np.ndarray]:
    """Remarks on cells, and on the cells of a row together: each distinct combination is looked at once. And which each row has."""
    marked = {name for name, column in by_name.items() if any(cell.marks for cell in column.cells)}
    taking_part = [name for name in by_name if name in MARK or name in marked]
    combination = np.zeros(len(good), dtype=np.int64)
    size = 1
    # In the order of the columns, so that remarks stand in the order in which other rows have them.
    for name in taking_part:
        column = by_name[name]
        alike, many = _that_say_alike(column, whole=name in MARK)
        combination, size = combination * many + alike[column.indices[good]], size * many
        if size > MOST_COMBINATIONS:
            # Numbered anew, so that the product never overflows.
            found, combination = np.unique(combination, return_inverse=True)
            size = len(found)
    first, inverse = _first_of_each(combination, size)
    check = reader.source.check
    assert check is not None
    at = good[first]
    found = [
        [by_name[name].cells[cell] for cell in by_name[name].indices[at].tolist()] for name in taking_part
    ]
    said: list[str | None] = []
    for cells in zip(*found, strict=True):
        marks = [cell.marks for cell in cells if cell.marks]
        marks += check({name: cell.value for name, cell in zip(taking_part, cells, strict=True)})
        said.append(";".join(marks) or None)
    return said, inverse


def _that_say_alike(column: DistinctCells, *, whole: bool) -> tuple[np.ndarray, int]:
    """A number for each distinct cell, the same where only their remarks count and these are the same; and how many numbers."""
    if whole:
        return np.arange(len(column.cells)), len(column.cells)
    numbers: dict[str | None, int] = {}
    alike = [numbers.setdefault(cell.marks, len(numbers)) for cell in column.cells]
    return np.array(alike, dtype=np.int64), len(numbers)


def _first_of_each(combination: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Where each number that occurs first stands, in order of number, and which of these each row has: without sorting the rows."""
    place = np.full(size, -1, dtype=np.int64)
    place[combination[::-1]] = np.arange(len(combination) - 1, -1, -1)
    occurs = np.flatnonzero(place >= 0)
    numbered = np.empty(size, dtype=np.int64)
    numbered[occurs] = np.arange(len(occurs))
    return place[occurs], numbered[combination]
