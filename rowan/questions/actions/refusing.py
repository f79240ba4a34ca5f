"""Say no about a question or a sign of harm and leave it on the trail, before any transaction opens (design hard case 4)."""

from collections.abc import Iterable
from typing import NoReturn

from rowan.audit_trail.actions import record
from rowan.chronology.models import Entry
from rowan.refusals import Both, NotPossible, SomebodyWasFirst

from ..models import Question

About = Question | Entry | None


def refuse(reason: str, about: About, *, by, did: str, refusal=NotPossible) -> NoReturn:
    _record(reason, about, by, did)
    raise refusal(reason)


def somebody_was_first(
    reason: str, both: Iterable[Both], about: About, *, by, did: str, may_send: bool = False
) -> NoReturn:
    """The reason goes on the trail; what the two of them said goes to the second's page and nowhere else."""
    _record(reason, about, by, did)
    raise SomebodyWasFirst(reason, both, may_send=may_send)


def _record(reason: str, about: About, by, did: str) -> None:
    if about is None:
        # A list about many children: who stands on it is on the trail from the looks at each.
        record(by=by, did=did, refused_because=reason)
        return
    asked = isinstance(about, Question)
    record(
        by=by,
        did=did,
        about_person=about.person_id,
        about_kind="question" if asked else "sign of harm",
        about_id=about.pk if asked else about.key,
        refused_because=reason,
    )
