"""What a pack holds beside the item itself: who works with the child, where the child stands, and headings of what agencies sent.

Each as far as the matrix gives it to this reader at a meeting: `Seen` says so for every row, as on the child's own page.
"""

from dataclasses import dataclass, field
from datetime import date

from rowan.access.involved import Worker, who_works_with
from rowan.access.rules.matrix import KIND_NAMES, Kind, Opens
from rowan.access.rules.seeing import Seen
from rowan.access.standing import Groups
from rowan.assessments.shown import Stands, where_she_stands
from rowan.chronology import shown as chronology
from rowan.chronology.shown import Line
from rowan.people.models import Person
from rowan.sharing.models import SharingDecision
from rowan.sharing.shown import decisions_listed

from .opened import Pack

# A meeting reads what is new; the whole timeline is read in the record, by those who work with the child.
LINES_OF_A_KIND = 8
WEEKS_OF_SCHOOL = 12
WITH_HEADINGS = (Kind.CONTACTS, Kind.POLICE, Kind.SOCIAL_CARE, Kind.EDUCATION, Kind.CONNECTIONS)


@dataclass(frozen=True)
class Headings:
    """The newest lines of one kind, and how many there are of it."""

    name: str
    lines: list[Line]
    of: int


@dataclass(frozen=True)
class Missed:
    """Half days missed of those that were possible, in the last weeks that were sent."""

    absent: int
    possible: int
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Held:
    stands: Stands
    workers: list[Worker] = field(default_factory=list)
    missed: Missed | None = None
    kinds: list[Headings] = field(default_factory=list)
    tells_decisions: bool = False
    decisions: list[SharingDecision] = field(default_factory=list)


def what_is_held(pack: Pack, by, today: date) -> Held | None:
    """None for whoever reads the item by a part in the child's life alone. As many queries for a long life as for a short one."""
    seen = pack.seen
    if seen is None:
        return None
    person = pack.item.person.who_now()
    ids = Groups([person.id]).all_ids
    tells_decisions = seen.opens(Kind.DECISIONS) is Opens.HEADINGS
    return Held(
        stands=where_she_stands(ids, seen, by, today),
        workers=who_works_with({person.id: seen}, today)[person.id],
        missed=_missed(person, seen),
        kinds=_headings(person, seen),
        tells_decisions=tells_decisions,
        decisions=[listed.decision for listed in decisions_listed(ids, seen, by)] if tells_decisions else [],
    )


def _headings(person: Person, seen: Seen) -> list[Headings]:
    entries = chronology.entries(person, seen)
    of_kind = {
        kind: [entry for entry in entries if entry.compartment == kind]
        for kind in WITH_HEADINGS
        if seen.opens(kind) is not Opens.NOTHING
    }
    newest = [entry for rows in of_kind.values() for entry in rows[:LINES_OF_A_KIND]]
    lines = {line.entry.pk: line for line in chronology.lines(newest, seen)}
    return [
        Headings(KIND_NAMES[kind], [lines[entry.pk] for entry in rows[:LINES_OF_A_KIND]], len(rows))
        for kind, rows in of_kind.items()
    ]


def _missed(person: Person, seen: Seen) -> Missed | None:
    weeks = chronology.attendance(person, seen)
    latest = sorted({week.week_on for week in weeks})[-WEEKS_OF_SCHOOL:]
    if not latest:
        return None
    counted = [week for week in weeks if week.week_on >= latest[0]]
    return Missed(
        sum(week.absent for week in counted), sum(week.possible for week in counted), latest[0], latest[-1]
    )
