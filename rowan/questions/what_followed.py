"""What followed about children after a question: as far as the rooms of concerns, assessments, meetings and plans have it by a day.

That it followed does not say that it came of the question. A room that knows of something has a module `what_followed` with
`followed(person_ids, until)`, which names the kind, the child and the moment; this room looks there as `timescales` looks for clocks.
"""

from collections.abc import Mapping
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils import timezone

from rowan.access.standing import Groups

NOTHING = "nothing"
# From nothing to the furthest, in the order of a child's story: each child is counted once, at the furthest.
FOLLOWED = (
    (NOTHING, "Nothing on record here"),
    ("no_further_action", "Concern, no further action"),
    ("concern", "Concern, taken on or not decided"),
    ("assessment", "Assessment"),
    ("meeting", "Decision at a meeting or panel"),
    ("plan", "Action in a plan"),
)
_HOW_FAR = {kind: number for number, (kind, _) in enumerate(FOLLOWED)}


def furthest(asked_on: Mapping[str, date], until: datetime) -> dict[str, str]:
    """For each child the furthest that followed from the day it was asked about. A fixed number of queries."""
    found = dict.fromkeys(asked_on, NOTHING)
    groups = Groups(asked_on)
    for module in _rooms():
        for kind, person_id, at in module.followed(groups.all_ids, until):
            child = groups.now_of[person_id]
            since = asked_on.get(child)
            if since and timezone.localdate(at) >= since and _HOW_FAR[kind] > _HOW_FAR[found[child]]:
                found[child] = kind
    return found


def _rooms() -> list:
    names = [
        f"{room.name}.what_followed" for room in apps.get_app_configs() if room.name.startswith("rowan.")
    ]
    return [import_module(name) for name in names if name != __name__ and find_spec(name)]
