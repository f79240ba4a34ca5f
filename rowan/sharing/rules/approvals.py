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
    Act.DELETE: frozenset({Role.RECORDS_OFFICER, Role.INFORMATION_GOVERNANCE}),
}
APPROVES = {
    Act.BULK_EXPORT: frozenset({Role.INFORMATION_GOVERNANCE, Role.APPROVING_MANAGER, Role.SAFEGUARDING_LEAD}),
    Act.UNMASK_SOURCE: frozenset({Role.POLICE_EXPLOITATION_TEAM}),
    Act.DELETE: frozenset({Role.INFORMATION_GOVERNANCE, Role.APPROVING_MANAGER}),
}
NEVER_ONESELF = "It takes two people: somebody else has to approve what you asked for."
TOO_LATE = "This has lapsed. Ask again."


def refusal_to_ask(act: str, role: str) -> str | None:
    if Role(role) not in ASKS[Act(act)]:
        return "Your role does not ask for this."
    return None


def refusal_to_decide(
    act: str, role: str, *, is_asker: bool, lapses_at: datetime, decided: bool, at: datetime
) -> str | None:
    """Why this person may not approve or refuse, or None when she may."""
    if is_asker:
        return NEVER_ONESELF
    if Role(role) not in APPROVES[Act(act)]:
        return "Your role does not approve this."
    if decided:
        return "Somebody has decided this already."
    return TOO_LATE if at >= lapses_at else None


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
