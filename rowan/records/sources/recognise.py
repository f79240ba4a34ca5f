"""Tell a file's format by its columns or its root element, never by its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rowan.records.rules.headings import normalised

from . import (
    attendance_marks,
    case_list,
    cin_census,
    clinic,
    places,
    police,
    school_log,
    school_roll,
    ssda903,
)
from .profile import Column, Source

SOURCES: tuple[Source, ...] = (
    *case_list.SOURCES,
    *ssda903.SOURCES,
    *cin_census.SOURCES,
    *school_roll.SOURCES,
    *attendance_marks.SOURCES,
    *school_log.SOURCES,
    *police.SOURCES,
    *places.SOURCES,
)
# A file is taken for a format when most of its columns are that format's, or most of the format's columns are there.
LIKENESS_NEEDED = 0.6


@dataclass(frozen=True)
class Recognised:
    """A format, and where in a row each of its columns stands."""

    source: Source
    positions: dict[str, int]
    headings: dict[str, str]
    # Headings this format does not have: kept in the raw row.
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class NotRecognised:
    why: str
    # So like a format that looking for its headings further down the file would be idle.
    settled: bool = False


def recognise(cells: Sequence[str]) -> Recognised | NotRecognised:
    """The format whose columns these headings are; else why it is none, naming a missing key column."""
    if clinic.is_a_clinic_return(cells):
        return NotRecognised(clinic.WHY_REFUSED, settled=True)
    found = [(source, *_placed(source, cells)) for source in SOURCES]
    named = len([cell for cell in cells if cell.strip()])
    # An id and one date can be anybody's: more of the file's columns must be this format's than not.
    whole = [
        (source, placed)
        for source, placed, missing in found
        if not missing and (source.among_many or len(placed) * 2 >= named)
    ]
    if whole:
        source, placed = max(whole, key=lambda pair: _likeness(pair[0], pair[1], cells))
        return _recognised(source, placed, cells)
    source, placed, missing = max(found, key=lambda entry: _likeness(entry[0], entry[1], cells))
    if missing and _likeness(source, placed, cells) >= LIKENESS_NEEDED:
        columns = " and ".join(column.heading for column in missing)
        return NotRecognised(
            f"this looks like {source.format}, but the column {columns} is missing", settled=True
        )
    return NotRecognised("the columns are those of no format Rowan reads")


def repeated_heading(recognised: Recognised, cells: Sequence[str]) -> str | None:
    """A heading of the format that stands twice: nobody can say which column is meant."""
    names = [normalised(cell) for cell in cells]
    for heading in recognised.headings.values():
        if names.count(normalised(heading)) > 1:
            return heading
    return None


def _recognised(source: Source, placed: dict[str, int], cells: Sequence[str]) -> Recognised:
    known = set(placed.values())
    unknown = tuple(
        cell.strip() for position, cell in enumerate(cells) if position not in known and cell.strip()
    )
    headings = {name: cells[position].replace("\ufeff", "").strip() for name, position in placed.items()}
    return Recognised(source, placed, headings, unknown)


def _placed(source: Source, cells: Sequence[str]) -> tuple[dict[str, int], list[Column]]:
    """Where each column stands, and which needed ones are missing."""
    names = [normalised(cell) for cell in cells]
    placed: dict[str, int] = {}
    missing = []
    for column in source.columns:
        position = _position(column, names)
        if position is not None:
            placed[column.name] = position
        elif column.key or column.heading_needed:
            missing.append(column)
    return placed, missing


def _position(column: Column, names: Sequence[str]) -> int | None:
    for heading in column.headings:
        if heading.startswith("re:"):
            for position, name in enumerate(names):
                if re.fullmatch(heading[3:], name):
                    return position
        elif (name := normalised(heading)) in names:
            return names.index(name)
    return None


def _likeness(source: Source, placed: dict[str, int], cells: Sequence[str]) -> float:
    """Shared columns among all there are in either (Jaccard): two tables may share their first three."""
    named = len([cell for cell in cells if cell.strip()])
    union = named + len(source.columns) - len(placed)
    return len(placed) / union if union else 0.0
