"""Who may record that somebody works with a child, and until when: those who answer for the work, and an agency for its own people."""

from datetime import date, timedelta

from rowan.agencies.rules.roles import Role

from .hiding import MAY_RESTRICT

# For people of their own agency only: who in a hospital, a force or a youth justice team works with a child is theirs to say.
SAYS_OF_THEIR_OWN = {Role.HEALTH_LEAD, Role.POLICE_EXPLOITATION_TEAM, Role.YOUTH_JUSTICE_WORKER}
# A last day is known some weeks before it comes.
AHEAD = timedelta(days=92)


def says_who_works_with(role: str) -> bool:
    return Role(role) in MAY_RESTRICT | SAYS_OF_THEIR_OWN


def refusal_to_say(role: str, *, of_their_own_agency: bool, of_themselves: bool) -> str | None:
    """Nobody opens a record to themselves: a colleague says that they work with the child."""
    if of_themselves:
        return "Nobody records this of themselves. A colleague who works with the child does."
    if Role(role) in MAY_RESTRICT or (Role(role) in SAYS_OF_THEIR_OWN and of_their_own_agency):
        return None
    if Role(role) in SAYS_OF_THEIR_OWN:
        return "You say this of people at your own agency. Ask the child’s worker about anybody else."
    return "Who works with a child is recorded by their worker, triage, the co-ordinator or an approving manager."


def refusal_of_first_day(from_on: date, today: date) -> str | None:
    return "Give a day that has come: until then they have no part." if from_on > today else None


def refusal_of_last_day(until_on: date, *, from_on: date, today: date) -> str | None:
    if until_on < from_on:
        return "The last day lies before the first."
    if until_on > today + AHEAD:
        return "Give a last day within three months, or leave it for later."
    return None
