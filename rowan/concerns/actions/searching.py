"""The hub's search for a child by a few details: with a reason, not without end, every one on the trail, its words for some time only."""

from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from rowan.access.rules.matrix import Kind, cell_of, may_look_outside
from rowan.access.standing import hidden_from
from rowan.asked_alike import asked_alike
from rowan.audit_trail.actions import ROWAN, record
from rowan.audit_trail.models import Entry as Line
from rowan.audit_trail.models import SearchText
from rowan.audit_trail.searches import erase_searches, record_search
from rowan.people.finding import Likely, likely
from rowan.people.rules.finding import Sought
from rowan.refusals import NotAllowed, NotPossible

from ..reading import settings_on
from ..rules.settings import SEARCH_WORDS_DAYS, SEARCHES_AN_HOUR

DID = "searched for a child"
NOT_BY_YOU = "The hub’s desk searches. If you are worried about a child, raise a concern: give what you know, and triage finds her."

NOT_BY_ADDRESS = "Your role does not see where children live, so it does not search by postcode."


def may_search(*, by) -> None:
    """For the page: nobody else opens it."""
    if not may_look_outside(by.role):
        _refuse(NOT_BY_YOU, by, NotAllowed)


def search(sought: Sought, *, why: str, by, now: datetime) -> list[Likely]:
    """Name, age and school of those it may be. Nobody hidden from the reader is among them, and nobody is made."""
    if not may_look_outside(by.role):
        _refuse(NOT_BY_YOU, by, NotAllowed)
    if not why.strip():
        _refuse("Say why you are looking.", by, NotPossible)
    if not sought.says_enough:
        _refuse("Give at least two of these, or a birth date, a postcode or a number.", by, NotPossible)
    if cell_of(by.role, Kind.ADDRESSES) is None and (sought.address or sought.postcode):
        _refuse(NOT_BY_ADDRESS, by, NotPossible)
    most = int(settings_on(timezone.localdate(now))[SEARCHES_AN_HOUR.name])
    if sum(_made_since(by_id=str(by.pk), since=now - timedelta(hours=1))) >= most:
        _refuse(
            f"You have searched {most} times within an hour. Ring the triage desk if a child cannot wait.",
            by,
            NotPossible,
        )
    found = likely(sought, hidden=hidden_from(by), today=timezone.localdate(now))
    record_search(
        by=by,
        text=sought.in_words,
        person_ids=[one.person_id for one in found],
        did=DID,
        purpose="finding a child",
        why=why.strip(),
    )
    return found


@asked_alike
def _made_since(by_id, since):
    made = Line.objects.filter(by_id=by_id, did=DID, refused_because="", at__gte=since)
    return made.order_by().values("did").annotate(many=Count("pk")).values_list("many", flat=True)


def forget_search_words(now: datetime) -> int:
    """Rowan's own, once a day: the words of searches are erased after the setting's days. A day without any leaves no line."""
    days = int(settings_on(timezone.localdate(now))[SEARCH_WORDS_DAYS.name])
    before = now - timedelta(days=days)
    if not SearchText.objects.filter(searched_at__lt=before).exists():
        return 0
    return erase_searches(before=before, by=ROWAN, why=f"made more than {days} days ago")


def _refuse(reason: str, by, refusal) -> None:
    record(by=by, did=DID, refused_because=reason)
    raise refusal(reason)
