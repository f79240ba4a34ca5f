"""Who is asked first about something red at this very hour: by day whoever has it and their desk, by night the emergency duty team."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from rowan.agencies.models import Post
from rowan.agencies.rules.posts import PostKind
from rowan.concerns.clocks import in_danger
from rowan.concerns.out_of_hours import desk_at, hub_is_open
from rowan.timescales.models import Clock

from .ladders import Ladders
from .rules.hours import half_of
from .rules.ladder import Rung

# What waits at the triage desk is the duty team's while the hub is closed, and the other way round.
ONE_DESK = {PostKind.TRIAGE, PostKind.DUTY}


class AtThisHour:
    """For some red clocks, at one moment."""

    def __init__(self, clocks: Iterable[Clock], ladders: Ladders, now: datetime):
        clocks = list(clocks)
        self.half = half_of(timezone.localtime(now))
        self.closed = bool(clocks) and not hub_is_open(now)
        self.in_danger = in_danger(clocks)
        self._ladders = ladders
        desk = desk_at(now) if any(_is_at_the_desk(clock.owner_post) for clock in clocks) else None
        self._post = {
            clock.pk: desk if _is_at_the_desk(clock.owner_post) else clock.owner_post for clock in clocks
        }
        self.people = ladders.sitters_of(post for post in self._post.values() if post)
        ladders.absent_too(self.people)

    def rungs(self, clock: Clock, rungs: list[Rung]) -> list[Rung]:
        post = self._post[clock.pk]
        return self._ladders.by_the_hour(rungs, [post] if post else [], clock.owner_id, closed=self.closed)


def _is_at_the_desk(post: Post | None) -> bool:
    return post is not None and post.kind in ONE_DESK
