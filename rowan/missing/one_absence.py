"""A child was reported twice, once by name and once as somebody whom nobody knew: one absence, with one clock and one line on the board."""

from datetime import datetime

from django.utils import timezone

from rowan.access.actions import seen_by
from rowan.access.standing import Groups
from rowan.chronology.notes import say_when_it_ended

from .actions.opening import agencies_of, shows
from .actions.reporting import episodes_of
from .actions.whereabouts import line_key
from .models import Episode
from .rules.same_absence import the_same_absence
from .rules.steps import Step

ONE, TWO = "one", "two"
ASKS = "This child is reported missing already. Say whether it is one absence."
GONE = "There is no other episode of the same absence any more. Look at the child’s episodes again."
HEARD = "An interview was held after this report, so it stays an episode of its own. Choose two absences."
TOLD_IN_IT = "Somebody else’s report is one absence with this one. Say first, there, that they are two."


def other_of(episode: Episode, person_id: str, *, by, now: datetime) -> Episode | None:
    """The child's episode of the same absence, as far as its reader may see; where they are one already, the one that stands."""
    ids = Groups([person_id]).all_ids
    if (stands := episode.same_absence_as) is not None and stands.person_id in ids:
        return stands
    known = {
        str(each.pk): each
        for each in episodes_of(person_id).exclude(step=Step.NOT_MISSING).exclude(pk=episode.pk)
    }
    seen = seen_by(by, {each.person_id for each in known.values()}, timezone.localdate(now))
    may = [
        each.as_absence()
        for each in known.values()
        if (part := seen.get(each.person_id)) and shows(part, agencies_of(each))
    ]
    same = the_same_absence(episode.as_absence(), may, now)
    return known[same.key] if same else None


def refusal_of_one(episode: Episode, other: Episode | None, one_absence: str) -> str | None:
    """Why it cannot be said like this whether the two are one absence, or None when it can."""
    if other is not None and one_absence not in {ONE, TWO}:
        return ASKS
    if one_absence != ONE:
        return None
    if other is None:
        return GONE
    return HEARD if hasattr(episode, "home_interview") else None


def stands_in(episode: Episode, other: Episode | None) -> None:
    """Changes the locked episode in memory. Taken back, its line of the timeline ends when it did, and not when the other did."""
    was = episode.same_absence_as
    episode.same_absence_as = other
    if episode.has_own_line and was is not None and other is None:
        ended_at = episode.returned_at
        say_when_it_ended(line_key(episode), timezone.localdate(ended_at) if ended_at else None)
    if episode.has_own_line and other is not None and other.returned_at and episode.returned_at is None:
        say_when_it_ended(line_key(episode), timezone.localdate(other.returned_at))
