"""Who may hide a record or keep somebody out of it, and who may undo that. It takes a reason, and a part in the child's life."""

from rowan.agencies.rules.roles import Role

MAY_RESTRICT = {
    Role.LEAD_PROFESSIONAL,
    Role.TRIAGE_OFFICER,
    Role.EXPLOITATION_COORDINATOR,
    Role.APPROVING_MANAGER,
}
# Undoing takes more: a manager or the co-ordinator, and only one whom the restriction lets in. Whom it lets in is also for its owner.
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


def refusal_to_manage(role: str, *, owns: bool) -> str | None:
    """Whoever answers for the record can always name somebody: a restriction that names no manager is not for ever."""
    if owns or Role(role) in MAY_LIFT:
        return None
    return (
        "Who is let in is said by whoever answers for the record, or by the co-ordinator or an approving manager "
        "whom the restriction lets in."
    )


def refusal_to_let_in(*, signs_in: bool, opens_records: bool, kept_out: bool) -> str | None:
    if not signs_in or not opens_records:
        return "Name people who sign in and whose role opens records."
    return "They are kept out of this record. Let them back first." if kept_out else None


def refusal_to_take_off(*, owns: bool, others_here: int) -> str | None:
    """`others_here`: how many who still sign in would be left inside."""
    if owns:
        return "They answer for this restricted record. Hand it to another owner first."
    return None if others_here else "They are the last one inside. Let somebody else in first."


def refusal_of_stale_owner(owner: str, *, changed: bool) -> str | None:
    if not changed:
        return None
    return f"Somebody handed this record over since you opened the page: {owner} answers for it now. Is it still to be handed over?"


def refusal_to_review(role: str, *, own: bool, asked: bool = False) -> str | None:
    if Role(role) not in REVIEWS_EMERGENCIES and not asked:
        return "Emergency access is reviewed by information governance, or by whoever the review was put to."
    return "Nobody reviews their own emergency access." if own else None


def refusal_of_reason(why: str) -> str | None:
    """A word is not a reason: somebody else has to understand it the same day."""
    return (
        None
        if len(why.split()) >= LEAST_WORDS
        else "Say why, in a few words that somebody else will understand."
    )
