"""Who may hide a record or keep somebody out of it, and who may undo that. It takes a reason, and a part in the child's life."""

from rowan.agencies.rules.roles import Role

MAY_RESTRICT = {
    Role.LEAD_PROFESSIONAL,
    Role.TRIAGE_OFFICER,
    Role.EXPLOITATION_COORDINATOR,
    Role.APPROVING_MANAGER,
}
# Undoing takes more: a manager or the co-ordinator, and only one whom the restriction lets in.
MAY_LIFT = {Role.EXPLOITATION_COORDINATOR, Role.APPROVING_MANAGER}
REVIEWS_EMERGENCIES = {Role.INFORMATION_GOVERNANCE}
LEAST_WORDS = 3


def refusal_to_restrict(role: str) -> str | None:
    if Role(role) in MAY_RESTRICT:
        return None
    return "A record is restricted, or somebody kept out of it, by its worker, triage, the co-ordinator or an approving manager."


def refusal_to_lift(role: str) -> str | None:
    if Role(role) in MAY_LIFT:
        return None
    return "A restriction is lifted by the co-ordinator or an approving manager whom it lets in."


def refusal_to_review(role: str, *, own: bool) -> str | None:
    if Role(role) not in REVIEWS_EMERGENCIES:
        return "Emergency access is reviewed by information governance."
    return "Nobody reviews their own emergency access." if own else None


def refusal_of_reason(why: str) -> str | None:
    """A word is not a reason: somebody else has to understand it the same day."""
    return (
        None
        if len(why.split()) >= LEAST_WORDS
        else "Say why, in a few words that somebody else will understand."
    )
