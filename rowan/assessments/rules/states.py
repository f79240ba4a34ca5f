"""Where a child stands, in four descriptive states; and beside it urgency, confidence and trend, each apart (domain 1.5).

Never one number: nothing here is added up, weighed or sorted by. Which of two states says more is asked for one thing only: whether somebody
would say less than stands now, which takes evidence and a second person (`step_down.py`).
"""

from enum import StrEnum


class State(StrEnum):
    NOT_INDICATED = "not_indicated"
    EMERGING_CONCERN = "emerging_concern"
    SIGNIFICANT_CONCERN = "significant_concern"
    EXPERIENCING_HARM = "experiencing_harm"


STATE_NAMES = {
    State.NOT_INDICATED: "Not indicated",
    State.EMERGING_CONCERN: "Emerging concern",
    State.SIGNIFICANT_CONCERN: "Significant concern",
    State.EXPERIENCING_HARM: "Experiencing harm",
}
STATE_MEANS = {
    State.NOT_INDICATED: "Looked at; nothing found that suggests exploitation. That is not the same as nothing there.",
    State.EMERGING_CONCERN: "Things make it harder for the child, or may have an ordinary explanation; grooming is not evident.",
    State.SIGNIFICANT_CONCERN: "Strong signs that the child is being groomed or targeted.",
    State.EXPERIENCING_HARM: "Any sign that abuse or exploitation is happening, or has happened.",
}


class Urgency(StrEnum):
    IMMEDIATE = "immediate"
    DAYS = "days"
    ROUTINE = "routine"


URGENCY_NAMES = {
    Urgency.IMMEDIATE: "Now: today, whatever the hour",
    Urgency.DAYS: "Within days",
    Urgency.ROUTINE: "As planned",
}


class Confidence(StrEnum):
    FIRM = "firm"
    PARTLY = "partly"
    THIN = "thin"


CONFIDENCE_NAMES = {
    Confidence.FIRM: "Good: first hand, or told by more than one agency",
    Confidence.PARTLY: "Mixed: some of it first hand, some relayed",
    Confidence.THIN: "Thin: relayed, old, or from one source",
}


class Trend(StrEnum):
    WORSE = "worse"
    SAME = "same"
    BETTER = "better"
    NOT_KNOWN = "not_known"


TREND_NAMES = {
    Trend.WORSE: "Getting worse",
    Trend.SAME: "The same",
    Trend.BETTER: "Getting better",
    Trend.NOT_KNOWN: "Not known yet",
}

SIGN_STANDS = (
    "A sign that the child may be being harmed is on this page or in the child’s record. It is never filed as a concern: "
    "choose “Experiencing harm”. A manager who sees it otherwise writes why"
)
ONLY_A_MANAGER = "Only a manager writes why a sign of harm is not harm. Choose “Experiencing harm”, and ask a manager to write the next version"


def says_less(was: str, to: str) -> bool:
    """Whether a state says less than the one that stands; nothing stands before the first."""
    if not was:
        return False
    order = list(State)
    return order.index(State(to)) < order.index(State(was))


def refusal_of_state(state: str, *, sign_of_harm: bool, why: str, is_manager: bool) -> str | None:
    """Why this state cannot be saved, or None when it can: a sign of harm is never filed as risk (promise 2, domain 2.2)."""
    if not sign_of_harm or state == State.EXPERIENCING_HARM:
        return None
    if not is_manager:
        return ONLY_A_MANAGER if why.strip() else SIGN_STANDS
    return None if why.strip() else SIGN_STANDS
