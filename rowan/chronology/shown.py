"""What a page shows of a child's timeline and attendance, line by line, each as far as this reader may see."""

from collections import defaultdict
from dataclasses import dataclass

from rowan.access.rules.matrix import Kind
from rowan.access.rules.seeing import Seen, Through
from rowan.agencies.in_words import agency_names
from rowan.asked_alike import asked_alike
from rowan.people.models import Person
from rowan.records.models import OvernightRun

from .models import AttendanceTerm, Entry, EntrySource
from .rules.attendance_week import AttendanceWeek, in_order
from .rules.kinds import kind_name

MISSING_KINDS = ("went_missing", "away_from_placement")


@dataclass(frozen=True)
class Line:
    """One line of the timeline, with the rows it rests on."""

    entry: Entry
    agency: str
    kind: str
    sources: list[tuple[EntrySource, str]]
    told: bool  # its words too, and not the heading alone

    @property
    def text(self) -> str:
        return self.entry.text if self.told else ""


def entries(person: Person, seen: Seen) -> list[Entry]:
    """Everything that happened, newest first. A child's life here is hundreds of lines, not millions: read once."""
    rows = _about(run=OvernightRun.current_number(), person_id=person.id)
    return [row for row in rows if seen.shows(row.agency_code, row.compartment)]


@asked_alike
def _about(run, person_id):
    return Entry.objects.current(run).about(person_id).order_by("-happened_on", "-happened_at", "id")


def lines(chosen: list[Entry], seen: Seen) -> list[Line]:
    sources: dict[str, list[EntrySource]] = defaultdict(list)
    by_key = {entry.key: entry for entry in chosen}
    for source in _sources_of(run=OvernightRun.current_number(), keys=list(by_key)) if by_key else ():
        # One event may rest on several agencies' rows: each is shown only to those who may see that agency's.
        if seen.tells(source.agency_code, by_key[source.entry_key].compartment):
            sources[source.entry_key].append(source)
    names = agency_names(
        {entry.agency_code for entry in chosen}
        | {source.agency_code for found in sources.values() for source in found}
    )
    return [
        Line(
            entry,
            names[entry.agency_code],
            kind_name(entry.kind),
            [(source, names[source.agency_code]) for source in sources[entry.key]],
            seen.tells(entry.agency_code, entry.compartment),
        )
        for entry in chosen
    ]


@asked_alike
def _sources_of(run, keys):
    return EntrySource.objects.current(run).filter(entry_key__among=keys)


def missing_episodes(all_entries: list[Entry], seen: Seen) -> list[Line]:
    return lines([entry for entry in all_entries if entry.kind in MISSING_KINDS], seen)


def attendance(person: Person, seen: Seen) -> list[AttendanceWeek]:
    """Weeks, oldest first: sums for whoever sees a summary, with the register's codes for whoever sees the detail."""
    if seen.through is Through.REASON:
        return []
    terms = _terms_of(run=OvernightRun.current_number(), person_id=person.id)
    weeks = [
        week
        for term in terms
        if seen.shows(term.agency_code, Kind.EDUCATION)
        for week in term.by_week(with_codes=seen.tells(term.agency_code, Kind.EDUCATION))
    ]
    return in_order(weeks)


@asked_alike
def _terms_of(run, person_id):
    return AttendanceTerm.objects.current(run).filter(person=person_id).order_by("term_on", "agency_code")
