"""Who answers while the hub is closed: the emergency duty team, where an area has one and somebody sits in its post."""

from datetime import datetime

from django.utils import timezone

from rowan.agencies.models import Post
from rowan.agencies.rules.posts import PostKind
from rowan.questions.models import HUB
from rowan.questions.posts import Posts
from rowan.timescales.actions import dated_values
from rowan.timescales.rules.settings import values_on

from .rules.settings import SETTINGS
from .rules.urgency import is_open


def hub_is_open(now: datetime) -> bool:
    here = timezone.localtime(now)
    return is_open(here, values_on(SETTINGS, dated_values(), here.date()))


def duty_post(now: datetime) -> Post | None:
    """The duty team's post while the hub is closed; None while it is open, and where nobody sits there."""
    if hub_is_open(now):
        return None
    posts = Posts(timezone.localdate(now))
    return posts.named(PostKind.DUTY, HUB) if PostKind.DUTY in posts.held(HUB) else None


def desk_at(now: datetime) -> Post:
    """Who looks at what is red at this hour: the duty team while the hub is closed and somebody sits there, else the triage desk."""
    return duty_post(now) or Posts(timezone.localdate(now)).named(PostKind.TRIAGE, HUB)
