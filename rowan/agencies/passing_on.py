"""Before somebody leaves or gives up a post, and when somebody is away, every room that keeps work for people passes it on.

An earlier room may not import a later one. So a room that keeps such work has a module `passing_on` with a function
`pass_on(*, leaving, unseated, now, by) -> int`, and this one finds it by name, as settings are found (`timescales/declared.py`). The
one that knows every clock (`timescales`) says with `left_with_nobody(*, leaving, unseated, now) -> int` what found nobody. Both run
inside the act's own transaction: an account, a seat or a role does not end while work of theirs would be left with nobody.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

from rowan.refusals import NotPossible

from .models import PostHolding, Practitioner

WHAT_TO_DO = (
    "Nobody else could take it. On the page Posts and leads, seat somebody else in the post, or see that the agency has a deputy, a lead "
    "or a chief officer who is there. Then do this again."
)


def pass_on_everything(
    *, leaving: Iterable[Practitioner] = (), unseated: Iterable[PostHolding] = (), now: datetime, by
) -> int:
    """Give every piece of work of those who leave, or are away too long, to somebody who is there. Says how many moved.

    Ending an account calls this first, in its own transaction, with the leaver in `leaving`; ending a seat, with the seat in `unseated`.
    Where work of theirs would be left with nobody, NotPossible says what to do, and the act it is part of does not happen.
    """
    leaving, unseated = list(leaving), list(unseated)
    moved = sum(
        room.pass_on(leaving=leaving, unseated=unseated, now=now, by=by) for room in _rooms_with_work()
    )
    if refusal := refusal_to_leave(leaving=leaving, unseated=unseated, now=now):
        raise NotPossible(refusal)
    return moved


def refusal_to_leave(
    *, leaving: Iterable[Practitioner] = (), unseated: Iterable[PostHolding] = (), now: datetime
) -> str | None:
    """Why these may not go yet: some of their work has nobody else. None when they may."""
    leaving, unseated = list(leaving), list(unseated)
    if not leaving and not unseated:
        return None
    left = sum(
        room.left_with_nobody(leaving=leaving, unseated=unseated, now=now)
        for room in _rooms_with_work()
        if hasattr(room, "left_with_nobody")
    )
    if not left:
        return None
    what = "A piece of work with a date" if left == 1 else f"{left} pieces of work with a date"
    return f"{what} would be left with nobody. {WHAT_TO_DO}"


def _rooms_with_work() -> Iterator[ModuleType]:
    for room in apps.get_app_configs():
        module = f"{room.name}.passing_on"
        if room.name.startswith("rowan.") and room.name != "rowan.agencies" and find_spec(module):
            yield import_module(module)
