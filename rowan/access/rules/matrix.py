"""Who may see what: for each role and each kind of thing a cell, or none. A missing cell means never.

Domain 5.5 is the start; every cell added to it has its reason in docs/adr/0017. A cell alone opens nothing: the reader also
needs a part in the child's life, or a reason that was typed (`seeing.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from rowan.agencies.rules.roles import Role


class Opens(StrEnum):
    """What a cell opens of the rows of a child whose record the reader may open."""

    EVERYTHING = "everything"
    HEADINGS = "headings"  # what kind of thing, when, from which agency; not its words
    OWN_AGENCY = "own agency's rows"
    NOTHING = "nothing on the record's page"  # another page opens it, item by item


@dataclass(frozen=True)
class Cell:
    letter: str  # Y or L, as the matrix shows it
    means: str
    opens: Opens


class Kind(StrEnum):
    """The compartments of a child's record, and the things beside it."""

    CORE = "core"
    ADDRESSES = "addresses"
    EDUCATION = "education"
    SOCIAL_CARE = "social_care"
    POLICE = "police"
    HEALTH = "health"
    SEXUAL_HEALTH = "sexual_health"
    INTELLIGENCE = "intelligence"
    SOURCES = "sources"
    LEGAL = "legal"
    CONNECTIONS = "connections"
    CONTACTS = "contacts"
    PLAN = "plan"
    QUESTIONS = "questions"
    PEOPLE_OF_CONCERN = "people_of_concern"
    PLACES = "places"
    DECISIONS = "decisions"
    TRAIL = "trail"
    TOTALS = "totals"
    OUTSIDE_CASELOAD = "outside_caseload"


# What stands in a child's record; the kinds after them have pages of their own.
COMPARTMENTS = (
    Kind.CORE,
    Kind.ADDRESSES,
    Kind.EDUCATION,
    Kind.SOCIAL_CARE,
    Kind.POLICE,
    Kind.HEALTH,
    Kind.SEXUAL_HEALTH,
    Kind.INTELLIGENCE,
    Kind.SOURCES,
    Kind.LEGAL,
    Kind.CONNECTIONS,
)
KIND_NAMES = {
    Kind.CORE: "Name, birth date, who is involved, safe contact and danger flags",
    Kind.ADDRESSES: "Addresses",
    Kind.EDUCATION: "Attendance and other school records",
    Kind.SOCIAL_CARE: "Social care records",
    Kind.POLICE: "Police reports of this child: missing, arrests",
    Kind.HEALTH: "Health concern",
    Kind.SEXUAL_HEALTH: "Sexual-health detail",
    Kind.INTELLIGENCE: "Intelligence, sanitised",
    Kind.SOURCES: "Who a source is",
    Kind.LEGAL: "Legal papers and orders",
    Kind.CONNECTIONS: "Connections to other people",
    Kind.CONTACTS: "Contacts, concerns and observations",
    Kind.PLAN: "Plan and actions",
    Kind.QUESTIONS: "Questions put to the hub",
    Kind.PEOPLE_OF_CONCERN: "People of concern",
    Kind.PLACES: "Place cards",
    Kind.DECISIONS: "Decisions to share and not to share",
    Kind.TRAIL: "The trail of who looked",
    Kind.TOTALS: "Totals, with small numbers hidden",
    Kind.OUTSIDE_CASELOAD: "A look at a child outside one’s own work",
}

Y = Cell("Y", "When they have a part in the child’s life, or their post gives it.", Opens.EVERYTHING)


def _limited(means: str, opens: Opens) -> Cell:
    return Cell("L", means, opens)


OWN_CASELOAD = _limited("Own caseload: children they work with by name, team or agency.", Opens.EVERYTHING)
OWN_PATIENTS = _limited("Own patients: children their health agency works with.", Opens.EVERYTHING)
OWN_PUPILS = _limited("Own pupils: their own school’s rows, and no other agency’s.", Opens.OWN_AGENCY)
OWN_AGENCY = _limited("Their own agency’s rows, and no other agency’s.", Opens.OWN_AGENCY)
OWN_SUBMISSIONS = _limited("What they or their agency sent, and what came of it.", Opens.OWN_AGENCY)
IF_ACTIONED = _limited("Only while an action about this child is theirs.", Opens.EVERYTHING)
SUMMARY = _limited(
    "Headings: what kind of thing, when and from which agency, without its words or detail.", Opens.HEADINGS
)
SANITISED = _limited(
    "Headings of sanitised items that name no source, never the report itself.", Opens.HEADINGS
)
OWN_ACTIONS = _limited("The actions that are theirs, with what is needed to do them.", Opens.NOTHING)
PUT_TO_THEM = _limited("Questions put to them, to their school or to a post they hold.", Opens.NOTHING)
PACK = _limited(
    "The pack of a meeting’s item, while the meeting lasts, with an age for a birth date; nothing outside a meeting.",
    Opens.NOTHING,
)
PACK_SUMMARY = _limited(
    "Headings in the pack of a meeting’s item, while the meeting lasts: what kind of thing, when and from which agency; nothing outside a meeting.",
    Opens.NOTHING,
)
NEED_TO_KNOW = _limited(
    "Need to know: one item at a time, opened by name by the clinician or health lead who holds it.",
    Opens.NOTHING,
)
NAMED_UNIT = _limited("The named police unit only, unmasked by two people.", Opens.NOTHING)
SAFETY_ADVICE = _limited("Safety advice written for them, never the person’s record.", Opens.NOTHING)
FIT_AND_PROPER = _limited(
    "What a fit-and-proper decision needs, about a licence holder or applicant.", Opens.NOTHING
)
PLACE_SUMMARY = _limited("The card’s safety advice, without who reported what.", Opens.NOTHING)
RECORDED_ONLY = _limited("That a decision was made, its basis and dates; no narrative.", Opens.NOTHING)
OWN_RECORDS_TRAIL = _limited("Who has looked at the record of a child they work with.", Opens.NOTHING)
WITH_A_REASON = _limited(
    "With a typed reason and for a set time: name, age, school, who is involved, and headings where their role has Y.",
    Opens.HEADINGS,
)

_EVERYBODY = {Kind.TOTALS: Y}

MATRIX: dict[Role, dict[Kind, Cell]] = {
    Role.REFERRER: _EVERYBODY | {Kind.CONTACTS: OWN_SUBMISSIONS},
    Role.CHILDRENS_HOME_OR_FOSTER_CARER: _EVERYBODY
    | {
        Kind.CORE: OWN_CASELOAD,
        Kind.ADDRESSES: OWN_AGENCY,
        Kind.EDUCATION: SUMMARY,
        Kind.POLICE: OWN_SUBMISSIONS,
        Kind.CONTACTS: OWN_SUBMISSIONS,
        Kind.PLAN: OWN_ACTIONS,
        Kind.QUESTIONS: PUT_TO_THEM,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: PLACE_SUMMARY,
    },
    Role.SCHOOL_SAFEGUARDING_LEAD: _EVERYBODY
    | {
        Kind.CORE: OWN_PUPILS,
        Kind.ADDRESSES: OWN_PUPILS,
        Kind.EDUCATION: OWN_PUPILS,
        Kind.CONTACTS: OWN_SUBMISSIONS,
        Kind.PLAN: OWN_ACTIONS,
        Kind.QUESTIONS: PUT_TO_THEM,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: PLACE_SUMMARY,
    },
    Role.EDUCATION_WELFARE_OFFICER: _EVERYBODY
    | {
        Kind.CORE: OWN_CASELOAD,
        Kind.ADDRESSES: OWN_CASELOAD,
        Kind.EDUCATION: OWN_CASELOAD,
        Kind.SOCIAL_CARE: SUMMARY,
        Kind.CONTACTS: OWN_SUBMISSIONS,
        Kind.PLAN: OWN_ACTIONS,
        Kind.QUESTIONS: Y,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: PLACE_SUMMARY,
    },
    Role.TRIAGE_OFFICER: _EVERYBODY
    | {
        Kind.CORE: Y,
        Kind.ADDRESSES: Y,
        Kind.EDUCATION: SUMMARY,
        Kind.SOCIAL_CARE: Y,
        Kind.POLICE: Y,
        Kind.HEALTH: SUMMARY,
        Kind.INTELLIGENCE: SANITISED,
        Kind.LEGAL: SUMMARY,
        Kind.CONNECTIONS: SUMMARY,
        Kind.CONTACTS: Y,
        Kind.PLAN: SUMMARY,
        Kind.QUESTIONS: Y,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: Y,
        Kind.DECISIONS: Y,
        Kind.OUTSIDE_CASELOAD: WITH_A_REASON,
    },
    Role.EXPLOITATION_COORDINATOR: _EVERYBODY
    | {
        Kind.CORE: Y,
        Kind.ADDRESSES: Y,
        Kind.EDUCATION: SUMMARY,
        Kind.SOCIAL_CARE: Y,
        Kind.POLICE: Y,
        Kind.HEALTH: SUMMARY,
        Kind.INTELLIGENCE: Y,
        Kind.LEGAL: SUMMARY,
        Kind.CONNECTIONS: Y,
        Kind.CONTACTS: Y,
        Kind.PLAN: Y,
        Kind.QUESTIONS: Y,
        Kind.PEOPLE_OF_CONCERN: Y,
        Kind.PLACES: Y,
        Kind.DECISIONS: Y,
        Kind.TRAIL: OWN_RECORDS_TRAIL,
        Kind.OUTSIDE_CASELOAD: WITH_A_REASON,
    },
    Role.LEAD_PROFESSIONAL: _EVERYBODY
    | {
        Kind.CORE: Y,
        Kind.ADDRESSES: Y,
        Kind.EDUCATION: Y,
        Kind.SOCIAL_CARE: Y,
        Kind.POLICE: Y,
        Kind.HEALTH: Y,
        Kind.SEXUAL_HEALTH: NEED_TO_KNOW,
        Kind.INTELLIGENCE: SANITISED,
        Kind.LEGAL: Y,
        Kind.CONNECTIONS: SUMMARY,
        Kind.CONTACTS: Y,
        Kind.PLAN: Y,
        Kind.QUESTIONS: Y,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: Y,
        Kind.DECISIONS: Y,
        Kind.TRAIL: OWN_RECORDS_TRAIL,
        Kind.OUTSIDE_CASELOAD: WITH_A_REASON,
    },
    Role.MISSING_COORDINATOR: _EVERYBODY
    | {
        Kind.CORE: Y,
        Kind.ADDRESSES: Y,
        Kind.EDUCATION: SUMMARY,
        Kind.SOCIAL_CARE: Y,
        Kind.POLICE: Y,
        Kind.HEALTH: SUMMARY,
        Kind.INTELLIGENCE: SANITISED,
        Kind.CONNECTIONS: SUMMARY,
        Kind.CONTACTS: Y,
        Kind.PLAN: SUMMARY,
        Kind.QUESTIONS: Y,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: Y,
        Kind.DECISIONS: RECORDED_ONLY,
    },
    Role.RETURN_INTERVIEW_WORKER: _EVERYBODY
    | {
        Kind.CORE: OWN_CASELOAD,
        Kind.ADDRESSES: OWN_CASELOAD,
        Kind.EDUCATION: SUMMARY,
        Kind.SOCIAL_CARE: SUMMARY,
        Kind.POLICE: OWN_CASELOAD,
        Kind.CONTACTS: OWN_SUBMISSIONS,
        Kind.PLAN: OWN_ACTIONS,
        Kind.QUESTIONS: PUT_TO_THEM,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: PLACE_SUMMARY,
    },
    Role.YOUTH_JUSTICE_WORKER: _EVERYBODY
    | {
        Kind.CORE: OWN_CASELOAD,
        Kind.ADDRESSES: OWN_CASELOAD,
        Kind.EDUCATION: SUMMARY,
        Kind.SOCIAL_CARE: SUMMARY,
        Kind.POLICE: OWN_CASELOAD,
        Kind.LEGAL: SUMMARY,
        Kind.CONTACTS: OWN_SUBMISSIONS,
        Kind.PLAN: Y,
        Kind.QUESTIONS: Y,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: PLACE_SUMMARY,
    },
    Role.MENTOR: _EVERYBODY
    | {
        Kind.CORE: OWN_CASELOAD,
        Kind.EDUCATION: SUMMARY,
        Kind.CONTACTS: OWN_SUBMISSIONS,
        Kind.PLAN: Y,
        Kind.QUESTIONS: PUT_TO_THEM,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: PLACE_SUMMARY,
    },
    Role.POLICE_EXPLOITATION_TEAM: _EVERYBODY
    | {
        Kind.CORE: Y,
        Kind.ADDRESSES: Y,
        Kind.EDUCATION: SUMMARY,
        Kind.SOCIAL_CARE: SUMMARY,
        Kind.POLICE: Y,
        Kind.HEALTH: SUMMARY,
        Kind.SEXUAL_HEALTH: NEED_TO_KNOW,
        Kind.INTELLIGENCE: Y,
        Kind.SOURCES: NAMED_UNIT,
        Kind.LEGAL: SUMMARY,
        Kind.CONNECTIONS: Y,
        Kind.CONTACTS: SUMMARY,
        Kind.PLAN: Y,
        Kind.QUESTIONS: Y,
        Kind.PEOPLE_OF_CONCERN: Y,
        Kind.PLACES: Y,
        Kind.DECISIONS: RECORDED_ONLY,
    },
    Role.HEALTH_LEAD: _EVERYBODY
    | {
        Kind.CORE: OWN_PATIENTS,
        Kind.ADDRESSES: OWN_PATIENTS,
        Kind.SOCIAL_CARE: SUMMARY,
        Kind.HEALTH: Y,
        Kind.SEXUAL_HEALTH: Y,
        Kind.CONTACTS: SUMMARY,
        Kind.PLAN: SUMMARY,
        Kind.QUESTIONS: Y,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: PLACE_SUMMARY,
        Kind.DECISIONS: RECORDED_ONLY,
    },
    Role.SEXUAL_HEALTH_CLINICIAN: _EVERYBODY
    | {
        Kind.CORE: OWN_PATIENTS,
        Kind.HEALTH: OWN_AGENCY,
        Kind.SEXUAL_HEALTH: OWN_AGENCY,
        Kind.CONTACTS: OWN_SUBMISSIONS,
        Kind.PLAN: OWN_ACTIONS,
        Kind.QUESTIONS: PUT_TO_THEM,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: PLACE_SUMMARY,
    },
    Role.COMMUNITY_SAFETY_OFFICER: _EVERYBODY
    | {
        Kind.CORE: IF_ACTIONED,
        Kind.INTELLIGENCE: SANITISED,
        Kind.CONTACTS: OWN_SUBMISSIONS,
        Kind.PLAN: OWN_ACTIONS,
        Kind.QUESTIONS: PUT_TO_THEM,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: Y,
    },
    # Apart from community safety: an action card and a licence holder, never a child.
    Role.LICENSING_OFFICER: _EVERYBODY
    | {
        Kind.INTELLIGENCE: SANITISED,
        Kind.CONTACTS: OWN_SUBMISSIONS,
        Kind.PLAN: OWN_ACTIONS,
        Kind.PEOPLE_OF_CONCERN: FIT_AND_PROPER,
        Kind.PLACES: Y,
    },
    Role.PANEL_CHAIR: _EVERYBODY
    | {
        Kind.CORE: PACK,
        Kind.EDUCATION: PACK_SUMMARY,
        Kind.SOCIAL_CARE: PACK_SUMMARY,
        Kind.POLICE: PACK_SUMMARY,
        Kind.CONNECTIONS: PACK_SUMMARY,
        Kind.CONTACTS: PACK_SUMMARY,
        Kind.PLAN: PACK,
        Kind.PEOPLE_OF_CONCERN: PACK,
        Kind.PLACES: PACK,
        Kind.DECISIONS: PACK_SUMMARY,
    },
    Role.PANEL_MEMBER: _EVERYBODY
    | {
        Kind.CORE: PACK,
        Kind.EDUCATION: PACK_SUMMARY,
        Kind.SOCIAL_CARE: PACK_SUMMARY,
        Kind.POLICE: PACK_SUMMARY,
        Kind.CONTACTS: PACK_SUMMARY,
        Kind.PLAN: PACK,
        Kind.PEOPLE_OF_CONCERN: PACK,
        Kind.PLACES: PACK,
    },
    Role.APPROVING_MANAGER: _EVERYBODY
    | {
        Kind.CORE: Y,
        Kind.ADDRESSES: Y,
        Kind.EDUCATION: SUMMARY,
        Kind.SOCIAL_CARE: Y,
        Kind.POLICE: Y,
        Kind.HEALTH: SUMMARY,
        Kind.INTELLIGENCE: SANITISED,
        Kind.LEGAL: Y,
        Kind.CONNECTIONS: SUMMARY,
        Kind.CONTACTS: Y,
        Kind.PLAN: Y,
        Kind.QUESTIONS: Y,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: Y,
        Kind.DECISIONS: Y,
        Kind.TRAIL: OWN_RECORDS_TRAIL,
    },
    Role.SAFEGUARDING_LEAD: _EVERYBODY
    | {
        Kind.CORE: IF_ACTIONED,
        Kind.CONTACTS: OWN_SUBMISSIONS,
        Kind.PLAN: OWN_ACTIONS,
        Kind.QUESTIONS: PUT_TO_THEM,
        Kind.PEOPLE_OF_CONCERN: SAFETY_ADVICE,
        Kind.PLACES: PLACE_SUMMARY,
    },
    # The hub's analyst, without addresses: patterns need a district, never a door.
    Role.ANALYST: _EVERYBODY
    | {
        Kind.CORE: Y,
        Kind.EDUCATION: SUMMARY,
        Kind.SOCIAL_CARE: SUMMARY,
        Kind.POLICE: Y,
        Kind.HEALTH: SUMMARY,
        Kind.INTELLIGENCE: Y,
        Kind.CONNECTIONS: Y,
        Kind.CONTACTS: Y,
        Kind.PLAN: Y,
        Kind.QUESTIONS: Y,
        Kind.PEOPLE_OF_CONCERN: Y,
        Kind.PLACES: Y,
        Kind.OUTSIDE_CASELOAD: WITH_A_REASON,
    },
    Role.COMMISSIONER: _EVERYBODY,
    Role.COUNCILLOR: _EVERYBODY,
    Role.RECORDS_OFFICER: _EVERYBODY | {Kind.DECISIONS: RECORDED_ONLY},
    Role.INFORMATION_GOVERNANCE: _EVERYBODY | {Kind.DECISIONS: RECORDED_ONLY, Kind.TRAIL: Y},
    Role.ADMINISTRATOR: _EVERYBODY,
}


# A role and a kind are words, and are found by the word: asked of every row of a long page.
_BY_WORD = cast("Mapping[str, Mapping[str, Cell]]", MATRIX)

# What a meeting is told of a child: all that its chair's pack holds.
IN_A_PACK = frozenset(kind for kind, cell in MATRIX[Role.PANEL_CHAIR].items() if cell in (PACK, PACK_SUMMARY))


def cell_of(role: str, kind: str) -> Cell | None:
    """The cell, or None: never. A kind nobody has named is never, too."""
    return _BY_WORD.get(role, {}).get(kind)


def opens_records(role: str) -> bool:
    """Whether this role opens a child's record at all: a panel member's pack is not the record."""
    cell = cell_of(role, Kind.CORE)
    return cell is not None and cell.opens is not Opens.NOTHING


def roles_that_open_records() -> list[Role]:
    return [role for role in Role if opens_records(role)]


def works_at_the_hub(role: str) -> bool:
    """Who sees what the hub was asked, and the hub's picture of a child; everybody else sees as their own agency."""
    return cell_of(role, Kind.QUESTIONS) is Y


def may_look_outside(role: str) -> bool:
    return cell_of(role, Kind.OUTSIDE_CASELOAD) is not None
