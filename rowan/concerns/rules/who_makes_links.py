"""Who sends an agency without an account a link by which it raises one concern."""

from rowan.agencies.rules.roles import Role

MAKES_LINKS = frozenset(
    {
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.MISSING_COORDINATOR,
        Role.APPROVING_MANAGER,
        Role.POLICE_EXPLOITATION_TEAM,
        Role.HEALTH_LEAD,
    }
)


def refusal_to_make_links(role: str) -> str | None:
    if role in MAKES_LINKS:
        return None
    return "A one-time link is sent by somebody who works at the hub. Ring the triage desk and ask for one."
