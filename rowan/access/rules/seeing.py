"""How somebody comes to a child's record, and what of it they see: role, part and purpose held against the matrix."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rowan.agencies.rules.roles import SEES_NO_CHILD, Role

from .matrix import (
    IN_A_PACK,
    PACK,
    PACK_SUMMARY,
    Cell,
    Kind,
    Opens,
    Y,
    cell_of,
    opens_records,
    works_at_the_hub,
)

HUB = "hub"

# One sentence for a record that is not there, one that is hidden, and one that is somebody else's work: it must not tell.
NOTHING_THERE = (
    "Either there is no such record, or you are not working with this child. "
    "If you think you should be, ask the triage desk."
)
ROLE_SEES_NO_CHILD = "Your role keeps Rowan running and safe; it does not look at children's records."
ROLE_OPENS_NO_RECORD = (
    "Your role does not open children's records. What you need of one is given to you item by item."
)


class Through(StrEnum):
    """By what right somebody is in a record."""

    PART = "a part in the child's life"
    EMERGENCY = "emergency access"
    REASON = "a typed reason"
    PACK = "a meeting’s pack"  # of one child's item, and never a way into the record


@dataclass(frozen=True)
class Part:
    """A part somebody has in a child's life: why, through which agency, from when to when."""

    why: str
    agency: str
    agency_kind: str
    opened_on: date
    closed_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.opened_on <= day and (self.closed_on is None or day <= self.closed_on)


@dataclass(frozen=True)
class Standing:
    """How one practitioner stands to one child, whatever ids were joined into hers."""

    parts: list[Part] = field(default_factory=list)
    restricted: bool = False
    named: bool = False  # by every restriction that stands
    kept_out: bool = False
    emergency: bool = False  # an emergency access runs
    reason: bool = False  # a reasoned look runs

    @property
    def hidden(self) -> bool:
        """Nothing opens a hidden record, neither a part nor an emergency."""
        return self.kept_out or (self.restricted and not self.named)


@dataclass(frozen=True)
class Seen:
    """What one reader may see of one child's record. Rows of an agency in a compartment are asked for one by one."""

    role: Role
    agency: str  # the reader's own
    audience: str  # HUB, or the reader's own agency
    through: Through = Through.PART
    at_a_school: bool = False

    @property
    def is_hub(self) -> bool:
        return self.audience == HUB

    def opens(self, compartment: str) -> Opens:
        cell = cell_of(self.role, compartment)
        if cell is None:
            return Opens.NOTHING
        if self.through is Through.PACK:
            return _in_a_pack(compartment, cell)
        if self.through is Through.REASON and compartment != Kind.CORE:
            return Opens.HEADINGS if _reasoned(compartment, cell.opens) else Opens.NOTHING
        return cell.opens

    def shows(self, agency: str, compartment: str = "core") -> bool:
        """Whether this agency's rows in this compartment are shown at all."""
        opens = self.opens(compartment)
        if opens is Opens.NOTHING:
            return False
        if opens is Opens.OWN_AGENCY or self.at_a_school:
            return agency == self.agency
        return True

    def tells(self, agency: str, compartment: str = "core") -> bool:
        """Whether their words and detail are shown too, and not the heading alone. A typed reason and a pack tell no words, of the core neither."""
        if self.through in {Through.REASON, Through.PACK}:
            return False
        return self.shows(agency, compartment) and self.opens(compartment) is not Opens.HEADINGS

    def whole(self, compartment: str) -> bool:
        """Whether their cell is a plain Y, and they come by a part: for what even a limited reader must not see."""
        return cell_of(self.role, compartment) is Y and self.through is Through.PART and not self.at_a_school

    @property
    def hub_name(self) -> bool:
        """Whether the reader is shown what the hub calls the child, and not their own agency's name for her."""
        return self.opens(Kind.CORE) is Opens.EVERYTHING and not self.at_a_school

    @property
    def birth_date(self) -> bool:
        """Whether the day a child was born is shown: it is the hub's, of whichever agency sent it, and a typed reason shows an age."""
        return self.hub_name and self.through is not Through.REASON


def _reasoned(compartment: str, opens: Opens) -> bool:
    """A look outside one's own work sees headings, and only where a part would have opened everything; never where she lives."""
    return opens is Opens.EVERYTHING and compartment != Kind.ADDRESSES


def _in_a_pack(compartment: str, cell: Cell) -> Opens:
    """A meeting widens nobody's role: headings of what a pack holds, and of those no more than the reader's own cell gives."""
    if compartment not in IN_A_PACK:
        return Opens.NOTHING
    if cell in (PACK, PACK_SUMMARY) or cell.opens is Opens.EVERYTHING:
        return Opens.HEADINGS
    return cell.opens


def way_in(role: str, standing: Standing, *, today: date) -> Through | None:
    """By what right this role, so placed, opens the record; None when by none."""
    if not opens_records(role) or standing.hidden:
        return None
    if (standing.restricted and standing.named) or any(part.covers(today) for part in standing.parts):
        return Through.PART
    if standing.emergency:
        return Through.EMERGENCY
    if standing.reason and cell_of(role, Kind.OUTSIDE_CASELOAD):
        return Through.REASON
    return None


def refusal_to_see(role: str, standing: Standing, *, today: date) -> str | None:
    """Why this practitioner may not look at this child, or None when they may."""
    return role_refusal(role) or (None if way_in(role, standing, today=today) else NOTHING_THERE)


def role_refusal(role: str) -> str | None:
    """A refusal that needs no look at any record: the role alone says it."""
    if Role(role) in SEES_NO_CHILD:
        return ROLE_SEES_NO_CHILD
    return None if opens_records(role) else ROLE_OPENS_NO_RECORD


def what_is_seen(role: str, agency: str, agency_kind: str, through: Through = Through.PART) -> Seen:
    """Those who work at the hub share its picture; a school's staff, whatever their role, see as their school; others as their agency."""
    at_a_school = agency_kind == "school"
    hub = works_at_the_hub(role) and not at_a_school
    return Seen(Role(role), agency, HUB if hub else agency, through, at_a_school)
