"""Acts that take two people: who asks, who may be the second, and when an approval can be used. Never oneself."""

from datetime import datetime
from enum import StrEnum

from rowan.agencies.rules.roles import Role


class Act(StrEnum):
    BULK_EXPORT = "bulk_export"
    UNMASK_SOURCE = "unmask_source"
    DELETE = "delete"


ACT_NAMES = {
    Act.BULK_EXPORT: "A file about many children, or of many rows",
    Act.UNMASK_SOURCE: "Unmasking who a source is",
    Act.DELETE: "Deleting a record",
}
ASKS = {
    Act.BULK_EXPORT: frozenset(
        {
            Role.INFORMATION_GOVERNANCE,
            Role.EXPLOITATION_COORDINATOR,
            Role.ANALYST,
            Role.SAFEGUARDING_LEAD,
            Role.RECORDS_OFFICER,
        }
    ),
    Act.UNMASK_SOURCE: frozenset({Role.POLICE_EXPLOITATION_TEAM}),
    # Whoever may open a document may find that it does not belong there; the page asks `access` first.
    Act.DELETE: frozenset(Role),
}
APPROVES = {
    Act.BULK_EXPORT: frozenset({Role.INFORMATION_GOVERNANCE, Role.APPROVING_MANAGER, Role.SAFEGUARDING_LEAD}),
    Act.UNMASK_SOURCE: frozenset({Role.POLICE_EXPLOITATION_TEAM}),
    Act.DELETE: frozenset({Role.INFORMATION_GOVERNANCE, Role.APPROVING_MANAGER}),
}
# Both people are of one agency: nobody else learns that there is anybody to ask for.
WITHIN_ONE_UNIT = frozenset({Act.UNMASK_SOURCE})
# Where one begins that its role may ask for without having anything else open, and where it is carried out.
BEGINS_AT = {Act.UNMASK_SOURCE: "concerns:ask_who_a_source_is"}
CARRIED_OUT_AT = {Act.UNMASK_SOURCE: "concerns:source", Act.DELETE: "sharing:delete_document"}
CARRY_IT_OUT = {Act.UNMASK_SOURCE: "Show who it is", Act.DELETE: "Delete the document"}
WHY_IT_MAY_GO = "Say by which rule of the retention schedule it goes, and that no legal hold or inquiry asks for it to be kept."
NEVER_ONESELF = "It takes two people: somebody else has to approve what you asked for."
TOO_LATE = "This has lapsed. Ask again."


def refusal_to_ask(act: str, role: str) -> str | None:
    if Role(role) not in ASKS[Act(act)]:
        return "Your role does not ask for this."
    return None


def refusal_to_decide(
    act: str,
    role: str,
    *,
    is_asker: bool,
    of_one_agency: bool,
    lapses_at: datetime,
    decided: bool,
    at: datetime,
) -> str | None:
    """Why this person may not approve or refuse, or None when she may."""
    if is_asker:
        return NEVER_ONESELF
    if Role(role) not in APPROVES[Act(act)] or (act in WITHIN_ONE_UNIT and not of_one_agency):
        return "Your role does not approve this."
    if decided:
        return "Somebody has decided this already."
    return TOO_LATE if at >= lapses_at else None


def refusal_of_reason(act: str, *, approved: bool, reason: str) -> str | None:
    """A refusal says why; so does whoever lets a record go for good."""
    if reason.strip() or (approved and act != Act.DELETE):
        return None
    return WHY_IT_MAY_GO if approved else "Say why you refuse."


def refusal_to_perform(
    *, is_asker: bool, approved: bool | None, performed: bool, lapses_at: datetime, at: datetime
) -> str | None:
    """Why it may not be done, or None when it may, once."""
    if not is_asker:
        return "Only the person who asked carries it out."
    if approved is None:
        return "A second person has not approved this yet."
    if not approved:
        return "A second person has refused this."
    if performed:
        return "This has been done already. Ask again to do it again."
    return TOO_LATE if at >= lapses_at else None
