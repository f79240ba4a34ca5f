"""What a decision owes beyond its reason: a manager, other children, somebody else at a challenge, the family's agreement to a service."""

from datetime import date

from .decisions import FACT_NAMES, Decided, Fact

REFERS = frozenset({Decided.REFERRAL, Decided.STRATEGY})
# A manager's name stands beside these: the first because it is urgent, the others where a sign of harm is in the concern.
ALWAYS_WITH_A_MANAGER = frozenset({Decided.STRATEGY})
WITH_A_MANAGER_AT_SIGNS = frozenset({Decided.ADVICE, Decided.NO_FURTHER_ACTION, Decided.EARLY_HELP})
OTHER_CHILDREN = "Other children? Siblings, friends, that address"
COMES_BEFORE: dict[Fact, Fact | None] = {
    Fact.CONTACT: None,
    Fact.REFERRAL: None,
    Fact.ACCEPTED: Fact.REFERRAL,
    Fact.NOT_ACCEPTED: Fact.REFERRAL,
}


def what_is_owed(
    decided: str,
    *,
    signs: bool,
    manager: str,
    other_children: str,
    early_help_agreed: bool,
    about_a_professional: bool,
    challenged: bool,
    decided_before_by_me: bool,
) -> str | None:
    """What is still to be said before this can be decided, or None."""
    if decided_before_by_me:
        return "You decided this before. Somebody else looks at it now that the referrer disagrees."
    if about_a_professional and decided != Decided.LADO:
        return "A concern about a professional goes to the local authority designated officer."
    owes_manager = (
        decided in ALWAYS_WITH_A_MANAGER or (signs and decided in WITH_A_MANAGER_AT_SIGNS) or challenged
    )
    if owes_manager and not manager.strip():
        return "Name the manager who decided this with you."
    if signs and not other_children.strip():
        return "There is a sign of harm: say whether other children may be affected: siblings, friends, that address."
    if decided == Decided.EARLY_HELP and not early_help_agreed:
        return "Early help rests on the family’s agreement to the service. Say that they agreed, or choose another decision."
    return None


def refusal_of_fact(fact: str, on: date, facts: set[str], *, reference: str, today: date) -> str | None:
    """Contact, referral and its acceptance are three facts with a date each; an answer follows a referral."""
    if fact not in {each.value for each in Fact}:
        return "Choose what children’s social care’s system says."
    if on > today:
        return "That day has not come yet."
    before = COMES_BEFORE[Fact(fact)]
    if before and before not in facts:
        return f"Record first: {FACT_NAMES[before].lower()}."
    if fact in {Fact.REFERRAL, Fact.CONTACT} and not reference.strip():
        return "Give the reference that children’s social care’s own system has for it."
    return None
