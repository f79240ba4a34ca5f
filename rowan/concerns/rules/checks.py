"""What agencies are asked at triage, in which compartment an answer stands, and who answers for an agency."""

from rowan.agencies.rules.roles import SEES_NO_CHILD, Role

ASKS = "What do you know that bears on this worry, about this child and whoever else is named?"
# A health agency's answer is health's own; everybody else's is core.
HEALTH_KINDS = frozenset({"health"})

ASKED_BEFORE = "This agency has been asked about this concern already."


def compartment_of(agency_kind: str) -> str:
    return "health" if agency_kind in HEALTH_KINDS else "core"


def refusal_to_ask(*, step: str, asks: str, asked_before: bool) -> str | None:
    if step not in {"screening", "checks_out"}:
        return "Begin to screen this concern first; once it is decided nobody is asked any more."
    if not asks.strip():
        return "Say what the agency is asked."
    return ASKED_BEFORE if asked_before else None


def refusal_to_answer(
    *, role: str, same_agency: bool, open_still: bool, nothing_known: bool, answer: str
) -> str | None:
    """Why this cannot be answered so, or None when it can."""
    if not same_agency:
        return "This check was asked of another agency."
    if Role(role) in SEES_NO_CHILD:
        return "Your role does not look at children’s records; a colleague who works with children answers."
    if not open_still:
        return "This check is answered already, or no longer needed."
    if not nothing_known and not answer.strip():
        return "Say what your agency knows, or that it knows nothing."
    if nothing_known and answer.strip():
        return "Either your agency knows nothing, or say what it knows: not both."
    return None
