"""What a panel may decide about a child, and what has to be said with it.

A panel recommends: stepping down and closing themselves need the evidence, second person and look-back date of the assessment, and no
statutory meeting is replaced by this one.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Decided(StrEnum):
    STAYS = "stays"
    STEP_UP = "step_up"
    STEP_DOWN = "step_down"
    STRATEGY = "strategy"
    INFORMATION = "information"
    COMES_OFF = "comes_off"


DECIDED_NAMES = {
    Decided.STAYS: "Stays on the list",
    Decided.STEP_UP: "Recommended: step up",
    Decided.STEP_DOWN: "Recommended: step down",
    Decided.STRATEGY: "Asked for a strategy discussion",
    Decided.INFORMATION: "More information is needed",
    Decided.COMES_OFF: "Comes off the list",
}
# Less is done for the child from here on: the child's own view is asked for first.
DOES_LESS = frozenset({Decided.STEP_DOWN, Decided.COMES_OFF})


@dataclass(frozen=True)
class Said:
    """A decision as somebody records it."""

    decision: str
    reason: str
    childs_view: str = ""
    review_on: date | None = None


def what_is_missing(said: Said, *, today: date) -> dict[str, str]:
    lacks = {}
    if said.decision not in set(Decided):
        lacks["decision"] = "Choose what was decided"
    if not said.reason.strip():
        lacks["reason"] = "Say why"
    if said.decision in DOES_LESS and not said.childs_view.strip():
        lacks["childs_view"] = "Say what the child’s own view is, and how it was asked"
    if said.review_on is None or said.review_on <= today:
        # Whoever comes off the list too: past harm stays in view, and somebody looks back.
        lacks["review_on"] = "Give the day on which the panel looks again, after today"
    return lacks
