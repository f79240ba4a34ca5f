"""The steps of a meeting and of a child on its list, and which may follow which.

A meeting that is not at rest has somebody whose move it is and a date: who arranges it until it is held, the chair until its minutes are
approved.
"""

from enum import StrEnum


class Step(StrEnum):
    PLANNED = "planned"
    IN_SESSION = "in_session"
    ENDED = "ended"
    APPROVED = "approved"
    CANCELLED = "cancelled"


STEP_NAMES = {
    Step.PLANNED: "To be held",
    Step.IN_SESSION: "In session",
    Step.ENDED: "Held; minutes to be approved",
    Step.APPROVED: "Held; minutes approved",
    Step.CANCELLED: "Not held",
}
MOVES: dict[Step, frozenset[Step]] = {
    Step.PLANNED: frozenset({Step.IN_SESSION, Step.CANCELLED}),
    Step.IN_SESSION: frozenset({Step.ENDED}),
    Step.ENDED: frozenset({Step.APPROVED}),
    Step.APPROVED: frozenset(),
    Step.CANCELLED: frozenset(),
}
AT_REST = frozenset({Step.APPROVED, Step.CANCELLED})


class Whose(StrEnum):
    """Whose move it is."""

    ORGANISER = "organiser"
    CHAIR = "chair"


WHOSE: dict[Step, Whose] = {
    Step.PLANNED: Whose.ORGANISER,
    Step.IN_SESSION: Whose.ORGANISER,
    Step.ENDED: Whose.CHAIR,
}


HOLD_CLOCK = "a meeting to be held"
MINUTES_CLOCK = "minutes to be approved"
RUNS_AT = {Step.PLANNED: HOLD_CLOCK, Step.IN_SESSION: HOLD_CLOCK, Step.ENDED: MINUTES_CLOCK}


def refusal_to_move(step: str, to: Step) -> str | None:
    """Why a meeting at this step cannot take that one, or None when it can."""
    if to in MOVES[Step(step)]:
        return None
    return f"This meeting cannot take that step now. It stands at: {STEP_NAMES[Step(step)].lower()}."


def refusal_to_change_the_list(step: str) -> str | None:
    return (
        None if step in {Step.PLANNED, Step.IN_SESSION} else "The meeting is over: its list stands as it was."
    )


def refusal_to_decide(step: str) -> str | None:
    if step == Step.IN_SESSION:
        return None
    return "A decision is taken while the meeting is in session. Begin the meeting first." if step == Step.PLANNED else (
        "The meeting is over. What was decided stands; a later meeting can decide anew."
    )  # fmt: skip
