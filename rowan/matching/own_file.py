"""Links the records of one file of somebody's own, and keeps nothing: what would matching do with my data?"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.types import Table

from rowan.matching.link_records import JUDGED, RESTRICTED, STANDING, link_records
from rowan.matching.rules.identity import READ
from rowan.matching.rules.own_columns import COLUMNS, SAYS_WHO, meant
from rowan.records.reading.bytes_of_a_file import LONGEST_LINE, FileLookedAt, look_at
from rowan.records.reading.lines import RowRead, rows_of
from rowan.records.reading.opening import DELIMITERS
from rowan.records.rules.dates import DateStyle, read_date
from rowan.records.rules.headings import normalised
from rowan.records.rules.nulls import is_nothing, is_nothing_but_words
from rowan.refusals import NotPossible

HEADINGS_LINE = 1
ROWS_A_BATCH = 20_000
_COMPACT = re.compile(r"(19|20)\d{6}")
RECORDS = pa.schema(
    [(name, pa.date32() if name in {"birth_date", "first_received_on"} else pa.string()) for name in READ]
)
# Of this file only: whoever tries keeps no person, so their ids need no key that lasts.
_KEY = b"somebody's own file"


@dataclass(frozen=True)
class UnsurePair:
    """Two records that might be one person, each by its line and its record_id, and how they compare in words."""

    line: int
    record_id: str
    other_line: int
    other_record_id: str
    why: str


@dataclass
class Tried:
    """What was linked, and what of the file could not be read."""

    records: int = 0
    people: int = 0
    unsure: list[UnsurePair] = field(default_factory=list)
    # Each with the column it probably stands for, where the file has none of that name.
    columns_left_out: list[tuple[str, str]] = field(default_factory=list)
    dates_not_read: list[int] = field(default_factory=list)  # lines
    rows_not_read: list[int] = field(default_factory=list)
    rows_too_long: list[int] = field(
        default_factory=list
    )  # more cells than headings: nobody knows which is which


def link_own_file(file: Path, out: IO[str], scratch: Path) -> Tried:
    """Write record_id and cluster_id of every record, in the order of the file; clusters are numbered as they first appear.

    NotPossible says what is wrong with the file, before anything is written.
    """
    opened, tried = _open(file), Tried()
    tried.columns_left_out = [
        (name, "" if meant(name) in opened.positions else meant(name)) for name in opened.left_out
    ]
    engine = _Engine(scratch)
    try:
        records = engine.take(
            "own_records", pa.RecordBatchReader.from_batches(RECORDS, _batches(opened, tried))
        )
        _refuse_twice(engine)
        link_records(
            engine,
            records,
            records.filter(ibis.literal(value=False)),
            JUDGED.empty_table(),
            STANDING.empty_table(),
            RESTRICTED.empty_table(),
            _KEY,
        )
        tried.unsure = _unsure(engine)
        _write(engine, out, tried)
    finally:
        engine.connection.close()
    return tried


@dataclass(frozen=True)
class _Opened:
    looked_at: FileLookedAt
    delimiter: str
    positions: Mapping[str, int]
    left_out: list[str]

    width: int

    def rows(self) -> Iterator[RowRead]:
        with self.looked_at.text() as text:
            for row in rows_of(text, self.delimiter):
                if row.line > HEADINGS_LINE:
                    yield row


def _open(file: Path) -> _Opened:
    try:
        looked_at = look_at(file)
    except OSError as error:
        raise NotPossible(f"{file} could not be read: {error.strerror}.") from error
    except NotPossible as refusal:
        raise NotPossible(f"{file}: {refusal.reason}.") from refusal
    if looked_at.longest_line > LONGEST_LINE:
        raise NotPossible(f"{file}: one line is longer than a million characters, so it is no table.")
    with looked_at.text() as text:
        first = "".join(islice(text, 1))
    named = [_named(first, delimiter) for delimiter in DELIMITERS]
    delimiter, headings = max(zip(DELIMITERS, named, strict=True), key=lambda one: len(_positions(one[1])))
    positions = _positions(headings)
    if twice := next((name for name in positions if _names(headings).count(normalised(name)) > 1), ""):
        raise NotPossible(f"{file}: the column {twice} stands twice.")
    if not any(name in positions for name in SAYS_WHO):
        raise NotPossible(
            f"{file}: its first line names none of {', '.join(SAYS_WHO)}, and without one of them nobody can be told apart."
            f"{_asked_about(headings)} It may have these columns: {', '.join(COLUMNS)}."
        )
    known = {normalised(name) for name in COLUMNS}
    left_out = [
        heading.strip() for heading in headings if normalised(heading) not in known and heading.strip()
    ]
    return _Opened(looked_at, delimiter, positions, left_out, len(headings))


def _asked_about(headings: Sequence[str]) -> str:
    return "".join(
        f" '{heading.strip()}': did you mean {meant(heading)}?" for heading in headings if meant(heading)
    )


def _named(first: str, delimiter: str) -> list[str]:
    return next((row.cells for row in rows_of(io.StringIO(first, newline=""), delimiter)), [])


def _names(headings: Sequence[str]) -> list[str]:
    return [normalised(heading) for heading in headings]


def _positions(headings: Sequence[str]) -> dict[str, int]:
    names = _names(headings)
    return {name: names.index(normalised(name)) for name in COLUMNS if normalised(name) in names}


def _batches(opened: _Opened, tried: Tried) -> Iterator[pa.RecordBatch]:
    records = _records(opened, tried)
    while batch := list(islice(records, ROWS_A_BATCH)):
        yield pa.RecordBatch.from_pylist(batch, schema=RECORDS)


def _records(opened: _Opened, tried: Tried) -> Iterator[dict[str, Any]]:
    for row in opened.rows():
        if row.fault:
            tried.rows_not_read.append(row.line)
            continue
        if any(cell.strip() for cell in row.cells[opened.width :]):
            tried.rows_too_long.append(row.line)
            continue
        tried.records += 1
        cells = {
            COLUMNS[name]: _cell(row.cells, position)
            for name, position in opened.positions.items()
            if COLUMNS[name]
        }
        born = cells.pop("birth_date", None) or ""
        birth_date = _day(born)
        if birth_date is None and not is_nothing_but_words(born):
            tried.dates_not_read.append(row.line)
        agency = cells.get("agency") or ""
        yield cells | {
            # In the order of the file: the first record of somebody founds their cluster.
            "rid": f"{row.line:012d}",
            "source": f"{agency}:own file",
            "source_id": cells.get("source_id") or str(tried.records),
            "agency": agency,
            "birth_date": birth_date,
        }


def _cell(cells: Sequence[str], position: int) -> str | None:
    cell = cells[position].strip() if position < len(cells) else ""
    return None if is_nothing(cell) else cell


def _day(cell: str) -> date | None:
    """2010-04-03, 03/04/2010 or 20100403: no two of them can be taken for each other."""
    if _COMPACT.fullmatch(cell):
        try:
            return datetime.strptime(cell, "%Y%m%d").date()
        except ValueError:
            return None
    return read_date(cell, DateStyle.ISO) or read_date(cell, DateStyle.DAY_FIRST)


def _refuse_twice(engine: "_Engine") -> None:
    twice = engine.rows(
        "select source_id, list(cast(rid as integer) order by rid) from own_records group by source, source_id "
        "having count(*) > 1 order by min(rid) limit 1"
    )
    for record_id, lines in twice:
        raise NotPossible(
            f"The record_id {record_id} stands on lines {lines[0]} and {lines[1]}: give each record of an agency a number of its own."
        )


def _unsure(engine: "_Engine") -> list[UnsurePair]:
    found = engine.rows(
        "select cast(one.rid as integer), one.source_id, cast(other.rid as integer), other.source_id, pairs.reasons "
        "from unsure_pairs as pairs join own_records as one on one.rid = least(pairs.left_rid, pairs.right_rid) "
        "join own_records as other on other.rid = greatest(pairs.left_rid, pairs.right_rid) order by one.rid, other.rid"
    )
    return [UnsurePair(*row) for row in found]


def _write(engine: "_Engine", out: IO[str], tried: Tried) -> None:
    written, numbers = csv.writer(out, lineterminator="\n"), {}
    written.writerow(("record_id", "cluster_id"))
    found = engine.connection.cursor().execute(
        "select own.source_id, links.person_id from own_records as own join links using (rid) order by own.rid"
    )
    while rows := found.fetchmany(ROWS_A_BATCH):
        written.writerows(
            (record_id, numbers.setdefault(person, len(numbers) + 1)) for record_id, person in rows
        )
    tried.people = len(numbers)


class _Engine:
    """What matching asks of an engine (`link_records.Engine`), in a scratch folder of its own."""

    def __init__(self, scratch: Path) -> None:
        self.connection = duckdb.connect(
            str(scratch / "own.duckdb"), config={"temp_directory": str(scratch / "spill")}
        )

    def take(self, name: str, rows: pa.Table | pa.RecordBatchReader) -> Table:
        self.connection.register("_taken", rows)
        self.rows(f'create or replace table "{name}" as select * from _taken')
        self.connection.unregister("_taken")
        return self._table(name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def _table(self, name: str) -> Table:
        schema = self.connection.sql(f'select * from "{name}" limit 0').to_arrow_table().schema
        return ibis.table(ibis.Schema.from_pyarrow(schema), name=name)
