"""Step-down and closing: evidence, a second person, the child's view and a day to look back (domain 1.4). Nothing does it by itself.

Tools and panels have stepped children down too early, and dropped past harm (IICSA): hence each of the four, each time.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .states import State, says_less
from .steps import TAKES_A_SECOND_PERSON, Step, refusal_to_move

STRATEGY_WAITS = (
    "A sign of harm still waits for its answer: strategy discussion? Answer it before anything steps down."
)
NO_TRANSITION = (
    "The young person is 18. Turning 18 is a move to adult services, not an ending: record the move first."
)
NOT_APPROVED = "The newest version has not been approved yet. It is approved before anything steps down."


@dataclass(frozen=True)
class Asked:
    to: str
    state: str
    evidence: str
    childs_view: str
    look_back_on: date | None


def what_is_missing(asked: Asked, *, stands: str, today: date, look_back_within_days: int) -> dict[str, str]:
    lacks = {}
    if asked.to not in {step.value for step in TAKES_A_SECOND_PERSON}:
        lacks["to"] = "Choose whether it is stepped down or closed"
    if asked.state not in set(State):
        lacks["state"] = "Choose where the child stands after this"
    elif stands and says_less(asked.state, stands):
        lacks["state"] = "This says more than where the child stands now. Write a new version instead"
    if not asked.evidence.strip():
        lacks["evidence"] = "Say what has changed and how you know: evidence, not time that has passed"
    if not asked.childs_view.strip():
        lacks["childs_view"] = "Say what the child thinks of this, in her or his own words if you can"
    latest = today + timedelta(days=look_back_within_days)
    if asked.look_back_on is None or not today < asked.look_back_on <= latest:
        lacks["look_back_on"] = (
            f"Give the day somebody looks back: after today, within {look_back_within_days} days"
        )
    return lacks


def refusal_to_step_down(
    step: str, to: str, *, approved: bool, strategy_waits: bool, age: int | None, moved_on: bool
) -> str | None:
    """Why nothing can be stepped down or closed now, or None when it can be asked for."""
    if refusal := refusal_to_move(step, Step(to)):
        return refusal
    if strategy_waits:
        return STRATEGY_WAITS
    if not approved:
        return NOT_APPROVED
    if to == Step.CLOSED and age is not None and age >= 18 and not moved_on:
        return NO_TRANSITION
    return None
