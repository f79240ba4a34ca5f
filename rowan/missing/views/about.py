"""What a page about one child or one episode needs: the look on the trail, what its reader may see, and what the child is called."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.rules.seeing import NOTHING_THERE, Seen
from rowan.people.called import Called, called
from rowan.people.models import Person
from rowan.refusals import NothingThere

from ..actions.opening import open_episode
from ..models import Episode


@dataclass(frozen=True)
class About:
    person_id: str
    seen: Seen
    child: Called
    today: date
    episode: Episode | None = None


def opened(request, person_id: str, *, did: str) -> About:
    """Looked up first, whatever the answer: whether the record exists is already something to know about a child."""
    today = timezone.localdate()
    exists = Person.objects.filter(pk=person_id).exists()
    seen = open_record(person_id=person_id, by=request.user, today=today, did=did)
    if not exists:
        raise NothingThere(NOTHING_THERE)
    return About(person_id, seen, called({person_id: seen}, today)[person_id], today)


def opened_episode(request, episode_id, *, did: str = "looked at a missing episode") -> About:
    today = timezone.localdate()
    episode, seen = open_episode(episode_id, by=request.user, today=today, did=did)
    person_id = episode.person_id
    return About(person_id, seen, called({person_id: seen}, today)[person_id], today, episode)
