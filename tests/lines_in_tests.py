"""Lines of the trail at moments of a test's choosing: an act leaves its line now, and patterns are of days and weeks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from rowan.access.rules.seeing import NOTHING_THERE
from rowan.audit_trail.actions import actor
from rowan.audit_trail.rules.chain import FIELDS, particulars_in_words
from rowan.audit_trail.writing import Line, write

LOOKED = "looked at a child's record"


@dataclass(frozen=True)
class Left:
    """A line as a test says it: who, when, about whom, and by what right; "refused" opens nothing."""

    by: object
    at: datetime
    person_id: str
    how: str = "part"
    did: str = LOOKED
    more: dict = field(default_factory=dict)

    def line(self) -> Line:
        refused = self.how == "refused"
        words = {
            **actor(self.by),
            "did": self.did,
            "about_person": self.person_id,
            "purpose": "protecting a child",
            "refused_because": NOTHING_THERE if refused else "",
            "particulars": particulars_in_words({"through": self.how} if self.how and not refused else {}),
            **self.more,
        }
        return Line(self.at, tuple(words.get(name, "") for name in FIELDS if name != "at"))


def leave(lines: Iterable[Left]) -> None:
    with transaction.atomic():
        write(connection, [left.line() for left in lines])
