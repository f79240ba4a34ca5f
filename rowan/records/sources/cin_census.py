"""The children in need census: one XML file a council and year, and the same flattened to CSV by councils' own tools.

Source: DfE's census guide; tree and codes as in the schemas of 2017 to 2026. Names and addresses are never in it.
Factors are findings of a completed assessment. Their absence proves nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from rowan.records.rules.dates import DateStyle
from rowan.records.rules.identifiers import UPN_UNKNOWN, tidy_upn

from .looks_across import one_pupil_number_two_ids
from .person_columns import SEX, SEX_IN_LETTERS, ethnicity, source_id, upn
from .profile import Cell, Circumstances, Codes, Column, Row, Source, Type, codes, read_cell

FORMAT = "cin census"
ISO = DateStyle.ISO

FACTORS = codes(
    """1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A
    18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A"""
)
DISABILITIES = codes("NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA")
REFERRAL_SOURCES = codes("1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10")
NEEDS = codes("N0 N1 N2 N3 N4 N5 N6 N7 N8 N9")
REASONS_CLOSED = codes("RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9")
ABUSE = codes("NEG PHY SAB EMO MUL")


class Element(NamedTuple):
    """One element as it was read: its own text, the line it begins on, its children, and text that lay between them."""

    tag: str
    text: str
    line: int
    children: list["Element"]
    stray: str = ""

    def all(self, tag: str) -> Iterator["Element"]:
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> "Element | None":
        return next(self.all(tag), None)

    def text_of(self, tag: str) -> str:
        found = self.first(tag)
        return found.text if found else ""

    def everything(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.everything()


def _day(name: str, tag: str, **more: Any) -> Column:
    return Column(name, (tag,), Type.DATE, style=ISO, **more)


CHILD_COLUMNS = (
    source_id("LAchildID"),
    upn("UPN"),
    upn("FormerUPN", name="former_upn"),
    Column("upn_unknown", ("UPNunknown",), codes=codes(" ".join(UPN_UNKNOWN))),
    _day("birth_date", "PersonBirthDate", birth_date=True),
    _day("expected_birth_date", "ExpectedPersonBirthDate", may_lie_ahead=True),
    _day("death_date", "PersonDeathDate"),
    ethnicity("Ethnicity"),
)
SEX_COLUMN = Column("sex", ("Sex",), codes=SEX_IN_LETTERS)
GENDER_COLUMN = Column("sex", ("GenderCurrent", "Gender"), codes=SEX)

REFERRAL_COLUMNS = (
    _day("referred_on", "CINreferralDate"),
    Column("referral_source", ("ReferralSource",), codes=REFERRAL_SOURCES),
    Column("need", ("PrimaryNeedCode",), codes=NEEDS),
    _day("closed_on", "CINclosureDate"),
    Column("reason_closed", ("ReasonForClosure",), codes=REASONS_CLOSED),
    Column("no_further_action", ("ReferralNFA",), Type.YES_NO),
)
ASSESSMENT_COLUMNS = (
    _day("began_on", "AssessmentActualStartDate"),
    _day("authorised_on", "AssessmentAuthorisationDate"),
)
PLAN_COLUMNS = (_day("began_on", "CINPlanStartDate"), _day("ended_on", "CINPlanEndDate"))
SECTION47_COLUMNS = (
    _day("began_on", "S47ActualStartDate"),
    _day("conference_on", "DateOfInitialCPC"),
)
PROTECTION_PLAN_COLUMNS = (
    _day("began_on", "CPPstartDate"),
    _day("ended_on", "CPPendDate"),
    Column("category", ("LatestCategoryOfAbuse", "InitialCategoryOfAbuse"), codes=ABUSE),
)
REFERENCE_DATE = _day("reference_date", "ReferenceDate")


@dataclass
class ChildRead:
    """What one Child element says: rows by kind, and what is wrong with it."""

    line: int
    source_id: str = ""
    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    # Column, reason and text of what blocks the whole Child.
    blocks: list[tuple[str, str, str]] = field(default_factory=list)


def read_child(child: Element, around: Circumstances) -> ChildRead:
    """A Child with all it holds. Without an id or with an unreadable birth date it is put aside whole."""
    read = ChildRead(child.line)
    identity = child.first("ChildIdentifiers") or child
    traits = child.first("ChildCharacteristics")
    cells: dict[str, Any] = {}
    for column in CHILD_COLUMNS:
        tag = column.heading
        text = identity.text_of(tag) or (traits.text_of(tag) if traits else "")
        cells[column.name] = _take(read, column, text, around, blocking=True)
    cells["sex"] = _read_sex(read, identity, around)
    if read.blocks:
        return read
    read.source_id = cells["source_id"]
    cells["disabilities"] = _listed(
        read, traits.first("Disabilities") if traits else None, "Disability", DISABILITIES
    )
    _look_at_identity(read, cells, identity)
    if any(element.stray for element in child.everything()):
        read.marks.append("text stands between elements")
    read.rows.append(("cin_children", cells | {"record_id": read.source_id}))
    for details in child.all("CINdetails"):
        _read_details(read, details, around, cells)
    read.rows = [(kind, row | {"birth_date": cells["birth_date"]}) for kind, row in read.rows]
    read.marks = list(dict.fromkeys(read.marks))
    return read


def _read_sex(read: ChildRead, identity: Element, around: Circumstances) -> Any:
    """`Sex` holds letters since 2025; `GenderCurrent` held figures until 2024. Each is read by its own list."""
    if text := identity.text_of("Sex"):
        return _take(read, SEX_COLUMN, text, around)
    tag = "GenderCurrent" if identity.text_of("GenderCurrent") else "Gender"
    return _take(read, GENDER_COLUMN, identity.text_of(tag), around)


def _look_at_identity(read: ChildRead, cells: Row, identity: Element) -> None:
    if cells["upn"] and cells["upn_unknown"]:
        read.marks.append("both a pupil number and a reason for having none")
    both = bool(identity.text_of("PersonBirthDate")) == bool(identity.text_of("ExpectedPersonBirthDate"))
    if both:
        read.marks.append("both or neither of birth date and expected birth date")
    born, died = cells["birth_date"], cells["death_date"]
    if born and died and died < born:
        read.marks.append("died before the birth date")


def _read_details(read: ChildRead, details: Element, around: Circumstances, child: Row) -> None:
    referral = _row(read, REFERRAL_COLUMNS, details, around)
    referred = _said(referral["referred_on"])
    read.rows.append(("cin_referrals", referral | {"record_id": f"{read.source_id}|{referred}"}))
    if _before(referral["closed_on"], referral["referred_on"]):
        read.marks.append("closed before it was referred")
    if _before(child["death_date"], referral["referred_on"]):
        read.marks.append("referred after the date of death")
    for element in details.all("Assessments"):
        row = _row(read, ASSESSMENT_COLUMNS, element, around)
        listed = element.first("FactorsIdentifiedAtAssessment")
        row["factors"] = _listed(read, listed, "AssessmentFactors", FACTORS)
        if row["authorised_on"] and not row["factors"]:
            read.marks.append("a completed assessment without factors")
        if row["factors"] and "21" in row["factors"].split(";") and ";" in row["factors"]:
            read.marks.append("factor 21 (none) beside another factor")
        if _before(row["authorised_on"], row["began_on"]):
            read.marks.append("assessment begins after it was authorised")
        _add(read, "cin_assessments", row, referred, row["began_on"])
    _read_periods(read, details, around, "CINPlanDates", "cin_plans", PLAN_COLUMNS, referred, "plan")
    for element in details.all("Section47"):
        row = _row(read, SECTION47_COLUMNS, element, around)
        _add(read, "cin_section47", row, referred, row["began_on"])
    _read_periods(
        read,
        details,
        around,
        "ChildProtectionPlans",
        "cin_protection_plans",
        PROTECTION_PLAN_COLUMNS,
        referred,
        "child protection plan",
    )


def _read_periods(
    read: ChildRead,
    details: Element,
    around: Circumstances,
    tag: str,
    kind: str,
    columns: Sequence[Column],
    referred: str,
    what: str,
) -> None:
    rows = [_row(read, columns, element, around) for element in details.all(tag)]
    for row in rows:
        if _before(row["ended_on"], row["began_on"]):
            read.marks.append(f"{what} ends before it begins")
        _add(read, kind, row, referred, row["began_on"])
    if sum(row["ended_on"] is None for row in rows) > 1:
        read.marks.append(f"two open {what}s")
    dated = sorted((row for row in rows if row["began_on"]), key=lambda row: row["began_on"])
    for earlier, later in pairwise(dated):
        if earlier["began_on"] == later["began_on"]:
            read.marks.append(f"two {what}s begin on one day")
        elif earlier["ended_on"] and earlier["ended_on"] > later["began_on"]:
            read.marks.append(f"{what} overlaps an earlier one of the same child")


def _add(read: ChildRead, kind: str, row: dict[str, Any], referred: str, began: Any) -> None:
    read.rows.append((kind, row | {"record_id": f"{read.source_id}|{referred}|{_said(began)}"}))


def _row(
    read: ChildRead, columns: Sequence[Column], element: Element, around: Circumstances
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in columns:
        tag = next((tag for tag in column.headings if element.text_of(tag)), column.heading)
        row[column.name] = _take(read, column, element.text_of(tag), around, tag)
    return row


def _take(
    read: ChildRead,
    column: Column,
    text: str,
    around: Circumstances,
    tag: str = "",
    *,
    blocking: bool = False,
) -> Any:
    """A cell's value. Below the Child's identity nothing blocks: the row counted is the Child, and it is kept and marked."""
    cell: Cell = read_cell(column, text, around, tag)
    if cell.blocks:
        if blocking:
            read.blocks.append((tag or column.heading, cell.blocks, text))
        else:
            read.marks.append(cell.blocks)
    if cell.marks:
        read.marks.append(cell.marks)
    return cell.value


def _listed(read: ChildRead, holder: Element | None, tag: str, known: Codes) -> str | None:
    """Several codes in one cell, in the order sent; unknown ones stay as they came."""
    if holder is None:
        return None
    found = []
    for element in holder.all(tag):
        if not element.text:
            continue
        listed = known.as_listed(element.text)
        if listed is None:
            read.marks.append(f"{tag}: not a known code")
        elif listed in found:
            read.marks.append(f"{tag}: the same code twice")
        found.append(listed or element.text.replace(";", ","))
    if "NONE" in found and len(found) > 1:
        read.marks.append("Disability: NONE beside another")
    return ";".join(dict.fromkeys(found)) or None


def _before(earlier: Any, later: Any) -> bool:
    return earlier is not None and later is not None and earlier < later


def _said(day: Any) -> str:
    return day.isoformat() if day else "?"


def notes_on_the_whole(with_factors: int, referrals: int, no_further_action: int) -> list[str]:
    """What a file as a whole cannot be used for."""
    notes = []
    if not with_factors:
        notes.append("No assessment in this file has factors, so it can say nothing about exploitation.")
    if referrals > 1 and referrals == no_further_action:
        notes.append("Every referral in this file is marked as no further action, which no real return is.")
    return notes


IDENTIFIERS = Source(
    format="cin census child identifiers",
    feed="cin_census",
    kind="cin_children",
    agency_kind="council",
    scheme="cin",
    columns=(
        source_id("LAchildID"),
        Column("upn", ("UPN",), tidy=tidy_upn, fault=upn("UPN").fault, heading_needed=True),
        upn("FormerUPN", name="former_upn"),
        Column("upn_unknown", ("UPNunknown",), codes=codes(" ".join(UPN_UNKNOWN))),
        _day("birth_date", "PersonBirthDate", birth_date=True, heading_needed=True),
        _day("expected_birth_date", "ExpectedPersonBirthDate", may_lie_ahead=True),
        Column("sex", ("Sex", "GenderCurrent", "Gender"), codes=SEX),
        _day("death_date", "PersonDeathDate"),
    ),
    record_id=("source_id",),
    across=(one_pupil_number_two_ids(),),
    is_a_piece=True,
    order=41,
)
CHARACTERISTICS = Source(
    format="cin census child characteristics",
    feed="cin_census",
    kind="cin_children",
    agency_kind="council",
    scheme="cin",
    columns=(
        source_id("LAchildID"),
        Column("ethnicity", ("Ethnicity",), codes=ethnicity().codes, heading_needed=True),
    ),
    record_id=("source_id",),
    is_a_piece=True,
    order=42,
)
DETAILS = Source(
    format="cin census details",
    feed="cin_census",
    kind="cin_referrals",
    agency_kind="council",
    scheme="cin",
    columns=(
        source_id("LAchildID"),
        # Two date styles live in one delivery: this table is written day first, its neighbours are not.
        Column("referred_on", ("CINreferralDate",), Type.DATE, key=True),
        Column("referral_source", ("ReferralSource",), codes=REFERRAL_SOURCES),
        Column("need", ("PrimaryNeedCode",), codes=NEEDS, heading_needed=True),
        Column("closed_on", ("CINclosureDate",), Type.DATE),
        Column("reason_closed", ("ReasonForClosure",), codes=REASONS_CLOSED),
        Column("no_further_action", ("ReferralNFA",), Type.YES_NO),
    ),
    record_id=("source_id", "referred_on"),
    is_a_piece=True,
    order=43,
)
SOURCES = (IDENTIFIERS, CHARACTERISTICS, DETAILS)
