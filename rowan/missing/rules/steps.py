"""The steps of a missing episode and of its return home interview, which may follow which, and the clock that runs at each.

Domain 10. No step is left without somebody whose move it is and a date: `CLOCKS` says for each what is owed there.
"""

from enum import StrEnum


class Step(StrEnum):
    REPORTED = "reported"
    GRADED = "graded"
    FOUND = "found"
    RETURNED = "returned"
    NOT_MISSING = "not_missing"


STEP_NAMES = {
    Step.REPORTED: "Reported missing, not graded yet",
    Step.GRADED: "Missing, graded by the police",
    Step.FOUND: "Found; the return is to be confirmed",
    Step.RETURNED: "Returned",
    Step.NOT_MISSING: "Recorded by mistake: was not missing",
}
MOVES: dict[Step, frozenset[Step]] = {
    Step.REPORTED: frozenset({Step.GRADED, Step.FOUND, Step.RETURNED, Step.NOT_MISSING}),
    # Graded again: the police change a grade as they learn more.
    Step.GRADED: frozenset({Step.GRADED, Step.FOUND, Step.RETURNED, Step.NOT_MISSING}),
    # Found and gone again before the return is graded anew: it is still one absence.
    Step.FOUND: frozenset({Step.GRADED, Step.RETURNED, Step.NOT_MISSING}),
    Step.RETURNED: frozenset(),
    Step.NOT_MISSING: frozenset(),
}
MISSING_NOW = frozenset({Step.REPORTED, Step.GRADED, Step.FOUND})
# Returned is no rest by itself: the interview has steps of its own.
AT_REST = frozenset({Step.RETURNED, Step.NOT_MISSING})


class Interview(StrEnum):
    REQUIRED = "required"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CARER_ASKED = "carer_asked"
    NOT_POSSIBLE = "not_possible"
    HELD_IN_TIME = "held_in_time"
    HELD_LATE = "held_late"


INTERVIEW_NAMES = {
    Interview.REQUIRED: "Interview required, not offered yet",
    Interview.OFFERED: "Interview offered",
    Interview.ACCEPTED: "Interview accepted",
    Interview.DECLINED: "Interview declined; the carer is to be asked",
    Interview.CARER_ASKED: "Interview declined; the carer was asked",
    Interview.NOT_POSSIBLE: "Interview not possible",
    Interview.HELD_IN_TIME: "Interview held in time",
    Interview.HELD_LATE: "Interview held late",
}
_HELD = frozenset({Interview.HELD_IN_TIME, Interview.HELD_LATE})
_OPEN_TO_ALL = frozenset({Interview.OFFERED, Interview.NOT_POSSIBLE}) | _HELD
INTERVIEW_MOVES: dict[Interview, frozenset[Interview]] = {
    # A child may say at once what she wants to say: nobody has to record an offer first.
    Interview.REQUIRED: _OPEN_TO_ALL,
    # Offered again: every offer counts.
    Interview.OFFERED: _OPEN_TO_ALL | {Interview.ACCEPTED, Interview.DECLINED},
    Interview.ACCEPTED: _OPEN_TO_ALL | {Interview.DECLINED},
    # A no today is not a no for good.
    Interview.DECLINED: _OPEN_TO_ALL | {Interview.CARER_ASKED},
    Interview.CARER_ASKED: _OPEN_TO_ALL,
    Interview.NOT_POSSIBLE: _OPEN_TO_ALL - {Interview.NOT_POSSIBLE},
    Interview.HELD_IN_TIME: frozenset(),
    Interview.HELD_LATE: frozenset(),
}
INTERVIEW_AT_REST = _HELD | {Interview.CARER_ASKED, Interview.NOT_POSSIBLE}

TO_GRADE = "the police grade of a missing child"
MISSING = "a child who is missing"
TO_CONFIRM = "the return of a child who was found"
INTERVIEW = "a return home interview"
CARER = "what the carer knows, after an interview was declined"
ACTION = "an action from a missing episode"
# What is owed at each step that is not at rest.
CLOCKS: dict[Step | Interview, str] = {
    Step.REPORTED: TO_GRADE,
    Step.GRADED: MISSING,
    Step.FOUND: TO_CONFIRM,
    Interview.REQUIRED: INTERVIEW,
    Interview.OFFERED: INTERVIEW,
    Interview.ACCEPTED: INTERVIEW,
    Interview.DECLINED: CARER,
}


def clock_of(step: str, interview: str) -> str:
    """The clock that runs; an empty word where nothing is owed any more."""
    if interview:
        return CLOCKS.get(Interview(interview), "")
    return CLOCKS.get(Step(step), "")


def refusal_to_move(step: str, to: Step) -> str | None:
    """Why an episode at this step cannot take that one, or None when it can."""
    if to in MOVES[Step(step)]:
        return None
    return f"This episode cannot take that step now. It stands at: {STEP_NAMES[Step(step)].lower()}."


def refusal_of_interview(interview: str, to: Interview) -> str | None:
    if not interview:
        return "The child is not back yet. Record the return first: the interview’s time begins with it."
    if to in INTERVIEW_MOVES[Interview(interview)]:
        return None
    return f"The interview cannot take that step now. It stands at: {INTERVIEW_NAMES[Interview(interview)].lower()}."


def is_held(interview: str) -> bool:
    return interview in _HELD
