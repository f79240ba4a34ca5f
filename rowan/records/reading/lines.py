"""Rows of a CSV file with the physical line each begins on, whatever its quotes do; one broken row never swallows the next."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

# A quoted cell may hold line breaks, but not this many: then its quote was never closed.
MOST_LINES_IN_A_CELL = 200
_END_OF_LINE = "\r\n"


@dataclass(frozen=True, slots=True)
class RowRead:
    line: int
    cells: list[str]
    # Why the row cannot be read as cells at all.
    fault: str | None = None
    # Nothing ends the line: the file stops here.
    unended: bool = False


class Lines:
    """The physical lines of a file, numbered from 1, that can be handed back."""

    def __init__(self, text: IO[str]):
        self._text = text
        self._handed_back: deque[str] = deque()
        self.number = 0

    def take(self) -> str | None:
        if self._handed_back:
            line = self._handed_back.popleft()
        else:
            line = self._text.readline()
            if not line:
                return None
        self.number += 1
        return line

    def hand_back(self, lines: list[str]) -> None:
        self._handed_back.extendleft(reversed(lines))
        self.number -= len(lines)


def rows_of(text: IO[str], delimiter: str = ",") -> Iterator[RowRead]:
    """Every row that holds anything, with the line it begins on (the heading row is line 1)."""
    return rows_from(Lines(text), delimiter)


def rows_from(lines: Lines, delimiter: str = ",") -> Iterator[RowRead]:
    while (line := lines.take()) is not None:
        number = lines.number
        if '"' not in line:
            bare = line.rstrip(_END_OF_LINE)
            if bare.strip(" "):
                yield RowRead(number, bare.split(delimiter), unended=len(bare) == len(line))
            continue
        yield _quoted_row(lines, line, number, delimiter)


def _quoted_row(lines: Lines, first: str, number: int, delimiter: str) -> RowRead:
    """Let the csv reader draw as many lines as the quotes ask for, within reason."""
    drawn: list[str] = []

    def draw() -> Iterator[str]:
        yield first
        while len(drawn) < MOST_LINES_IN_A_CELL and (line := lines.take()) is not None:
            drawn.append(line)
            yield line

    try:
        cells = next(csv.reader(draw(), delimiter=delimiter, strict=True))
    except csv.Error:
        # The first line alone is at fault; what was drawn after it are rows of their own.
        lines.hand_back(drawn)
        return RowRead(number, [first.rstrip(_END_OF_LINE)], "the quotes of this row do not match")
    last = drawn[-1] if drawn else first
    return RowRead(number, cells, unended=not last.endswith(("\n", "\r")))
