"""The steps of the hub's work with a child who may be exploited, and which may follow which (domain 10).

It runs beside the statutory work and never takes its place. No step is taken by the calendar: each is somebody's act, and at each a clock
runs that has an owner and a date, so that no child waits for nobody.
"""

from enum import StrEnum

from rowan.access.rules.leading import LOOK_BACK


class Step(StrEnum):
    SCREENING = "screening"
    ASSESSMENT = "assessment"
    REVIEW = "review"
    WATCHED = "watched"
    CLOSED = "closed"


STEP_NAMES = {
    Step.SCREENING: "Being screened",
    Step.ASSESSMENT: "Being assessed",
    Step.REVIEW: "Worked with, and reviewed",
    Step.WATCHED: "Stepped down, and looked back at",
    Step.CLOSED: "Closed, with a day to look back",
}
MOVES: dict[Step, frozenset[Step]] = {
    Step.SCREENING: frozenset({Step.ASSESSMENT, Step.REVIEW}),
    Step.ASSESSMENT: frozenset({Step.REVIEW}),
    Step.REVIEW: frozenset({Step.ASSESSMENT, Step.WATCHED, Step.CLOSED}),
    Step.WATCHED: frozenset({Step.ASSESSMENT, Step.REVIEW, Step.CLOSED}),
    # Opened again with everything that was known.
    Step.CLOSED: frozenset({Step.SCREENING}),
}
OPEN = frozenset(Step) - {Step.CLOSED}
# What is owed at each step, and so what its clock is called.
OWED = {
    Step.SCREENING: "a screening",
    Step.ASSESSMENT: "an assessment",
    Step.REVIEW: "a review of where a child stands",
    Step.WATCHED: "a look back after a step-down",
    Step.CLOSED: LOOK_BACK,
}
# Where nothing more is owed once somebody has looked back; everywhere else a clock runs.
AT_REST = frozenset({Step.CLOSED})
TAKES_A_SECOND_PERSON = frozenset({Step.WATCHED, Step.CLOSED})


def refusal_to_move(step: str, to: Step) -> str | None:
    """Why the work at this step cannot take that one, or None when it can."""
    if to in MOVES[Step(step)]:
        return None
    return f"This cannot be done at the step where the work stands now: {STEP_NAMES[Step(step)].lower()}."


def step_after_approval(step: str, *, is_screen: bool, indicated: bool) -> Step:
    """Where an approved version leads. One that finds nothing is reviewed all the same: it closes nothing."""
    if is_screen and indicated and Step(step) is Step.SCREENING:
        return Step.ASSESSMENT
    return Step.REVIEW
