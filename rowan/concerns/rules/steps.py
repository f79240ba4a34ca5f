"""The steps of a concern, from its receipt to the referrer being told, and which may follow which (domain 10).

No step is left without somebody whose move it is and a date: the clocks that run at each step stand beside it.
"""

from enum import StrEnum


class Step(StrEnum):
    RECEIVED = "received"
    SCREENING = "screening"
    CHECKS_OUT = "checks_out"
    DECIDED = "decided"
    REFERRER_TOLD = "referrer_told"
    CHALLENGED = "challenged"


STEP_NAMES = {
    Step.RECEIVED: "Received, not read yet",
    Step.SCREENING: "Being screened",
    Step.CHECKS_OUT: "Waiting for agencies’ checks",
    Step.DECIDED: "Decided; the referrer is to be told",
    Step.REFERRER_TOLD: "Decided, and the referrer told",
    Step.CHALLENGED: "Decided; the referrer disagrees",
}
MOVES: dict[Step, frozenset[Step]] = {
    # What is already somebody's work goes to them without being screened first.
    Step.RECEIVED: frozenset({Step.SCREENING, Step.DECIDED}),
    Step.SCREENING: frozenset({Step.CHECKS_OUT, Step.DECIDED}),
    Step.CHECKS_OUT: frozenset({Step.SCREENING, Step.DECIDED}),
    Step.DECIDED: frozenset({Step.REFERRER_TOLD, Step.CHALLENGED}),
    Step.REFERRER_TOLD: frozenset({Step.CHALLENGED}),
    # Looked at again by somebody else: a decision anew, the same or another.
    Step.CHALLENGED: frozenset({Step.DECIDED}),
}
# Where nothing more is owed; everywhere else a clock runs.
AT_REST = frozenset({Step.REFERRER_TOLD})
WAITS_FOR_TRIAGE = frozenset({Step.RECEIVED, Step.SCREENING, Step.CHECKS_OUT})
# Somebody still decides: what is known beside it can bear on that. Of a concern that is decided, what is new is a concern of its own.
OPEN_TO_JOIN = WAITS_FOR_TRIAGE | {Step.CHALLENGED}


def refusal_to_move(step: str, to: Step) -> str | None:
    """Why a concern at this step cannot take that one, or None when it can."""
    if to in MOVES[Step(step)]:
        return None
    return f"This concern cannot take that step now. It stands at: {STEP_NAMES[Step(step)].lower()}."
