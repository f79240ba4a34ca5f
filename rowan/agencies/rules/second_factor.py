"""Who proves who they are twice: everybody whose role can reach personal data."""

from .roles import Role

# A councillor sees safe numbers and never reaches a person. Every other role can, if only colleagues' names or the trail.
REACHES_NO_PERSONAL_DATA = frozenset({Role.COUNCILLOR})


def needs_second_factor(role: str) -> bool:
    return role not in REACHES_NO_PERSONAL_DATA


def refusal_to_remove(role: str, *, left_after: int) -> str | None:
    """Why an authenticator app or a passkey may not be removed, or None when it may."""
    if needs_second_factor(role) and left_after == 0:
        return "This is your only second step. Add another one first, then remove this one"
    return None
