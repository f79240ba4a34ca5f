"""What can be shared, item by item and by compartment, so that somebody picks the least that does the job."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

ADDRESS = "address"
HEALTH = frozenset({"health", "sexual_health"})


@dataclass(frozen=True)
class Item:
    key: str
    compartment: str
    name: str


ITEMS = (
    Item("name_and_birth_date", "core", "Name and date of birth"),
    Item(ADDRESS, "addresses", "Address"),
    Item("identifiers", "core", "Reference numbers"),
    Item("who_works_with_her", "core", "Who works with the child"),
    Item("school_and_year", "core", "School and year"),
    Item("attendance", "education", "Attendance by week"),
    Item("school_notes", "education", "The school’s safeguarding notes"),
    Item("social_care_history", "social_care", "Referrals, assessments, plans and placements"),
    Item("missing_episodes", "police", "Missing episodes"),
    Item("if_missing_sheet", "core", "The “if missing” sheet"),
    Item("police_reports", "police", "Arrests and other police reports"),
    Item("health_concern", "health", "A clinician’s decision or a health concern"),
    Item("sexual_health_concern", "sexual_health", "A sexual-health clinician’s decision"),
    Item("intelligence_summary", "intelligence", "Sanitised intelligence"),
    Item("connections", "connections", "Friends, adults and places named"),
    Item("legal_advice", "legal", "Orders and legal advice"),
    Item("concerns", "contacts", "Concerns that were raised, and what was noticed"),
)
_BY_KEY = {item.key: item for item in ITEMS}


def item_named(key: str) -> Item | None:
    return _BY_KEY.get(key)


def known(keys: Iterable[str]) -> list[Item]:
    return [item for item in ITEMS if item.key in set(keys)]


def to_pick_from(shows: Callable[[str], bool]) -> list[Item]:
    """Nobody can share what she may not see: `shows` says so for a compartment."""
    return [item for item in ITEMS if shows(item.compartment)]


def holds_a_confidence(keys: Iterable[str]) -> bool:
    return any(item.compartment in HEALTH for item in known(keys))


# Which kind of line in a child's chronology stands under which item.
_KINDS = {
    "went_missing": "missing_episodes",
    "away_from_placement": "missing_episodes",
    "school_joined": "school_and_year",
    "school_left": "school_and_year",
}
_COMPARTMENTS = {
    "education": "school_notes",
    "social_care": "social_care_history",
    "core": "social_care_history",
    "police": "police_reports",
    "health": "health_concern",
    "sexual_health": "sexual_health_concern",
    "intelligence": "intelligence_summary",
    "connections": "connections",
    "legal": "legal_advice",
    "contacts": "concerns",
}


def item_of_line(kind: str, compartment: str) -> str:
    """The item that covers a line of the chronology; a line that no item covers is never shared by a file."""
    return _KINDS.get(kind) or _COMPARTMENTS.get(compartment, "")
