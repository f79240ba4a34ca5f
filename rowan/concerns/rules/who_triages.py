"""Who screens and decides concerns, and who is shut out of one about a colleague."""

from rowan.agencies.rules.roles import Role

TRIAGES = frozenset({Role.TRIAGE_OFFICER, Role.EXPLOITATION_COORDINATOR, Role.APPROVING_MANAGER})
NOT_YOURS = "Concerns are screened and decided at the triage desk. If you know something about this one, ring the desk."
LOOKS_AGAIN_ELSE = (
    "A decision that somebody disagrees with is looked at by somebody else than whoever made it."
)


def triages(role: str) -> bool:
    return role in {each.value for each in TRIAGES}


def is_shut_out(*, about_a_professional: bool, is_the_professional: bool, is_officer: bool) -> bool:
    """From a concern about a professional: whoever it is about, and everybody but the designated officer, or who has their work while they are away."""
    return about_a_professional and (is_the_professional or not is_officer)
