"""Which clock runs at each step of a concern, so that no step is left without somebody and a date."""

from .steps import AT_REST, Step
from .urgency import Urgency

KIND = "concern"
CHECK_KIND = "check"
TO_BE_LOOKED_AT = "a red concern to be looked at"
TO_BE_DECIDED = "a concern"
CHECK_ASKED = "an agency's check for triage"
TO_BE_TOLD = "a referrer to be told"
TO_BE_LOOKED_AT_AGAIN = "a referrer's disagreement"

RUNS_AT: dict[Step, str] = {
    Step.RECEIVED: TO_BE_DECIDED,
    Step.SCREENING: TO_BE_DECIDED,
    Step.CHECKS_OUT: TO_BE_DECIDED,
    Step.DECIDED: TO_BE_TOLD,
    Step.CHALLENGED: TO_BE_LOOKED_AT_AGAIN,
}
assert set(Step) == set(RUNS_AT) | AT_REST
CLOCKS = (TO_BE_LOOKED_AT, TO_BE_DECIDED, TO_BE_TOLD, TO_BE_LOOKED_AT_AGAIN)


def clock_at(step: Step, urgency: str) -> str | None:
    """The one clock that runs at a step. Red has to be looked at first: that it is decided in time is asked of whoever has read it."""
    if step == Step.RECEIVED and urgency == Urgency.RED:
        return TO_BE_LOOKED_AT
    return RUNS_AT.get(step)


def clocks_that_stop(to: Step, urgency: str) -> list[str]:
    """What no longer runs once a concern stands there."""
    return [clock for clock in CLOCKS if clock != clock_at(to, urgency)]
