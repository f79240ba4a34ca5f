"""Cells of a row, read by the format's columns: a row to keep with its marks, or the reason to put it aside."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rowan.records.rules.dates import DateStyle
from rowan.records.rules.masking import masked
from rowan.records.rules.sealing import NOT_SHOWN, Purpose, purpose_of_heading
from rowan.records.sources.kinds import ATTENDANCE_MARKS, KINDS
from rowan.records.sources.profile import (
    Cell,
    Circumstances,
    Column,
    marks_of_dated_codes,
    read_cell,
)
from rowan.records.sources.recognise import Recognised

from .lines import RowRead

# How many distinct cells of a column are remembered. Dates, codes and sexes come again and again.
MOST_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class PutAside:
    """A row that is not kept: where it is and why, its value masked."""

    line: int
    column: str
    reason: str
    masked: str


@dataclass(slots=True)
class ReadRow:
    line: int
    values: dict[str, Any]
    marks: list[str]
    raw: str | None = None
    # What a column this format does not have holds, when its heading says that it must be sealed.
    raw_purpose: Purpose | None = None


@dataclass
class ReadColumn:
    """A column of this file: where it stands, under which heading, and the cells it has read so far."""

    column: Column
    position: int
    heading: str
    around: Circumstances
    remembered: dict[str, Cell] = field(default_factory=dict)
    # Whether a date with a day above 12 has shown that days come first.
    proves_its_style: bool = False
    holds_dates: bool = False

    def read(self, text: str) -> Cell:
        cell = self.remembered.get(text)
        if cell is None:
            cell = read_cell(self.column, text, self.around, self.heading)
            if len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.clear()
            self.remembered[text] = cell
            if self.column.style is DateStyle.DAY_FIRST and isinstance(cell.value, date):
                self.holds_dates = True
                self.proves_its_style = self.proves_its_style or cell.value.day > 12
        return cell


class TableReader:
    """Reads the rows of one file of one recognised format. `hides` says which of them show nothing when they are put aside."""

    def __init__(
        self,
        recognised: Recognised,
        headings: Sequence[str],
        around: Circumstances,
        hides: Callable[[Mapping[str, Any]], bool] = lambda values: False,
    ):
        self.hides = hides
        self.recognised = recognised
        self.source = recognised.source
        self.around = around
        self.headings = [heading.replace("\ufeff", "") for heading in headings]
        self.cells_needed = max(
            (position for position, heading in enumerate(self.headings) if heading.strip()), default=-1
        )
        self.cells_needed += 1
        self.columns = [
            ReadColumn(self.source.column(name), position, recognised.headings[name], around)
            for name, position in recognised.positions.items()
        ]
        absent = {column.name for column in self.source.columns} - set(recognised.positions)
        self._empty = dict.fromkeys([*absent, *KINDS[self.source.kind]])
        # A mark is what its columns say; only columns we do not know make its row worth keeping as it came.
        unknown_marks = self.source.kind == ATTENDANCE_MARKS and bool(recognised.unknown)
        self._keeps_raw = self.source.keeps_raw or unknown_marks
        # A row that cannot be told into cells may hold a sealed one anywhere.
        self._shows_misshapen = not any(column.sealed for column in self.source.columns)
        self._raw_names = [name for name, _ in self._raw_cells(self.headings)]
        known = set(recognised.positions.values())
        self._unknown_purposes = [
            (position, purpose)
            for position, heading in enumerate(self.headings)
            if position not in known and (purpose := purpose_of_heading(heading))
        ]
        self._dated_codes = any(column.codes_on for column in self.source.columns)

    def read(self, row: RowRead) -> ReadRow | PutAside:
        if fault := row.fault or self._fault_in_shape(row):
            shown = masked(row.cells[0] if row.cells else "") if self._shows_misshapen else NOT_SHOWN
            return PutAside(row.line, "", fault, shown)
        values: dict[str, Any] = self._empty.copy()
        marks: list[str] = []
        blocks: list[tuple[str, str, str]] = []
        for column in self.columns:
            text = row.cells[column.position]
            cell = column.remembered.get(text) or column.read(text)
            values[column.column.name] = cell.value
            if cell.blocks:
                blocks.append((column.heading, cell.blocks, text))
            elif cell.marks:
                marks.append(cell.marks)
        if blocks:
            return put_aside(row.line, blocks, shown=not self.hides(values))
        raw = None
        if self._keeps_raw:
            names = self._raw_names
            cells = (
                zip(names, row.cells, strict=False)
                if len(row.cells) <= len(names)
                else self._raw_cells(row.cells)
            )
            raw = json.dumps(dict(cells), ensure_ascii=False)
        return self.finish(ReadRow(row.line, values, marks, raw, self._purpose_of_the_unknown(row.cells)))

    def finish(self, row: ReadRow) -> ReadRow:
        """What only the cells of a row together say."""
        if self.source.derive:
            row.values |= self.source.derive(row.values)
        if self.source.check:
            row.marks.extend(self.source.check(row.values))
        if self._dated_codes:
            row.marks.extend(marks_of_dated_codes(self.source, row.values))
        row.values["record_id"] = "|".join(_said(row.values[name]) for name in self.source.record_id)
        return row

    def _purpose_of_the_unknown(self, cells: Sequence[str]) -> Purpose | None:
        return next(
            (
                purpose
                for position, purpose in self._unknown_purposes
                if position < len(cells) and cells[position].strip()
            ),
            None,
        )

    def notes(self) -> list[str]:
        """What the file does not prove, and what it brought beside the format's columns."""
        said = []
        unproven = [
            column.heading for column in self.columns if column.holds_dates and not column.proves_its_style
        ]
        if unproven:
            said.append(
                f"No date in {', '.join(unproven)} has a day above 12, so the file does not prove its own style: "
                f"read as {DateStyle.DAY_FIRST}, as this format has it."
            )
        if self.recognised.unknown and self.source.keeps_raw:
            said.append(
                f"Columns this format does not have were kept as they came: {', '.join(self.recognised.unknown)}."
            )
        return said

    def _raw_cells(self, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        seen: set[str] = set()
        for position, cell in enumerate(cells):
            heading = self.headings[position].strip() if position < len(self.headings) else ""
            name = heading or f"column {position + 1}"
            yield (f"{name} ({position + 1})" if name in seen else name, cell)
            seen.add(name)

    def _fault_in_shape(self, row: RowRead) -> str | None:
        if not any(cell.strip() for cell in row.cells):
            return "the row is empty"
        if len(row.cells) < self.cells_needed:
            said = f"the row has {_cells(len(row.cells))} where the headings have {self.cells_needed}"
            return f"{said}: the file stops in the middle of it" if row.unended else said
        if len(row.cells) > len(self.headings) and any(
            cell.strip() for cell in row.cells[len(self.headings) :]
        ):
            return f"the row has {_cells(len(row.cells))} where the headings have {self.cells_needed}"
        return None


def put_aside(line: int, blocks: Sequence[tuple[str, str, str]], *, shown: bool = True) -> PutAside:
    """One line a row, for the first cell at fault; it says when there are more."""
    column, reason, text = blocks[0]
    more = f" (and {len(blocks) - 1} more of its cells)" if len(blocks) > 1 else ""
    return PutAside(line, column, reason + more, masked(text.strip()) if shown else NOT_SHOWN)


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number} cells"


def _said(value: Any) -> str:
    if value is None:
        return "?"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
