"""The steps of an action: open until it is done, is not done for a reason, or is carried forward to a new date.

An open action always has an owner and a date, and a clock that runs to it; nothing more is owed where one has ended.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Step(StrEnum):
    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    CARRIED = "carried"


STEP_NAMES = {
    Step.OPEN: "Open",
    Step.DONE: "Done",
    Step.NOT_DONE: "Not done, and not needed any more",
    Step.CARRIED: "Not done: carried forward",
}
MOVES: dict[Step, frozenset[Step]] = {
    Step.OPEN: frozenset({Step.DONE, Step.NOT_DONE, Step.CARRIED}),
    Step.DONE: frozenset(),
    Step.NOT_DONE: frozenset(),
    # The action that takes its place is open, with an owner and a date of its own.
    Step.CARRIED: frozenset(),
}
AT_REST = frozenset({Step.DONE, Step.NOT_DONE, Step.CARRIED})
CLOCK = "an action of a plan"
RUNS_AT = {Step.OPEN: CLOCK}
OUTCOMES = [Step.DONE, Step.CARRIED, Step.NOT_DONE]
SAY = {
    Step.DONE: "Say what was done",
    Step.NOT_DONE: "Say why it was not done, and why it is not needed any more",
    Step.CARRIED: "Say why it was not done",
}


@dataclass(frozen=True)
class Ended:
    """How somebody says that an action ended."""

    to: str
    words: str
    due_on: date | None = None  # of what is carried forward
    has_owner: bool = True


def refusal_to_move(step: str, to: Step) -> str | None:
    """Why an action at this step cannot take that one, or None when it can."""
    if to in MOVES[Step(step)]:
        return None
    return f"This action has ended already: {STEP_NAMES[Step(step)].lower()}."


def what_is_missing_to_set(what: str, due_on: date | None, *, has_owner: bool, today: date) -> dict[str, str]:
    lacks = {}
    if not what.strip():
        lacks["what"] = "Say what is to be done"
    if not has_owner:
        lacks["owner"] = "Choose who does it"
    if due_on is None or due_on < today:
        lacks["due_on"] = "Give the day by which it is done, today or later"
    return lacks


def what_is_missing_to_end(said: Ended, *, today: date) -> dict[str, str]:
    if said.to not in OUTCOMES:
        return {"to": "Choose what came of it"}
    lacks = {}
    if not said.words.strip():
        lacks["words"] = SAY[Step(said.to)]
    if said.to == Step.CARRIED:
        if said.due_on is None or said.due_on < today:
            lacks["due_on"] = "Give the new day, today or later"
        if not said.has_owner:
            lacks["owner"] = "Choose who does it"
    return lacks
