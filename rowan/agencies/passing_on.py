"""Before somebody leaves and when somebody is away, every room that keeps work for people passes it on.

An earlier room may not import a later one. So a room that keeps such work has a module `passing_on` with a function
`pass_on(*, leaving, now, by) -> int`, and this one finds it by name, as settings are found (`timescales/declared.py`). It runs inside
the act's own transaction: an account does not end, and an absence is not entered, unless the work has found somebody.
"""

from collections.abc import Iterable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from .models import Practitioner


def pass_on_everything(*, leaving: Iterable[Practitioner] = (), now: datetime, by) -> int:
    """Give every piece of work of those who leave, or are away too long, to somebody who is there. Says how many moved.

    Ending an account calls this first, in its own transaction, with the leaver in `leaving`.
    """
    leaving = list(leaving)
    moved = 0
    for room in apps.get_app_configs():
        module = f"{room.name}.passing_on"
        if room.name.startswith("rowan.") and room.name != "rowan.agencies" and find_spec(module):
            moved += import_module(module).pass_on(leaving=leaving, now=now, by=by)
    return moved
