"""What another agency's system may ask Rowan for, each thing named apart. Nothing here reads anything of a child."""

from enum import StrEnum


class Scope(StrEnum):
    FEEDS = "feeds:read"
    CONCERNS = "concerns:raise"


SCOPES_IN_WORDS = {
    Scope.FEEDS: "up to which date the agency's own files reach, and how many rows; counts only",
    Scope.CONCERNS: "raise a concern, and nothing else: it finds nobody and reads nothing",
}
TOKEN_MINUTES = 15


def refusal_of_scopes(asked: list[str], allowed: list[str]) -> str | None:
    """Why a system may not have what it asks for, or None when it may."""
    if not asked:
        return "No scope was asked for."
    if unknown := [scope for scope in asked if scope not in allowed]:
        return f"Not allowed for this system: {', '.join(sorted(unknown))}."
    return None
