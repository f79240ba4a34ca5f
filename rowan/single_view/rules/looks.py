"""What kind of look a line of the trail is, in the words of the trail itself; and who may ask who has looked."""

from collections.abc import Mapping
from enum import StrEnum

from rowan.access.rules.matrix import Kind, Y, cell_of
from rowan.access.rules.seeing import (
    NOTHING_THERE,
    ROLE_OPENS_NO_RECORD,
    ROLE_SEES_NO_CHILD,
    Seen,
    Through,
)

ASKED_WHO = "looked at who has looked"
NOT_YOURS_TO_ASK = (
    "Who has looked at a record is for those who answer for it, and for information governance. "
    "If you are worried about a look, ring information governance."
)
ONLY_BY_A_PART = "Who has looked is for those who work with the child; emergency access and a look with a reason do not open it."
AT_A_SCHOOL = (
    "A school sees its own records, and not who at other agencies has looked. Ring information governance."
)


class Look(StrEnum):
    RECORD = "record"
    LIST = "list"
    SEARCH = "search"
    EMERGENCY = "emergency"
    TAKEN = "taken"
    SHARED = "shared"
    REFUSED = "refused"
    DID = "did"


LOOK_NAMES = {
    Look.RECORD: "Looked at the record, or a page about it",
    Look.LIST: "Shown on a list",
    Look.SEARCH: "Found in a search",
    Look.EMERGENCY: "Emergency access",
    Look.TAKEN: "Printed, downloaded or put in a file",
    Look.SHARED: "Shared, or decided about sharing",
    Look.REFUSED: "Refused",
    Look.DID: "Wrote or decided something",
}
# How a line says it, asked in this order after *refused*; what none of them says is something that was done.
ENDS = {Look.SEARCH: (": found: child shown",), Look.LIST: (": child shown",)}
BEGINS = {
    Look.TAKEN: ("downloaded", "printed", "exported", "made a file"),
    Look.SHARED: ("shared", "sent by", "decided", "corrected a sharing", "withdrew what was shared"),
}
EMERGENCY_ACTS = ("opened a record in an emergency", "reviewed an emergency access")
# Why somebody looked is shown; why somebody decided is part of the record, and not of who has looked.
WHY_THEY_LOOKED = ("opened a record in an emergency", "gave a reason to look at a child", "searched")
LOOKS_BEGIN = ("looked at", "opened", "read ", "gave a reason", "asked whether it may be sent")

# Why a record did not open, as against a form that was filled in badly.
REFUSALS_OF_ACCESS = frozenset({NOTHING_THERE, ROLE_SEES_NO_CHILD, ROLE_OPENS_NO_RECORD})
IN_A_PACK = Through.PACK.name.lower()
# By what right somebody was in the record, as the trail keeps it.
HOW_NAMES = {
    Through.PART.name.lower(): "with a part in the child’s life",
    Through.EMERGENCY.name.lower(): "by emergency access",
    Through.REASON.name.lower(): "with a typed reason",
    IN_A_PACK: "in a meeting’s pack",
    "refused": "refused",
}


def kind_of(did: str, *, refused: bool, through: str) -> Look:
    """The kind of one line. The page asks the database the same, in the same order (`who_looked.py`)."""
    if refused:
        return Look.REFUSED
    for kind, ends in ENDS.items():
        if did.endswith(ends):
            return kind
    if did in EMERGENCY_ACTS or through == Through.EMERGENCY.name.lower():
        return Look.EMERGENCY
    for kind, begins in BEGINS.items():
        if did.startswith(begins):
            return kind
    return Look.RECORD if did.startswith(LOOKS_BEGIN) else Look.DID


def how_opened(particulars: Mapping[str, object], refused_because: str) -> str:
    """By what right a line opened a record: part, emergency, reason, or refused. Empty for a line that opened none."""
    if refused_because:
        return "refused" if refused_because in REFUSALS_OF_ACCESS else ""
    through = str(particulars.get("through", ""))
    return through if through in HOW_NAMES else ""


def reads_the_whole_trail(role: str) -> bool:
    """Information governance: every line, and no child's content."""
    return cell_of(role, Kind.TRAIL) is Y


def refusal_to_ask(seen: Seen) -> str | None:
    """Why somebody whom access let into the record may still not ask who has looked at it."""
    if cell_of(seen.role, Kind.TRAIL) is None:
        return NOT_YOURS_TO_ASK
    if seen.at_a_school:
        return AT_A_SCHOOL
    return None if seen.through is Through.PART else ONLY_BY_A_PART
