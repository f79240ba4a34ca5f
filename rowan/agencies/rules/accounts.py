"""Who may make, change and end accounts and keep the posts. Nobody does any of it to herself."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from .roles import APPROVES_FOR_TWO, Role

# Whoever lost her second step is let in again by two people who know her, within a day, or it is asked anew.
RESET_ASKED_FOR = timedelta(hours=24)
KEEPS_ACCOUNTS = frozenset({Role.ADMINISTRATOR})
CONFIRMS_A_RESET = frozenset({Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE})


def refusal_to_keep_accounts(by_role: str, *, is_oneself: bool = False) -> str | None:
    if by_role not in KEEPS_ACCOUNTS:
        return "Only an administrator makes, changes and ends accounts."
    if is_oneself:
        return "Nobody changes her or his own account here. Ask another administrator."
    return None


def refusal_to_keep_posts(by_role: str, *, is_oneself: bool = False) -> str | None:
    """Posts are kept by whoever keeps accounts. Nobody gives herself one, or takes herself out of one."""
    if by_role not in KEEPS_ACCOUNTS:
        return "Only an administrator makes posts, and says who sits in them."
    if is_oneself:
        return "Nobody gives herself or himself a post, or ends the seat. Ask another administrator."
    return None


def refusal_to_confirm_role(by_role: str, *, asked_by_oneself: bool, is_oneself: bool) -> str | None:
    """Somebody who approves already, and who neither asked for it nor gets it."""
    if by_role not in APPROVES_FOR_TWO:
        return "This is for those who already approve what takes two people."
    if asked_by_oneself:
        return "You asked for this yourself. Somebody else confirms it."
    if is_oneself:
        return "This is your own account. Somebody else confirms it."
    return None


def refusal_to_turn_down_role(by_role: str, *, is_oneself: bool) -> str | None:
    """Whoever asked may take it back."""
    return refusal_to_confirm_role(by_role, asked_by_oneself=False, is_oneself=is_oneself)


def refusal_to_say_who_signs_in(role: str, changed: Iterable[str]) -> str | None:
    """Agency and e-mail say whom an agency's own sign-in lets in: for somebody who approves, not one administrator alone."""
    if role not in APPROVES_FOR_TWO or not {"agency", "email"} & set(changed):
        return None
    return (
        "This role approves what takes two people, and the e-mail and the agency say who signs in. Change the role to one that does not, "
        "change this, then ask for the role again: a second person confirms it."
    )


def refusal_to_confirm_reset(
    by_role: str, *, asked_by_oneself: bool, is_oneself: bool, asked_at: datetime, now: datetime
) -> str | None:
    """Two different people, neither of them the one who is let in again."""
    if by_role not in CONFIRMS_A_RESET:
        return "An administrator or an information governance officer confirms this."
    if asked_by_oneself:
        return "You asked for this yourself. Somebody else confirms it."
    if is_oneself:
        return "This is your own account. Somebody else confirms it."
    if now - asked_at >= RESET_ASKED_FOR:
        return "This was asked for more than a day ago. Ask again."
    return None
