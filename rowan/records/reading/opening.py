"""What a file is: its bytes looked at, its headings or root element recognised, and the agency's number inside it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from rowan.records.rules.postcodes import AREAS
from rowan.records.sources import cin_census
from rowan.records.sources.profile import Circumstances, read_cell
from rowan.records.sources.recognise import Recognised, recognise, repeated_heading
from rowan.refusals import NotPossible

from .bytes_of_a_file import LONGEST_LINE, FileLookedAt, look_at
from .elements import Tree, root_of
from .lines import RowRead, rows_of

# Spreadsheets put a title above the headings: they are looked for this far down.
HEADINGS_WITHIN_LINES = 5
DELIMITERS = (",", "\t", ";", "|")
ROWS_LOOKED_AT_FOR_ITS_AGENCY = 500
NOT_IN_XML = (
    "SSDA903 as one XML file is not read: export the CSV tables, which hold the same, and import those"
)


@dataclass(frozen=True)
class FileToTakeIn:
    """A file, and what it is called in reports and rows: its place below the folder that was named."""

    path: Path
    called: str


@dataclass
class Opened:
    """A file whose format is known and whose agency is not yet."""

    file: FileToTakeIn
    looked_at: FileLookedAt
    format: str
    feed: str
    agency_kind: str
    order: int
    # None for the census in XML.
    table: "OpenedTable | None" = None
    council: str = ""
    reference_date: date | None = None


@dataclass
class OpenedTable:
    recognised: Recognised
    headings: list[str]
    headings_line: int
    delimiter: str


def open_file(file: FileToTakeIn) -> Opened:
    """Its bytes and its headings or root element; refuses what no format of ours can be."""
    looked_at = look_at(file.path)
    if looked_at.is_xml:
        return _open_xml(file, looked_at)
    if looked_at.longest_line > LONGEST_LINE:
        raise NotPossible("one line of the file is longer than a million characters, so it is no table")
    table = _find_headings(looked_at)
    source = table.recognised.source
    return Opened(file, looked_at, source.format, source.feed, source.agency_kind, source.order, table)


def _open_xml(file: FileToTakeIn, looked_at: FileLookedAt) -> Opened:
    root = root_of(looked_at)
    if root == "EXPSSDA903":
        raise NotPossible(NOT_IN_XML)
    tree = Tree(looked_at, "Child")
    # The header stands before the first Child.
    next(tree.children(), None)
    if root != "Message" or tree.header.get("Collection", "CIN") != "CIN":
        raise NotPossible("the root element is that of no return Rowan reads")
    around = Circumstances(date.max, AREAS)
    reference = read_cell(cin_census.REFERENCE_DATE, tree.header.get("ReferenceDate", ""), around).value
    return Opened(
        file,
        looked_at,
        cin_census.FORMAT,
        "cin_census",
        "council",
        40,
        council=tree.header.get("LEA", ""),
        reference_date=reference if isinstance(reference, date) else None,
    )


def _find_headings(looked_at: FileLookedAt) -> OpenedTable:
    with looked_at.text() as text:
        first_lines = "".join(islice(text, HEADINGS_WITHIN_LINES))
    why = ""
    for delimiter in DELIMITERS:
        for row in rows_of(io.StringIO(first_lines, newline=""), delimiter):
            if row.fault:
                continue
            found = recognise(row.cells)
            if isinstance(found, Recognised):
                if twice := repeated_heading(found, row.cells):
                    raise NotPossible(
                        f"this looks like {found.source.format}, but the column {twice} stands twice"
                    )
                return OpenedTable(found, row.cells, row.line, delimiter)
            if found.settled:
                raise NotPossible(found.why)
            why = why or found.why
    raise NotPossible(why or "the columns are those of no format Rowan reads")


def table_rows(opened: Opened) -> Iterator[RowRead]:
    """The rows below the headings."""
    assert opened.table is not None
    with opened.looked_at.text() as text:
        for row in rows_of(text, opened.table.delimiter):
            if row.line > opened.table.headings_line:
                yield row


def number_inside(opened: Opened) -> str | None:
    """The agency's number or name as the first rows give it."""
    assert opened.table is not None
    recognised = opened.table.recognised
    position = recognised.positions[recognised.source.own_number]
    for row in islice(table_rows(opened), ROWS_LOOKED_AT_FOR_ITS_AGENCY):
        if not row.fault and len(row.cells) > position and row.cells[position].strip():
            return row.cells[position].strip()
    return None


def ids_inside(opened: Opened) -> Iterator[str]:
    assert opened.table is not None
    position = opened.table.recognised.positions["source_id"]
    for row in table_rows(opened):
        if not row.fault and len(row.cells) > position and row.cells[position].strip():
            yield row.cells[position].strip()
