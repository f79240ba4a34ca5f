"""What the pages of triage show, put together from what is stored. Looks things up and changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rowan.access.involved import who_works_with
from rowan.access.models import Why
from rowan.access.rules.seeing import Through, what_is_seen
from rowan.agencies.models import Agency
from rowan.asked_alike import asked_alike
from rowan.people.finding import Likely
from rowan.people.models import KnownAs
from rowan.people.rules.age import age_on
from rowan.records.models import OvernightRun
from rowan.timescales.models import Clock

from .actions import acknowledging
from .models import Concern
from .reading import Opened
from .rules.urgency import label
from .rules.what_it_is_about import ABOUT_NAMES
from .rules.who_raises import RAISES_NAMES

WALLED = frozenset({"health", "sexual_health"})
A_HEALTH_PROFESSIONAL = "A health professional"
WHOEVER_RAISED_IT = "Whoever raised it"


@dataclass(frozen=True)
class Waiting:
    """One line of the queue: nothing of it but what says how soon, and whose."""

    concern: Concern
    urgency: str
    about: str
    referrer: str
    late: bool


@dataclass(frozen=True)
class Candidate:
    """Name, age and school; who works with the child only where somebody does."""

    person_id: str
    name: str
    age: int | None
    school: str
    works_with: list


@dataclass(frozen=True)
class InTurn:
    """How many wait that came when many came at once, and when the first of them has to be decided."""

    number: int
    first_due_at: datetime | None


@dataclass(frozen=True)
class PassedOn:
    """That a concern was passed to the child's worker, and whether they have said that they have it."""

    clock: Clock
    acknowledged: bool
    may_acknowledge: bool
    to_be_rung: bool  # the worker does not sign in: whoever rang them says so


def passed_on(concern: Concern, opened: Opened, reader) -> PassedOn | None:
    clock = acknowledging.passed_on(concern)
    if clock is None or (clock.stopped_at and clock.stopped_because != acknowledging.ACKNOWLEDGED):
        return None
    runs, rung = clock.stopped_at is None, clock.owner_post_id is not None
    theirs = acknowledging.is_theirs(clock, reader) or (rung and opened.triages)
    return PassedOn(clock, not runs, runs and theirs, rung)


def in_turn(waiting, now: datetime) -> InTurn:
    found = waiting.in_turn(now)
    return InTurn(found.count(), found.values_list("due_at", flat=True).first())


def queue(concerns: Iterable[Concern], settings, now: datetime) -> list[Waiting]:
    return [
        Waiting(
            concern,
            label(concern.urgency, settings),
            ABOUT_NAMES[concern.about],
            referrer_of(concern),
            concern.due_at < now,
        )
        for concern in concerns
    ]


def referrer_of(concern: Concern) -> str:
    """Where a compartment would tell why somebody is worried, only what kind of professional."""
    if concern.compartment in WALLED:
        return A_HEALTH_PROFESSIONAL
    if concern.agency:
        return concern.agency.name
    return {
        "resident": "A resident", "parent": "A parent or relative", "young_person": "A young person", "taxi_driver": "A taxi driver",
        "business": "A business", "rather_not_say": "Somebody who would rather not say",
    }.get(concern.raises, f"Somebody who says “{RAISES_NAMES.get(concern.raises, 'nothing of themselves')}”")  # fmt: skip


def with_names(rows: Iterable, concern: Concern) -> list[tuple[object, str]]:
    """What was written since, each with who wrote it. Whoever raised it from health, and a colleague of theirs, stay without a name."""
    walled = concern.compartment in WALLED
    named = []
    for row in rows:
        if row.by is None:
            named.append((row, WHOEVER_RAISED_IT))
        elif walled and row.by.agency_id == concern.agency_id:
            named.append((row, A_HEALTH_PROFESSIONAL))
        else:
            named.append((row, row.by.display_name))
    return named


def candidates(found: list[Likely], reader, today: date) -> list[Candidate]:
    """In their order. The same few queries however many."""
    ids = [one.person_id for one in found]
    known = {row.person_id: row for row in _known_as(run=OvernightRun.current_number(), ids=ids)}
    schools = dict(_schools_of(codes={row.school_code for row in known.values()}))
    seen = what_is_seen(reader.role, reader.agency.code, reader.agency.kind, Through.REASON)
    works = who_works_with(dict.fromkeys(ids, seen), today)
    made = []
    for person_id in ids:
        row = known.get(person_id)
        workers = [worker for worker in works[person_id] if worker.why != Why.ON_ROLL.label]
        made.append(
            Candidate(
                person_id,
                row.name if row else "Name not known",
                age_on(row.birth_date, today) if row else None,
                schools.get(row.school_code, "") if row else "",
                workers,
            )
        )
    return made


@asked_alike
def _known_as(run, ids):
    return KnownAs.objects.current(run).filter(person__among=ids).order_by("-by_day")


@asked_alike
def _schools_of(codes):
    return Agency.objects.filter(code__among=codes).order_by().values_list("code", "name")
