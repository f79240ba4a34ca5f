"""One file being read into the scratch folder, row by row or block by block, before anything is kept of it."""

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from rowan.records.reading.elements import Tree
from rowan.records.reading.marks_by_block import ANOTHER_AGENCY, read_marks
from rowan.records.reading.marks_whole import MarksOfAFile, can_be_read_in_blocks, marks_of, owner_of
from rowan.records.reading.opening import Opened, table_rows
from rowan.records.reading.table_rows import PutAside, ReadRow, TableReader, put_aside
from rowan.records.rules.masking import masked
from rowan.records.sources import cin_census
from rowan.records.sources.kinds import ATTENDANCE_MARKS, KINDS
from rowan.records.sources.profile import Circumstances, Source

from . import delta_tables
from .sealing import Sealer
from .staging import Staged
from .standing_tables import StandingTables

PUT_ASIDE_IN_A_BATCH = 20_000


class Reading(ABC):
    """One file being read into the scratch folder, row by row or block by block."""

    scheme = ""
    main_kind = ""
    happened = ""
    # One row for every session, so the last row is how far the file reaches.
    comes_daily = False
    is_a_whole_return = False

    def __init__(
        self,
        opened: Opened,
        around: Circumstances,
        scratch: Path,
        sealer: Sealer,
        withheld: frozenset[str] = frozenset(),
    ):
        self.opened, self.around, self.scratch = opened, around, scratch
        # `withheld`: ids of this sender whose home is withheld, whether or not the file says so.
        self.sealer, self.withheld = sealer, withheld
        self.rows = self.quarantined = 0
        self._by_kind: dict[str, Staged] = {}
        self._aside: list[PutAside] = []
        self._aside_files: list[Path] = []
        self._across_notes: list[str] = []
        # A whole file of marks is held as columns, until it shows whether it has to be staged. It may be read already.
        self.marks: MarksOfAFile | None = None
        self.ahead: Future[MarksOfAFile | None] | None = None

    @abstractmethod
    def read(self) -> None:
        """Read every row that can be read, and put the others aside."""

    def stage(self) -> None:
        """Stage what was only held until now: its rows have to be looked at beside others."""
        self.marks = None

    def carried(self, kind: str) -> Sequence[str]:
        return [*KINDS[kind]]

    def notes(self) -> list[str]:
        return self._across_notes

    def look_across(
        self, connection: duckdb.DuckDBPyConnection, tables: StandingTables, source: str
    ) -> str | None:
        return None

    def reaches_to(self, received_on: date) -> date:
        return received_on

    def staged(self) -> list[Staged]:
        return [staged for staged in self._by_kind.values() if staged.rows]

    def close(self) -> None:
        for staged in self._by_kind.values():
            staged.close()

    def clear(self) -> None:
        """Leave nothing in the scratch folder, of this file or of one before it that was given up half read."""
        for file in self.scratch.glob("*"):
            if file.is_file():
                file.unlink()

    def kind(self, kind: str) -> Staged:
        if kind not in self._by_kind:
            self._by_kind[kind] = Staged(kind, self.scratch)
        return self._by_kind[kind]

    def put_aside(self, row: PutAside) -> None:
        self.quarantined += 1
        self._aside.append(row)
        if len(self._aside) >= PUT_ASIDE_IN_A_BATCH:
            self._write_aside()

    def commit_put_aside(self, tables: StandingTables, import_id: str) -> None:
        if self._aside:
            self._write_aside()
        for file in self._aside_files:
            rows = pa.ipc.open_file(file).read_all()
            same = {"import_id": import_id, "file": self.opened.file.called}
            for name in ("file", "import_id"):
                rows = rows.add_column(0, name, pa.array([same[name]] * rows.num_rows, pa.string()))
            tables.of(delta_tables.QUARANTINE).append(rows)
            file.unlink()

    def _write_aside(self) -> None:
        file = self.scratch / f"put_aside_{len(self._aside_files)}.arrow"
        names = ("line", "column", "reason", "masked")
        schema = pa.schema([delta_tables.QUARANTINE_SCHEMA.field(name) for name in names])
        table = pa.Table.from_pylist(
            [{name: getattr(row, name) for name in names} for row in self._aside], schema=schema
        )
        with pa.ipc.new_file(file, schema) as writer:
            writer.write_table(table)
        self._aside.clear()
        self._aside_files.append(file)


class ReadingOfTable(Reading):
    def __init__(self, opened: Opened, *more: Any):
        super().__init__(opened, *more)
        assert opened.table is not None
        self.source: Source = opened.table.recognised.source
        self.scheme, self.main_kind, self.happened = (
            self.source.scheme,
            self.source.kind,
            self.source.happened,
        )
        self.is_a_whole_return = self.source.is_a_whole_return
        self.comes_daily = self.source.kind == ATTENDANCE_MARKS
        self.reader = TableReader(
            opened.table.recognised, opened.table.headings, self.around, hides=self._holds_something_sealed
        )
        self._months: dict[Any, str] = {}

    def read(self) -> None:
        if can_be_read_in_blocks(self.opened, self.reader):
            self._read_in_blocks()
            return
        own = self.source.own_number
        owner = owner_of(self.opened, self.around)
        for row in table_rows(self.opened):
            self.rows += 1
            found = self.reader.read(row)
            if isinstance(found, PutAside):
                self.put_aside(found)
            elif own and found.values[own] != owner:
                self.put_aside(PutAside(row.line, own, ANOTHER_AGENCY, masked(str(found.values[own]))))
            else:
                self._add(found)

    def stage(self) -> None:
        staged = self.kind(ATTENDANCE_MARKS)
        if self.marks is not None and (batch := self.marks.batch(staged.schema)) is not None:
            staged.add_batch(batch)
        self.marks = None

    def carried(self, kind: str) -> Sequence[str]:
        if not self.source.is_a_piece:
            return super().carried(kind)
        return [name for name in KINDS[kind] if name in self.reader.recognised.positions]

    def notes(self) -> list[str]:
        return [*super().notes(), *self.reader.notes()]

    def look_across(
        self, connection: duckdb.DuckDBPyConnection, tables: StandingTables, source: str
    ) -> str | None:
        """What only the rows together show, as a relation of line and reasons."""
        marks: dict[int, list[str]] = {}
        staged = self._by_kind.get(self.main_kind)
        for across in self.source.across if staged and staged.rows else ():
            assert staged is not None
            beside = _rows_beside(connection, tables, across.beside, across.beside_columns, source)
            found = across.look(staged.columns(across.columns), beside)
            self._across_notes.extend(found.notes)
            for line, reasons in found.marks.items():
                marks.setdefault(line, []).extend(reasons)
        if not marks:
            return None
        table = pa.table(
            {
                "line": pa.array([*marks], pa.int64()),
                "reasons": pa.array([";".join(reasons) for reasons in marks.values()]),
            }
        )
        connection.register("_across", table)
        connection.execute("create or replace temp table across_the_file as select * from _across")
        connection.unregister("_across")
        return "across_the_file"

    def _read_in_blocks(self) -> None:
        owner = owner_of(self.opened, self.around)
        if self.ahead is not None:
            self.marks = self.ahead.result()
        else:
            self.marks = marks_of(self.opened.looked_at, self.reader, owner)
        if self.marks is not None:
            self.reader = self.marks.reader
            self.rows += self.marks.count
            for aside in self.marks.put_aside:
                self.put_aside(aside)
            return
        staged = self.kind(ATTENDANCE_MARKS)
        for block in read_marks(self.opened.looked_at, self.reader, staged.schema, owner):
            self.rows += block.count
            for row in block.rows:
                self._add(row)
            for aside in block.put_aside:
                self.put_aside(aside)
            if block.batch is not None:
                staged.add_batch(block.batch)

    def _add(self, read: ReadRow) -> None:
        day = read.values.get(self.happened) if self.source.filed_by_event else self.around.received_on
        row = {
            **read.values,
            "line": read.line,
            "month": self._month(day or self.around.received_on),
            "defects": ";".join(dict.fromkeys(read.marks)) or None,
            "raw": read.raw,
        }
        if self._says_it_withholds(row):
            row["address_withheld"] = True
        # From here on the row is written: to the scratch folder first.
        self.sealer.seal(self.main_kind, row, self._withholds(row), read.raw_purpose)
        self.kind(self.main_kind).add(row)

    def _says_it_withholds(self, row: Mapping[str, Any]) -> bool:
        return self.source.withholds is not None and self.source.withholds(row)

    def _withholds(self, row: Mapping[str, Any]) -> bool:
        return row.get("source_id") in self.withheld or self._says_it_withholds(row)

    def _holds_something_sealed(self, row: Mapping[str, Any]) -> bool:
        return self.sealer.would_seal(self.main_kind, row, self._withholds(row))

    def _month(self, day: date) -> str:
        month = self._months.get(day)
        if month is None:
            month = self._months[day] = f"{day.year:04d}-{day.month:02d}"
        return month


class ReadingOfCensus(Reading):
    scheme = "cin"
    main_kind = "cin_children"

    def __init__(self, opened: Opened, *more: Any):
        super().__init__(opened, *more)
        self._seen: dict[str, int] = {}
        self._of_the_whole: Counter[str] = Counter()

    def read(self) -> None:
        month = f"{self.around.received_on:%Y-%m}"
        for element in Tree(self.opened.looked_at, "Child").children():
            self.rows += 1
            child = cin_census.read_child(element, self.around)
            if child.blocks:
                self.put_aside(put_aside(child.line, child.blocks))
                continue
            if child.source_id in self._seen:
                child.marks.append("the same child id twice in the file")
            self._seen[child.source_id] = child.line
            raw = json.dumps(_as_sent(element), ensure_ascii=False)
            defects = ";".join(child.marks) or None
            for kind, values in child.rows:
                self._count(kind, values)
                own = {"line": child.line, "source_id": child.source_id, "month": month}
                first = kind == self.main_kind
                self.kind(kind).add(
                    {**values, **own, "defects": defects if first else None, "raw": raw if first else None}
                )

    def notes(self) -> list[str]:
        counts = self._of_the_whole
        return cin_census.notes_on_the_whole(
            counts["with factors"], counts["referrals"], counts["no further action"]
        )

    def reaches_to(self, received_on: date) -> date:
        return min(self.opened.reference_date or received_on, received_on)

    def _count(self, kind: str, values: dict[str, Any]) -> None:
        if kind == "cin_assessments" and values["factors"]:
            self._of_the_whole["with factors"] += 1
        if kind == "cin_referrals":
            self._of_the_whole["referrals"] += 1
            self._of_the_whole["no further action"] += bool(values["no_further_action"])


def _as_sent(element: cin_census.Element) -> Any:
    """A Child as it came, for the raw column: text, or the elements below it in their order."""
    if not element.children:
        return element.text
    below = [{child.tag: _as_sent(child)} for child in element.children]
    return [*below, {"text between elements": element.stray}] if element.stray else below


def _rows_beside(
    connection: duckdb.DuckDBPyConnection,
    tables: StandingTables,
    kind: str,
    columns: Sequence[str],
    source: str,
) -> list[dict[str, Any]]:
    files = tables.of(kind).files_of(source.partition(":")[0]) if kind else []
    if not files:
        return []
    listed = ", ".join(f'"{column}"' for column in columns)
    found = connection.execute(
        f"""select {listed} from read_parquet($files, union_by_name=true, hive_partitioning=false)
            where source = $source
            qualify row_number() over (partition by record_id order by version desc) = 1""",
        {"files": files, "source": source},
    )
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
