"""What a page about one child needs: the look on the trail, what its reader may see, and what she is called."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.rules.seeing import NOTHING_THERE, Seen
from rowan.people.called import Called, called
from rowan.people.models import Person
from rowan.refusals import NothingThere

from ..actions.decisions import settings_on


@dataclass(frozen=True)
class About:
    person_id: str
    seen: Seen
    child: Called
    today: date


def opened(request, person_id: str, *, did: str) -> About:
    """Looked up first, whatever the answer: whether the record exists is already something to know about a child."""
    today = timezone.localdate()
    exists = Person.objects.filter(pk=person_id).exists()
    seen = open_record(person_id=person_id, by=request.user, today=today, did=did)
    if not exists:
        raise NothingThere(NOTHING_THERE)
    return About(person_id, seen, called({person_id: seen}, today)[person_id], today)


def form_options(request, about: About) -> dict:
    """What the forms of a decision need to know of their reader."""
    code = request.user.agency.code
    return {
        "by": request.user,
        "sees_joint": about.seen.is_hub,
        "shows": lambda compartment: about.seen.tells(code, compartment),
        "today": about.today,
        "settings": settings_on(about.today),
    }
