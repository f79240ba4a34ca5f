"""Who reads an action: asked of the matrix, in this one place. Where a role sees headings, it sees whose it is and by when."""

from rowan.access.rules.matrix import Kind
from rowan.access.rules.seeing import Seen, Through

from .models import Action


def may_read(action: Action, seen: Seen, by) -> bool:
    """Its owner, and whoever the matrix gives the plan to."""
    if action.owner_id == by.pk:
        return True
    return seen.through is not Through.REASON and seen.tells(action.agency.code, Kind.PLAN)


def may_know_of(action: Action, seen: Seen, by) -> bool:
    """That there is an action, whose and by when."""
    if may_read(action, seen, by):
        return True
    return seen.through is not Through.REASON and seen.shows(action.agency.code, Kind.PLAN)


def may_set(seen: Seen) -> bool:
    return seen.whole(Kind.PLAN)


def may_end(action: Action, seen: Seen | None, by) -> bool:
    return action.owner_id == by.pk or (seen is not None and may_set(seen))
