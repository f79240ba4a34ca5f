"""How a format is described: its columns, the headings they have had, one date style each, codes with their dates, and checks."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from rowan.records.rules.dates import DateStyle, read_date, read_moment, unlikely_birth_date, why_not_a_date
from rowan.records.rules.nulls import is_nothing, is_nothing_but_words
from rowan.records.rules.postcodes import fault_in_postcode, tidy_postcode
from rowan.records.rules.sealing import Place, Purpose, without_mark

Row = Mapping[str, Any]


class Type(StrEnum):
    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    WHOLE = "whole"
    NUMBER = "number"
    YES_NO = "yes or no"


@dataclass(frozen=True)
class Codes:
    """The codes a column may hold, each with the dates between which it was in use (from, until; None is open)."""

    codes: Mapping[str, tuple[date | None, date | None]]
    # Codes of earlier years, and what they are called now.
    now_called: Mapping[str, str] = field(default_factory=dict)

    def as_listed(self, text: str) -> str | None:
        """The code as it is listed, however it was typed (`k3`, `T3 `), or None when it is not known."""
        plain = text.casefold()
        return self._listed.get(plain) or self.now_called.get(text.upper())

    @cached_property
    def _listed(self) -> dict[str, str]:
        return {code.casefold(): code for code in self.codes}

    def has_on(self, code: str, day: date) -> bool:
        from_on, until_on = self.codes.get(code, (None, None))
        return (from_on is None or from_on <= day) and (until_on is None or day < until_on)


def codes(
    listed: str, between: str | None = None, *, from_on: date | None = None, until_on: date | None = None
) -> Codes:
    """Codes written as they are said: `codes("M F U")`."""
    return Codes({code.strip(): (from_on, until_on) for code in listed.split(between)})


def always(row: Row, withholds: bool) -> bool:
    return True


def where_withheld(row: Row, withholds: bool) -> bool:
    return withholds


@dataclass(frozen=True)
class Sealing:
    """That a column is sealed before anything of its row is written: for which purpose, and in which rows."""

    purpose: Purpose
    # Given the row, and whether it withholds where somebody lives.
    when: Callable[[Row, bool], bool] = always
    # Two cells of one place are known as equal whoever sent them; any others only within their own record.
    place: Place | None = None


@dataclass(frozen=True)
class Column:
    """One column: what we call it, and the headings under which agencies have sent it, newest first.

    A heading may be a pattern, `re:lad\\d\\dcd`. A name the kind does not have (`_born`) is read, looked at for faults
    and not stored.
    """

    name: str
    headings: Sequence[str]
    type: Type = Type.TEXT
    style: DateStyle = DateStyle.DAY_FIRST
    # A file without this heading is refused; a row with an empty cell here is put aside.
    key: bool = False
    # The heading must be there, the cell may be empty.
    heading_needed: bool = False
    codes: Codes | None = None
    # The column whose date says which codes were in use.
    codes_on: str = ""
    tidy: Callable[[str], str] | None = None
    # Texts that say why there is nothing; the raw row keeps which.
    says_nothing: Collection[str] = ()
    # What is wrong with the text, kept and marked all the same.
    fault: Callable[[str], str | None] | None = None
    # A number below this is marked.
    lowest: int | None = None
    birth_date: bool = False
    # Dates that lie ahead by their nature, such as a target.
    may_lie_ahead: bool = False
    is_postcode: bool = False
    # A yes or no of which anything but a clear no counts as yes: it protects somebody.
    unclear_is_yes: bool = False
    sealed: Sealing | None = None

    @property
    def heading(self) -> str:
        return self.headings[0]


@dataclass(frozen=True)
class Cell:
    """What one cell says: its value, and why it blocks the row or is marked, if it is."""

    value: str | int | float | bool | date | datetime | None
    blocks: str | None = None
    marks: str | None = None


@dataclass(frozen=True)
class Circumstances:
    """What a reading depends on beside the file: when it was received, and which postcode areas exist."""

    received_on: date
    postcode_areas: frozenset[str]


@dataclass(frozen=True)
class Found:
    """What looking across the rows of a file brought up: marks by line, and remarks on the file as a whole."""

    marks: Mapping[int, Sequence[str]] = field(default_factory=dict)
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Across:
    """A look across all rows of a file, where need be beside rows of the same sender that are in already."""

    columns: Sequence[str]
    look: Callable[[Sequence[Row], Sequence[Row]], Found]
    beside: str = ""
    beside_columns: Sequence[str] = ()


@dataclass(frozen=True)
class Source:
    """One format an agency sends, as a table of rows."""

    format: str
    feed: str
    kind: str
    agency_kind: str
    # (source, source_id) names a person: the agency's code and this scheme, and the id column.
    scheme: str
    columns: Sequence[Column]
    # Unique within source and kind; empty where it is not stored (attendance marks).
    record_id: Sequence[str]
    # The date of what happened: its month files the row, and says how far the feed reaches.
    happened: str = ""
    # Whether rows are filed by that month, or by the month in which they were received.
    filed_by_event: bool = False
    # The column that says whose file this is, and how its text becomes an agency's code and name.
    own_number: str = ""
    agency_of: Callable[[str], tuple[str, str]] | None = None
    check: Callable[[Row], Sequence[str]] | None = None
    # Columns that follow from others.
    derive: Callable[[Row], Row] | None = None
    across: Sequence[Across] = ()
    # Whether a row withholds where somebody lives.
    withholds: Callable[[Row], bool] | None = None
    keeps_raw: bool = True
    # Sent whole for its period: what a later one leaves out was withdrawn, or is out of scope.
    is_a_whole_return: bool = False
    # Holds some columns of its kind only: what it does not carry is taken from the version before.
    is_a_piece: bool = False
    # A few columns of a wide published file: those it needs are nobody else's.
    among_many: bool = False
    # Read in this order within a folder, since later files are looked at beside earlier ones.
    order: int = 50

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_YES = {"1", "true", "yes", "y"}
_NO = {"0", "false", "no", "n"}
# As people tick a box.
_TICKED = _YES | {"t", "x", "\u2713", "\u2714", "withheld", "confidential"}


def read_cell(column: Column, text: str, around: Circumstances, heading: str = "") -> Cell:
    """Read one cell by its column. The same for a cell of CSV, an element of XML, and a distinct value of a block."""
    heading = heading or column.heading
    text = text.replace("\u00a0", " ").strip()
    if is_nothing(text) or (column.type is not Type.TEXT and is_nothing_but_words(text)):
        return Cell(None, blocks=f"{heading}: empty" if column.key else None)
    if column.type is Type.TEXT:
        return _read_text(column, text, around, heading)
    if column.type is Type.DATE:
        return _read_date(column, text, around, heading)
    if column.type is Type.MOMENT:
        moment = read_moment(text)
        if moment is None:
            return Cell(None, blocks=f"{heading}: not a moment (yyyy-mm-dd hh:mm)")
        ahead = moment.date() > around.received_on and not column.may_lie_ahead
        return Cell(moment, marks=f"{heading}: in the future" if ahead else None)
    if column.type is Type.YES_NO:
        plain = text.casefold()
        if column.unclear_is_yes and plain not in _NO:
            taken = None if plain in _TICKED else f"{heading}: neither yes nor no, taken as yes"
            return Cell(True, marks=taken)
        if plain in _YES or plain in _NO:
            return Cell(plain in _YES)
        return Cell(None, marks=f"{heading}: neither yes nor no")
    try:
        number = float(text)
    except ValueError:
        return Cell(None, marks=f"{heading}: not a number")
    if column.type is Type.NUMBER:
        return Cell(number)
    if not number.is_integer():
        return Cell(None, marks=f"{heading}: not a whole number")
    low = column.lowest is not None and number < column.lowest
    return Cell(int(number), marks=f"{heading}: below {column.lowest}" if low else None)


def _read_text(column: Column, text: str, around: Circumstances, heading: str) -> Cell:
    text = without_mark(text)
    if column.tidy:
        text = column.tidy(text)
    if text in column.says_nothing:
        return Cell(None)
    marks = None
    if column.codes:
        if listed := column.codes.as_listed(text):
            text = listed
        else:
            # Kept as it came, never made into "other".
            marks = f"{heading}: not a known code"
    elif column.is_postcode:
        text = tidy_postcode(text)
        if fault := fault_in_postcode(text, around.postcode_areas):
            marks = f"{heading}: {fault}"
    elif column.fault and (fault := column.fault(text)):
        marks = f"{heading}: {fault}"
    elif is_like_a_formula(text):
        marks = f"{heading}: begins like a spreadsheet formula"
    return Cell(text, marks=marks)


def _read_date(column: Column, text: str, around: Circumstances, heading: str) -> Cell:
    day = read_date(text, column.style)
    if day is None:
        return Cell(None, blocks=f"{heading}: {why_not_a_date(text, column.style)}")
    if column.birth_date:
        # Kept in the raw row and marked, never used for age.
        if unlikely := unlikely_birth_date(day, around.received_on):
            return Cell(None, marks=f"{heading}: {unlikely}")
        return Cell(day)
    if day.year < 1900:
        return Cell(day, marks=f"{heading}: too long ago to be right")
    ahead = day > around.received_on and not column.may_lie_ahead
    return Cell(day, marks=f"{heading}: in the future" if ahead else None)


def is_like_a_formula(text: str) -> bool:
    """Kept as it came; whoever writes it out again has to disarm it."""
    return text[:1] in {"=", "@"} or (text[:1] in {"+", "-"} and not text[1:2].isdigit() and len(text) > 1)


def marks_of_dated_codes(source: Source, row: Row) -> list[str]:
    """A code is looked up by the date of what happened, not by today's list."""
    return [
        f"{column.heading}: not a code of that date"
        for column in source.columns
        if column.codes
        and column.codes_on
        and isinstance(code := row.get(column.name), str)
        and isinstance(day := row.get(column.codes_on), date)
        and code in column.codes.codes
        and not column.codes.has_on(code, day)
    ]


def ends_before_it_begins(began: str, ended: str, what: str) -> Callable[[Row], Sequence[str]]:
    def check(row: Row) -> Sequence[str]:
        if row[began] is not None and row[ended] is not None and row[ended] < row[began]:
            return [f"{what} ends before it begins"]
        return []

    return check


def all_of(*checks: Callable[[Row], Sequence[str]]) -> Callable[[Row], Sequence[str]]:
    return lambda row: [reason for check in checks for reason in check(row)]


def before_birth(*days: str) -> Callable[[Row], Sequence[str]]:
    def check(row: Row) -> Sequence[str]:
        born = row.get("birth_date")
        if born is None:
            return []
        dated = (row.get(day) for day in days)
        early = any(
            (day.date() if isinstance(day, datetime) else day) < born for day in dated if day is not None
        )
        return ["dated before the birth date"] if early else []

    return check
