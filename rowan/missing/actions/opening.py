"""Whom an episode opens to: those whose role reads the agency's reports of the child, with a part in the child's life."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from rowan.access.actions import NOBODY, open_record
from rowan.access.reading import ROWAN, reading_as
from rowan.access.rules.matrix import Kind
from rowan.access.rules.seeing import NOTHING_THERE, Seen, Through
from rowan.audit_trail.actions import record
from rowan.refusals import NothingThere

from ..models import Episode

KIND = "missing episode"


def shows(seen: Seen, agencies: Iterable[str]) -> bool:
    """Of an episode that several agencies reported, one report that the reader may read is enough."""
    return any(tells(seen, agency) for agency in agencies)


def tells(seen: Seen, agency: str) -> bool:
    """Whether the words of this agency about the child's absence are the reader's to read."""
    return seen.through is not Through.REASON and seen.tells(agency, Kind.POLICE)


def agencies_of(episode: Episode) -> set[str]:
    return {episode.agency_code, *(row.agency_code for row in episode.reports.all())} | {
        row.agency_code for row in episode.events.all()
    }


def open_episode(
    episode_id: UUID | None, *, by, today: date, did="looked at a missing episode"
) -> tuple[Episode, Seen]:
    """The episode and what its reader may see of the child. One that is not the reader's answers as one that is not there."""
    # With Rowan's own eyes: the trail says whose record was asked for, hidden or not.
    with reading_as(ROWAN):
        episode = Episode.objects.select_related("person", "by", "interviewer").filter(pk=episode_id).first()
    seen = open_record(person_id=episode.person_id if episode else NOBODY, by=by, today=today, did=did)
    # What belongs to it is asked for only once the record is open: a hidden one costs no query more than none.
    if episode is None or not shows(seen, agencies_of(episode)):
        record(
            by=by, did=did, about_person=episode.person_id if episode else NOBODY, about_kind=KIND, about_id=episode_id, refused_because=NOTHING_THERE
        )  # fmt: skip
        raise NothingThere(NOTHING_THERE)
    return episode, seen
