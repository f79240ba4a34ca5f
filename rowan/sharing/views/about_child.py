"""What a page about one child needs: the look on the trail, what its reader may see, and what she is called."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.rules.seeing import Seen
from rowan.people.called import Called, called
from rowan.people.models import Person

from ..actions.decisions import settings_on


@dataclass(frozen=True)
class About:
    person_id: str
    seen: Seen
    child: Called
    today: date


def opened(request, person_id: str, *, did: str) -> About:
    """Before anything is looked up: whether the record exists is already something to know about a child."""
    today = timezone.localdate()
    seen = open_record(person_id=person_id, by=request.user, today=today, did=did)
    if not Person.objects.filter(pk=person_id).exists():
        raise Http404
    return About(person_id, seen, called({person_id: seen}, today)[person_id], today)


def form_options(request, about: About) -> dict:
    """What the forms of a decision need to know of their reader."""
    code = request.user.agency.code
    return {
        "by": request.user,
        "sees_joint": about.seen.is_hub,
        "shows": lambda compartment: about.seen.shows(code, compartment),
        "today": about.today,
        "settings": settings_on(about.today),
    }
