"""Who puts a child on the board whom nobody knows yet, and who says which child it was. Referrers and carers give details and make nobody."""

from rowan.agencies.rules.roles import Role

MAY_REPORT = frozenset(
    {
        Role.MISSING_COORDINATOR,
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.APPROVING_MANAGER,
        Role.POLICE_EXPLOITATION_TEAM,
    }
)
MAY_SAY_WHO = frozenset({Role.TRIAGE_OFFICER, Role.EXPLOITATION_COORDINATOR, Role.APPROVING_MANAGER})


def refusal_to_report(role: str) -> str | None:
    if role in {each.value for each in MAY_REPORT}:
        return None
    return "Ring the police on 101, or 999 if the child is in danger, and then the triage desk: they put a child whom nobody knows yet on the board."


def refusal_to_say_who(role: str) -> str | None:
    if role in {each.value for each in MAY_SAY_WHO}:
        return None
    return "The triage desk says which child this is. Ring them with what you know."
