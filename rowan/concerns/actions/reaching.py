"""How whoever raised a concern without an account can be reached: for the desk, with a reason, and each look on the trail.

What they left to be reached by opens here. Who they are does not, where they came by the public page: that stays sealed.
"""

from dataclasses import dataclass
from datetime import datetime

from rowan.audit_trail.actions import record

from ..models import Concern, Referrer
from ..models.concern import CameBy
from ..rules.running import KIND
from .refusing import open_at_the_desk, refuse

DID = "looked at how to reach whoever raised a concern"
NOBODY_LEFT_ANYTHING = (
    "Whoever raised it left nothing to be reached by. Write back: they read it with their code."
)
STAYS_UNNAMED = "Do not tell the family who raised it."
MAY_BE_NAMED = "The family may be told who raised it."


@dataclass(frozen=True)
class Reach:
    """What they left, by what each thing is called; only what they filled in."""

    rows: list[tuple[str, str]]
    about_the_family: str


def left_something(concern: Concern) -> bool:
    """Whether there is anything to open. Says nothing of what."""
    referrer = Referrer.objects.filter(concern=concern).first()
    return referrer is not None and bool(_rows(concern, referrer))


def reach(concern_id, *, why: str, by, now: datetime) -> Reach:
    opened = open_at_the_desk(concern_id, by=by, now=now, did="opened a concern to reach whoever raised it")
    concern = opened.concern
    if not why.strip():
        refuse("Say why you have to reach them.", by=by, did=DID, concern=concern)
    referrer = Referrer.objects.filter(concern=concern).first()
    rows = _rows(concern, referrer) if referrer else []
    if not rows:
        refuse(NOBODY_LEFT_ANYTHING, by=by, did=DID, concern=concern)
    record(
        by=by,
        did=DID,
        about_person=concern.person_id or "",
        about_kind=KIND,
        about_id=concern.pk,
        why=why.strip(),
    )
    return Reach(rows, STAYS_UNNAMED if referrer.stays_unnamed else MAY_BE_NAMED)


def _rows(concern: Concern, referrer: Referrer) -> list[tuple[str, str]]:
    rows = [
        ("Telephone", referrer.phone),
        ("Email", referrer.email),
        ("When it is safe, and when not", referrer.how_to_reach),
    ]
    if concern.came_by != CameBy.PUBLIC:
        # A colleague at an agency: whoever rings the agency has to say whom they want to speak to.
        rows = [("Name", referrer.name), ("Where they work", referrer.works_at), *rows]
    return [(name, words) for name, words in rows if words]
