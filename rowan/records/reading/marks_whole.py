"""A whole file of attendance marks as columns, held in memory: each distinct cell, and which of them each row has.

The file is read as one block, by the very reader of blocks; a file that is larger, or that any row makes unfit for columns, is left to
be read block by block.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from rowan.records.sources.kinds import ATTENDANCE_MARKS
from rowan.records.sources.profile import Circumstances, read_cell

from .bytes_of_a_file import FileLookedAt
from .marks_by_block import (
    ByColumn,
    as_columns,
    batch_of,
    distinct_cells,
    month_of,
    remarks,
    told_apart,
)
from .opening import Opened, number_inside
from .table_rows import PutAside, TableReader

# Some 850,000 marks: a year of the largest school. Its rows take about three times as much in memory.
LARGEST_FILE = 32 << 20
# So many places for pupil, day and session are laid out side by side; where there are more, rows are sorted.
MOST_PLACES = 1 << 24


@dataclass
class _Numbered:
    """Distinct values in their order, and which of them each row has (-1: none)."""

    values: list[Any]
    numbers: np.ndarray


@dataclass
class MarksOfAFile:
    """Every row of a file, and those of them that are good."""

    count: int
    put_aside: list[PutAside]
    _good: np.ndarray
    _columns: ByColumn
    reader: TableReader
    _remarks: list[str | None]
    _remark_of: np.ndarray

    def __post_init__(self) -> None:
        self._order: np.ndarray | None = None
        self._numbered: dict[str, _Numbered] = {}
        self._happened = self.reader.source.happened

    @property
    def kept(self) -> int:
        return len(self._good)

    @property
    def marked(self) -> int:
        return sum(self._rows_by_remark().values())

    def remarks(self) -> Mapping[str, int]:
        """In how many rows each remark stands."""
        said: Counter[str] = Counter()
        for together, rows in self._rows_by_remark().items():
            for remark in dict.fromkeys(together.split(";")):
                said[remark] += rows
        return said

    def months(self) -> set[str]:
        return {month_of(day) for day in self._days()}

    def days(self, until: date) -> tuple[date | None, date | None]:
        """The first and the last day up to this one."""
        days = [day for day in self._days() if day <= until]
        return min(days, default=None), max(days, default=None)

    def says_each_mark_once(self) -> bool:
        """Whether no pupil has two rows for one session of one day."""
        return self._in_order() is not None

    def batch(self, schema: pa.Schema) -> pa.RecordBatch | None:
        """The good rows in the order of the file."""
        return batch_of(self._good, 2, self._columns, self.reader, schema)

    def by_month(self, schema: pa.Schema, same: Mapping[str, Any]) -> Iterator[tuple[str, pa.Table]]:
        """The good rows by pupil, day and session, a table a month; `same` are the columns that every row has alike.

        A table's texts are only those its rows hold: what a file never said of this month is in no file of it.
        """
        order = self._in_order()
        assert order is not None
        days = self._by_value(self._happened)
        months = sorted({month_of(day) for day in days.values})
        month_of_day = np.array([months.index(month_of(day)) for day in days.values], dtype=np.int16)
        of_row = month_of_day[days.numbers[order]]
        for number, month in enumerate(months):
            rows = order[of_row == number]
            if len(rows):
                yield month, self._table(rows, schema, {**same, "month": month}).drop_columns(["month"])

    def _table(self, rows: np.ndarray, schema: pa.Schema, same: Mapping[str, Any]) -> pa.Table:
        made = []
        for field in schema:
            if field.name == "line":
                made.append(pa.array(self._good[rows] + 2, type=field.type))
            elif field.name == "defects":
                made.append(_texts(self._remark_of[rows], self._remarks))
            elif field.name in self._columns:
                column = self._by_value(field.name)
                numbers = column.numbers[rows]
                if pa.types.is_string(field.type):
                    made.append(_texts(numbers, column.values))
                else:
                    values = pa.array([*column.values, None], type=field.type)
                    made.append(values.take(pa.array(np.where(numbers < 0, len(column.values), numbers))))
            else:
                value = same.get(field.name)
                made.append(_all_alike(value, len(rows), field.type))
        return pa.table(made, names=schema.names)

    def _rows_by_remark(self) -> dict[str, int]:
        rows = np.bincount(self._remark_of, minlength=len(self._remarks))
        found: Counter[str] = Counter()
        for said, number in zip(self._remarks, rows, strict=True):
            if said is not None:
                found[said] += int(number)
        return found

    def _days(self) -> list[date]:
        days = self._by_value(self._happened)
        occurs = np.bincount(days.numbers, minlength=len(days.values))
        return [day for day, rows in zip(days.values, occurs, strict=True) if rows]

    def _by_value(self, name: str) -> _Numbered:
        """The column's values in order: two texts that say the same are one value."""
        if name not in self._numbered:
            column = self._columns[name]
            values = sorted({cell.value for cell in column.cells if cell.value is not None})
            number = {value: place for place, value in enumerate(values)}
            of_text = np.array([number.get(cell.value, -1) for cell in column.cells], dtype=np.int32)
            self._numbered[name] = _Numbered(values, of_text[column.indices[self._good]])
        return self._numbered[name]

    def _in_order(self) -> np.ndarray | None:
        """The good rows by pupil, day and session; None when two are of the same."""
        if self._order is None:
            key, size = np.zeros(len(self._good), dtype=np.int64), 1
            for name in ("source_id", self._happened, "session"):
                column = self._by_value(name)
                key, size = key * len(column.values) + column.numbers, size * len(column.values)
            order = _laid_out(key, size) if size <= MOST_PLACES else np.argsort(key, kind="stable")
            together = key[order]
            if len(order) == len(key) and not (together[1:] == together[:-1]).any():
                self._order = order
        return self._order


def can_be_read_in_blocks(opened: Opened, reader: TableReader) -> bool:
    table, looked_at = opened.table, opened.looked_at
    return (
        table is not None
        and table.recognised.source.kind == ATTENDANCE_MARKS
        and looked_at.encoding in {"utf-8", "utf-8-sig"}
        and not looked_at.has_bare_returns
        and not any("middle of a character" in note for note in looked_at.notes)
        and table.delimiter == ","
        and table.headings_line == 1
        and not table.recognised.unknown
        and reader.cells_needed == len(reader.headings)
    )


def owner_of(opened: Opened, around: Circumstances) -> str:
    """The file's own number as the rows have it."""
    assert opened.table is not None
    source = opened.table.recognised.source
    if not source.own_number:
        return ""
    return str(read_cell(source.column(source.own_number), number_inside(opened) or "", around).value)


def read_ahead(opened: Opened, around: Circumstances) -> MarksOfAFile | None:
    """A file of marks that is not its turn yet: what it says depends on nothing that is kept before it."""
    assert opened.table is not None
    reader = TableReader(opened.table.recognised, opened.table.headings, around)
    if not can_be_read_in_blocks(opened, reader):
        return None
    return marks_of(opened.looked_at, reader, owner_of(opened, around))


def marks_of(looked_at: FileLookedAt, reader: TableReader, owner: str) -> MarksOfAFile | None:
    """The whole file as columns, or None where it is too large for that or a row of it has to be read by itself."""
    if looked_at.size > LARGEST_FILE:
        return None
    content = looked_at.path.read_bytes()
    table = as_columns(content[content.find(b"\n") + 1 :], len(reader.headings)) if b"\n" in content else None
    if table is None:
        return None
    distinct = distinct_cells(table, reader)
    good, aside = told_apart(distinct, 2, reader, owner)
    columns = {column.column.column.name: column for column in distinct}
    said, which = remarks(good, columns, reader) if len(good) else ([], np.zeros(0, dtype=np.int64))
    return MarksOfAFile(table.num_rows, aside, good, columns, reader, said, which)


def _laid_out(key: np.ndarray, size: int) -> np.ndarray:
    """Each row put in its own place: in order without sorting. Fewer come out where two have the same place."""
    place = np.full(size, -1, dtype=np.int32)
    place[key] = np.arange(len(key), dtype=np.int32)
    return place[place >= 0]


def _texts(numbers: np.ndarray, values: list[Any]) -> pa.Array:
    """Texts as numbers and only those texts that occur: Parquet writes the whole list into the file."""
    nothing = numbers < 0
    listed = [*values, None]
    occurs = np.flatnonzero(np.bincount(np.where(nothing, len(values), numbers), minlength=len(listed)))
    occurs = np.array([number for number in occurs if listed[number] is not None], dtype=np.int64)
    renumbered = np.full(len(listed), -1, dtype=np.int32)
    renumbered[occurs] = np.arange(len(occurs), dtype=np.int32)
    found = renumbered[numbers]
    return pa.DictionaryArray.from_arrays(
        pa.array(found, mask=found < 0), pa.array([listed[number] for number in occurs], type=pa.string())
    )


def _all_alike(value: Any, rows: int, kind: pa.DataType) -> pa.Array:
    if value is None:
        return pa.nulls(rows, type=kind)
    if pa.types.is_string(kind):
        return pa.DictionaryArray.from_arrays(
            pa.array(np.zeros(rows, dtype=np.int8)), pa.array([value], kind)
        )
    return pa.repeat(pa.scalar(value, type=kind), rows)
