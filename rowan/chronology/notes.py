"""Lines that people write by day: every note, sign and event of a child's story stands in one chronology (design, hard case 5)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from rowan.access.reading import ROWAN as ROWANS_EYES
from rowan.access.reading import reading_as
from rowan.records.models import OvernightRun

from .models import Entry


@dataclass(frozen=True)
class Written:
    """What happened, as it is to stand in the chronology. `key` is the act's own, such as "concern 3f…": written twice, it is one line."""

    key: str
    person_id: str
    kind: str  # such as "concern_raised"; shown by `chronology.rules.kinds.KIND_NAMES`
    title: str
    happened_on: date
    compartment: str
    text: str = ""
    happened_at: datetime | None = None
    ended_on: date | None = None
    observed: str = ""  # V, I, S or P; a sign of harm asks for its strategy discussion (`questions.actions.ask_about_signs`)
    observed_code: str = ""
    confirmed: bool = True
    particulars: dict = field(default_factory=dict)
    # Whose words they are, where that is not the writer's agency; empty: no agency's, such as what a resident told.
    agency_code: str | None = None


def write_line(written: Written, *, by, now: datetime) -> Entry:
    """Put one line into the chronology, as the writer's agency's unless it says whose. Belongs in the transaction of the act that leaves its line on the trail."""
    told_by = by.agency.code if written.agency_code is None else written.agency_code
    line = {
        "agency_code": told_by,
        "known_on": timezone.localdate(now),
        "since_run": OvernightRun.current_number(),
        "written_by": by,
        "written_at": now,
    }
    # A database that walls off health and intelligence shows a line to Rowan, not to a writer who may not read it.
    with reading_as(ROWANS_EYES):
        return Entry.objects.get_or_create(key=written.key, by_day=True, defaults=vars(written) | line)[0]


def take_back(entry: Entry) -> None:
    """The line is shown no more: it was about somebody else, or never so. Who wrote it and what it said is kept.

    Belongs in the transaction of the act that says why, and leaves its line on the trail.
    """
    Entry.objects.filter(pk=entry.pk, by_day=True, until_run=None).update(until_run=entry.since_run)


def say_when_it_ended(key: str, ended_on: date | None) -> None:
    """A line that was written while the thing went on: from now on it says until when. Belongs in the transaction of the act that ends it."""
    Entry.objects.filter(key=key, by_day=True).update(ended_on=ended_on)
