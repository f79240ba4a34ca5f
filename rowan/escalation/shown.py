"""What pages show of what has gone up, of disagreements, and of the ladder. Nothing here is a count of danger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rowan.access.actions import seen_by
from rowan.access.standing import Groups, hidden_from
from rowan.agencies.models import Agency, Practitioner
from rowan.agencies.rules.chain import in_words, who_answers
from rowan.concerns.rules.acknowledging import PASSED_KIND
from rowan.concerns.rules.running import KIND as CONCERN
from rowan.people.called import Called, called
from rowan.timescales.actions import dated_values
from rowan.timescales.rules.settings import values_on

from .actions.disagreements import may_read
from .ladders import Ladders
from .models import Disagreement, Overdue
from .rules.hours import RED_HOURS
from .rules.ladder import LEVEL_NAMES, Level
from .rules.settings import DISAGREEMENT_DAYS, OVERDUE_DAYS, SETTINGS

CONCERNS = {CONCERN, PASSED_KIND}


@dataclass(frozen=True)
class Card:
    overdue: Overdue
    child: Called | None
    was_due: date | datetime
    with_whom: str


@dataclass(frozen=True)
class LevelShown:
    name: str
    says: str
    who: Practitioner | None
    overdue_days: int
    red_hours: float
    disagreement_days: int


def cards(rows: Iterable[Overdue], by, today: date) -> list[Card]:
    rows = list(rows)
    seen = seen_by(by, [row.clock.about_person for row in rows if row.clock.about_person], today)
    children = called(seen, today)
    return [
        Card(row, children.get(row.clock.about_person), row.clock.due_at or row.clock.due_on, _with_whom(row))
        for row in rows
    ]


def page_of_its_concern(overdue: Overdue, reader: Practitioner) -> str:
    """Where whoever it has come to reads the concern that nobody looked at or acknowledged; nowhere for who had it before."""
    is_theirs = overdue.owner_id == reader.pk and overdue.clock.about_kind in CONCERNS
    return f"/concerns/triage/{overdue.clock.about_id}/" if is_theirs else ""


def disagreements_of(by):
    """Those somebody raised or has at a stage, not at rest yet; never about a child who is hidden from them."""
    rows = Disagreement.objects.exclude(step="learnt").exclude(person_id__in=hidden_from(by))
    mine = rows.filter(by=by) | rows.filter(stages__owner=by) | rows.filter(stages__counterpart=by)
    return mine.distinct().select_related("agency", "with_agency").prefetch_related("stages__owner")


def named(rows: Iterable[Disagreement], by, today: date) -> list[tuple[Disagreement, Called]]:
    rows = list(rows)
    seen = seen_by(by, [row.person_id for row in rows], today)
    children = called(seen, today)
    return [
        (row, children[row.person_id])
        for row in rows
        if row.person_id in seen and may_read(row, seen[row.person_id], by)
    ]


def about_child(person_id: str, seen, by) -> list[Disagreement]:
    rows = Disagreement.objects.filter(person_id__in=Groups([person_id]).all_ids)
    rows = rows.select_related("agency", "with_agency").prefetch_related("stages__owner").order_by("-at")
    return [row for row in rows if may_read(row, seen, by)]


def ladder(agency: Agency, today: date) -> list[LevelShown]:
    """Who is asked at each level of an agency today, and how long each level has."""
    ladders = Ladders([agency], today)
    values = values_on(SETTINGS, dated_values(), today)
    reached = {
        rung.level: who_answers(rung.chairs, ladders.absences, today)
        for rung in ladders.of(agency)
        if rung.level != Level.PRACTITIONER
    }
    people = Practitioner.objects.select_related("agency").in_bulk(
        [found.person for found in reached.values() if found.person]
    )
    return [
        LevelShown(
            LEVEL_NAMES[level],
            _reached_in_words(level, found),
            people.get(found.person) if found else None,
            int(str(values[OVERDUE_DAYS[level].name])),
            float(str(values[RED_HOURS[level].name])),
            int(str(values[DISAGREEMENT_DAYS[level].name])),
        )
        for level in Level
        for found in [reached.get(level)]
    ]


def _reached_in_words(level: Level, found) -> str:
    if level == Level.PRACTITIONER:
        return "Whoever has the work, or has taken it over."
    return (
        in_words(found)
        if found.chair or found.passed
        else "Nobody is entered: this level is passed, and says so."
    )


def _with_whom(row: Overdue) -> str:
    clock = row.clock
    if clock.owner_id:
        return f"{clock.owner.display_name}, {clock.owner.agency.name}"
    return clock.owner_post.title if clock.owner_post_id else ""
