"""What triage can decide about a concern, and what each decision owes (domain 1.1, 1.2).

A contact, a referral and its acceptance by children's social care are three facts with a date each; none of them is a decision of triage.
"""

from enum import StrEnum

from .what_it_is_about import About


class Decided(StrEnum):
    TO_WORKER = "to_worker"
    REFERRAL = "referral"
    STRATEGY = "strategy"
    EARLY_HELP = "early_help"
    ADVICE = "advice"
    NO_FURTHER_ACTION = "no_further_action"
    WORK_ON_THE_PLACE = "work_on_the_place"
    LADO = "lado"


DECIDED_NAMES = {
    Decided.TO_WORKER: "Passed to the worker who already works with the child",
    Decided.REFERRAL: "Referred to children’s social care",
    Decided.STRATEGY: "Strategy discussion today, with a referral to children’s social care",
    Decided.EARLY_HELP: "Early help, with the family’s agreement to the service",
    Decided.ADVICE: "Advice given, or pointed to another service",
    Decided.NO_FURTHER_ACTION: "No further action now",
    Decided.WORK_ON_THE_PLACE: "Work on the place, group, school or platform itself",
    Decided.LADO: "To the local authority designated officer",
}
ABOUT_A_CHILD = frozenset({Decided.TO_WORKER, Decided.REFERRAL, Decided.STRATEGY, Decided.EARLY_HELP})


class Fact(StrEnum):
    """What children's social care's own system says, mirrored with its date and reference, never owned."""

    CONTACT = "contact"
    REFERRAL = "referral"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"


FACT_NAMES = {
    Fact.CONTACT: "Contact recorded by children’s social care",
    Fact.REFERRAL: "Referral made to children’s social care",
    Fact.ACCEPTED: "Referral accepted",
    Fact.NOT_ACCEPTED: "Referral not accepted",
}
NOT_REFERRED = "Children’s social care has not received a referral from this report."
REFERRED = "Children’s social care received a referral on {day}."


def refusal_of_decision(
    decided: str, *, about: str, matched: bool, has_worker: bool, reason: str, signs_unanswered: bool
) -> str | None:
    """Why this cannot be decided so, or None when it can.

    `matched`: triage has said which child it is about. `signs_unanswered`: a sign of harm in it still asks *strategy discussion?*
    """
    if decided not in {each.value for each in Decided}:
        return "Choose what is decided."
    if not reason.strip():
        return "Say why, in words the referrer could read."
    if decided in ABOUT_A_CHILD and about != About.CHILD:
        return "This concern is not about a child. Add the child first, if there is one."
    if decided in ABOUT_A_CHILD and not matched:
        return "Say first which child this is about, or that she is not known yet."
    if decided == Decided.TO_WORKER and not has_worker:
        return "Nobody works with this child. Choose another decision."
    if decided in {Decided.ADVICE, Decided.NO_FURTHER_ACTION} and signs_unanswered:
        return "A sign of harm in this concern is not answered yet: strategy discussion, held or not held?"
    return None
