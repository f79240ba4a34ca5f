"""What an absence may look like, and who may enter one for whom."""

from datetime import date, timedelta

from .roles import Role

# Further back than this, an absence is history, and entering it would only rewrite who should have answered.
DAYS_BACK = 31
DAYS_AHEAD = 366

NOT_THEIR_MANAGER = "An absence is entered by the person who is away, by the manager of their team, or by a safeguarding lead of their agency."


def refusal_of_absence(
    *, from_on: date, until_on: date | None, half: str, stands_in_for_oneself: bool, today: date
) -> str | None:
    """Why this cannot be entered as an absence, or None when it can."""
    if until_on and until_on < from_on:
        return "The last day away must be the same as or after the first."
    if from_on < today - timedelta(days=DAYS_BACK):
        return "The first day away must be within the last month."
    if from_on > today + timedelta(days=DAYS_AHEAD):
        return "The first day away must be within a year from today."
    if half and until_on != from_on:
        return "Half a day is of one day: the first and the last day away must be the same."
    if stands_in_for_oneself:
        return "Somebody else has to stand in."
    return None


def refusal_to_enter(
    *, for_oneself: bool, by_role: str, same_team: bool, same_agency: bool, by_leads_the_agency: bool
) -> str | None:
    """Why one practitioner may not enter another's absence, or None."""
    if for_oneself:
        return None
    if same_team and Role(by_role) == Role.APPROVING_MANAGER:
        return None
    if same_agency and by_leads_the_agency:
        return None
    return NOT_THEIR_MANAGER
