"""A professional disagreement: its steps, what has to be said, and where it begins (domain 9.2).

Whoever disagrees is not to suffer for it. The child is kept safe meanwhile, and immediate danger skips levels.
"""

from dataclasses import dataclass
from enum import StrEnum

from .ladder import Level


class Step(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    LEARNT = "learnt"


STEP_NAMES = {
    Step.OPEN: "Not resolved yet",
    Step.RESOLVED: "Resolved; its learning is to be written",
    Step.LEARNT: "Resolved, with its learning",
}
MOVES: dict[Step, frozenset[Step]] = {
    # Going up to the next stage it stays open.
    Step.OPEN: frozenset({Step.OPEN, Step.RESOLVED}),
    Step.RESOLVED: frozenset({Step.LEARNT}),
    Step.LEARNT: frozenset(),
}
AT_REST = frozenset({Step.LEARNT})
CLOCK = "a stage of a disagreement"
LEARN_CLOCK = "the learning of a disagreement"
# A stage is its owner's by a day; the learning is for whoever raised it to write.
RUNS_AT = {Step.OPEN: CLOCK, Step.RESOLVED: LEARN_CLOCK}
ABOUT = {
    "referral": "A referral was not accepted",
    "threshold": "A threshold",
    "action": "An agreed action is not done",
    "sharing": "Information is not shared",
    "assessment": "What an assessment came to",
    "closure": "Closing or stepping down",
    "conference": "A conference or strategy discussion was refused",
    "other": "Something else",
}
HOW = {
    "agreed": "What was sought is done",
    "partly": "Another way was agreed",
    "accepted": "The other agency’s reasons were accepted",
    "decided": "Somebody above decided",
}


@dataclass(frozen=True)
class Said:
    """A disagreement as somebody raises it."""

    about: str
    with_agency: bool
    what: str
    sought: str
    safe_meanwhile: str


def what_is_missing(said: Said) -> dict[str, str]:
    lacks = {}
    if said.about not in ABOUT:
        lacks["about"] = "Choose what it is about"
    if not said.with_agency:
        lacks["with_agency"] = "Choose the agency you disagree with"
    if not said.what.strip():
        lacks["what"] = "Say what you disagree about, and why"
    if not said.sought.strip():
        lacks["sought"] = "Say what you want to happen"
    if not said.safe_meanwhile.strip():
        lacks["safe_meanwhile"] = "Say what is done now to keep the child safe"
    return lacks


def begins_at(*, immediate_danger: bool) -> Level:
    return Level.SAFEGUARDING_LEAD if immediate_danger else Level.PRACTITIONER


def refusal_to_move(step: str, to: Step) -> str | None:
    """Why a disagreement at this step cannot take that one, or None when it can."""
    if to in MOVES[Step(step)]:
        return None
    return f"This cannot be done now. The disagreement stands at: {STEP_NAMES[Step(step)].lower()}."
