"""Who may change a setting: two roles, and what information governance owns is its alone."""

from rowan.agencies.rules.roles import Role

from .settings import Setting

CHANGE_SETTINGS = frozenset({Role.EXPLOITATION_COORDINATOR, Role.INFORMATION_GOVERNANCE})
GOVERNANCE = "Information governance"
# The day a law came into force has a page of its own, where whoever dates it says where it is published.
DATED_ON_A_PAGE_OF_ITS_OWN = "sharing.law."


def refusal_to_change(setting: Setting, role: str) -> str | None:
    """Why somebody of this role may not change it, or None."""
    if role not in CHANGE_SETTINGS:
        return "Settings are changed by the exploitation co-ordinator or information governance."
    if setting.owner == GOVERNANCE and role != Role.INFORMATION_GOVERNANCE:
        return "This setting is information governance’s to change."
    return None


def is_dated_elsewhere(setting: Setting) -> bool:
    return setting.name.startswith(DATED_ON_A_PAGE_OF_ITS_OWN)
