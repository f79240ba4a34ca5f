"""The posts a question can be put to. A post outlives whoever holds it."""

from datetime import date, timedelta
from enum import StrEnum

from .roles import SEES_NO_CHILD, Role


class PostKind(StrEnum):
    SCHOOL_LEAD = "school_lead"  # one a school
    ALLOCATED_WORKER = (
        "allocated_worker"  # not a post anybody holds: the child's own worker, found through involvement
    )
    MISSING_COORDINATOR = "missing_coordinator"
    YOUTH_JUSTICE = "youth_justice"
    EXPLOITATION_COORDINATOR = "exploitation_coordinator"
    TRIAGE = "triage"
    DUTY = "duty"  # the emergency duty team: who answers while the hub is closed
    LADO = "lado"  # the local authority designated officer: concerns about people who work with children
    LEAD = "lead"  # a place in an agency's chain of leads and deputies; an agency may have several
    CHIEF_OFFICER = "chief_officer"  # one an agency: where the chain ends


POST_NAMES = {
    PostKind.SCHOOL_LEAD: "the school's safeguarding lead",
    PostKind.ALLOCATED_WORKER: "the child's allocated worker",
    PostKind.MISSING_COORDINATOR: "the missing co-ordinator",
    PostKind.YOUTH_JUSTICE: "the youth justice service",
    PostKind.EXPLOITATION_COORDINATOR: "the exploitation co-ordinator",
    PostKind.TRIAGE: "the triage desk",
    PostKind.DUTY: "the emergency duty team",
    PostKind.LADO: "the local authority designated officer",
    PostKind.LEAD: "a safeguarding lead or deputy",
    PostKind.CHIEF_OFFICER: "the chief officer",
}
# The child's own worker is found through involvement: nobody makes or holds that post.
CAN_BE_MADE = tuple(kind for kind in PostKind if kind != PostKind.ALLOCATED_WORKER)
# The chief officer stands at the end of every chain already.
CAN_BE_IN_A_CHAIN = tuple(kind for kind in CAN_BE_MADE if kind != PostKind.CHIEF_OFFICER)
# Further back, a seat is history, and a change would only rewrite who should have answered.
DAYS_BACK = 31
DAYS_AHEAD = 366


def refusal_of_day(on: date, *, today: date) -> str | None:
    """Why nobody's seat and no place in a chain begins or ends on this day, or None when it may."""
    if on < today - timedelta(days=DAYS_BACK):
        return "The day must be within the last month."
    if on > today + timedelta(days=DAYS_AHEAD):
        return "The day must be within a year from today."
    return None


def refusal_to_seat(role: str, *, signs_in: bool, same_agency: bool) -> str | None:
    """Why somebody cannot sit in a post, or None when they can."""
    if not signs_in:
        return "Somebody whose account is open sits in a post."
    if not same_agency:
        return "Somebody of the agency itself sits in its post."
    if Role(role) in SEES_NO_CHILD:
        return "Their role keeps them from every child’s record, so they answer for nobody."
    return None


def refusal_to_deputise(*, is_itself: bool, same_agency: bool) -> str | None:
    if is_itself:
        return "A post does not stand in for itself."
    return None if same_agency else "The deputy is a post of the same agency."
