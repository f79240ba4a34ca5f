"""Reads one file of a county's truth, and says in one sentence where it is not what `rowan county` writes: file, line and column."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rowan.refusals import NotPossible


@dataclass(frozen=True)
class TruthRow:
    file: Path
    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """What stands there, which may not be nothing."""
        if not self.cells[column]:
            raise self.wrong(column, "is empty")
        return self.cells[column]

    def line_of(self, column: str) -> int:
        told = self.cells[column]
        if not (told.isascii() and told.isdigit() and int(told)):
            raise self.wrong(column, f"needs the number of a line, not '{told}'")
        return int(told)

    def day(self, column: str) -> date | None:
        told = self.cells.get(column, "")
        if not told:
            return None
        try:
            return date.fromisoformat(told)
        except ValueError as error:
            raise self.wrong(column, f"needs a date such as 2026-03-01, or nothing, not '{told}'") from error

    def wrong(self, column: str, why: str) -> NotPossible:
        return wrong(self.file, f"line {self.line}: '{column}' {why}")


def wrong(file: Path, why: str) -> NotPossible:
    return NotPossible(f"{file} cannot be used: {why}. Give the county as `rowan county` wrote it.")


def truth_rows(county: Path, name: str, columns: Sequence[str]) -> Iterator[TruthRow]:
    """Every row by its first physical line, the headings being line 1. A file without rows is a county without any."""
    file = county / "truth" / name
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            yield from _rows(file, csv.reader(opened, strict=True), columns)
    except UnicodeDecodeError as error:
        raise wrong(file, f"it is not UTF-8 text (byte {error.start + 1:,})") from error
    except OSError as error:
        raise NotPossible(f"{file} cannot be read: {error.strerror}.") from error


def _rows(file: Path, reader: Any, columns: Sequence[str]) -> Iterator[TruthRow]:
    try:
        heads: list[str] = next(reader, [])
        if not any(heads):
            raise wrong(file, f"it is empty; its first line names the columns {', '.join(columns)}")
        if missing := [name for name in columns if name not in heads]:
            raise wrong(
                file, f"line 1 lacks the column {', '.join(missing)}; it names {', '.join(heads)[:200]}"
            )
        line = reader.line_num + 1
        for cells in reader:
            if any(cells) and len(cells) != len(heads):
                raise wrong(file, f"line {line} has {len(cells)} cells for {len(heads)} columns")
            if any(cells):
                yield TruthRow(file, line, dict(zip(heads, cells, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise wrong(file, f"line {reader.line_num} is no CSV ({error})") from error
