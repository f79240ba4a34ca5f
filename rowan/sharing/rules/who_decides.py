"""Who may decide to share: everybody who works with the child, for her own agency; the hub's people for the joint picture."""

from enum import StrEnum

from rowan.agencies.rules.roles import SEES_NO_CHILD, Role


class Whose(StrEnum):
    OWN = "own"
    JOINT = "joint"


WHOSE_NAMES = {
    Whose.OWN: "What my own agency holds",
    Whose.JOINT: "The joint picture of every agency",
}
DECIDES_FOR_THE_HUB = frozenset(
    {
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.MISSING_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.SAFEGUARDING_LEAD,
        Role.PANEL_CHAIR,
        Role.ANALYST,
    }
)
# Who may set up a standing decision, or an agreement, for others to use.
SETS_UP_STANDING = frozenset(
    {
        Role.EXPLOITATION_COORDINATOR,
        Role.SAFEGUARDING_LEAD,
        Role.PANEL_CHAIR,
        Role.INFORMATION_GOVERNANCE,
    }
)
KEEPS_AGREEMENTS = SETS_UP_STANDING
READS_THE_REGISTER = frozenset({Role.INFORMATION_GOVERNANCE})
DATES_LAWS = frozenset({Role.INFORMATION_GOVERNANCE})

KEEPS_NO_AGREEMENT = (
    "An agreement is recorded, changed and ended by the exploitation co-ordinator, a safeguarding lead, a panel chair or information "
    "governance of an agency that is part of it, and by whoever its review has passed to."
)
NEVER_DECIDES = "Your role works with no child, so it decides nothing about sharing."
ONLY_LOOKING = "You looked at this record with a reason, but you do not work with this child, so you decide nothing about it."
ONLY_OWN = "You can decide about what your own agency holds. For the joint picture, ask the exploitation co-ordinator."


def refusal_to_decide(role: str, whose: str, *, sees_joint: bool, only_looking: bool = False) -> str | None:
    """`only_looking`: the record was opened by a typed reason, without a part in the child's life."""
    if Role(role) in SEES_NO_CHILD:
        return NEVER_DECIDES
    if only_looking:
        return ONLY_LOOKING
    if whose == Whose.JOINT and not decides_jointly(role, sees_joint=sees_joint):
        return ONLY_OWN
    return None


def refusal_to_keep_agreement(role: str, *, is_party: bool, sees_to_review: bool = False) -> str | None:
    """`sees_to_review`: the clock of its review is theirs, because it passed to them or was taken to them."""
    if sees_to_review or (is_party and Role(role) in KEEPS_AGREEMENTS):
        return None
    return KEEPS_NO_AGREEMENT


def refusal_to_date_a_law(role: str) -> str | None:
    if Role(role) in DATES_LAWS:
        return None
    return "The day a law came into force is recorded by information governance."


def decides_jointly(role: str, *, sees_joint: bool) -> bool:
    return sees_joint and Role(role) in DECIDES_FOR_THE_HUB
