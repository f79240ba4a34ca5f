"""Who may open a concern at triage. One that somebody may not open answers as one that is not there."""

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from django.db.models import Q
from django.utils import timezone

from rowan.access.actions import NOBODY
from rowan.access.rules.matrix import Kind, Opens
from rowan.access.rules.seeing import NOTHING_THERE, Seen, Through, role_refusal, way_in, what_is_seen
from rowan.access.standing import hidden_from, owned_by, standings
from rowan.agencies.models import PostHolding
from rowan.agencies.rules.posts import PostKind
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NothingThere
from rowan.timescales.actions import dated_values
from rowan.timescales.models import Clock
from rowan.timescales.rules.settings import values_on

from .models import Concern
from .rules.running import CHECK_KIND, KIND
from .rules.settings import SETTINGS
from .rules.who_they_are import is_called_a_health_professional
from .rules.who_triages import is_shut_out, triages


@dataclass(frozen=True)
class Opened:
    concern: Concern
    seen: Seen | None  # of the child it is about, once triage has said who
    triages: bool  # and not only reads what was passed on


def settings_on(day) -> dict:
    return dict(values_on(SETTINGS, dated_values(), day))


def holds_lado_post(practitioner, today) -> bool:
    return (
        PostHolding.objects.on(today)
        .filter(practitioner=practitioner, post__kind=PostKind.LADO.value)
        .exists()
    )


def not_shut_out(practitioner, today) -> Q:
    """For lists: without the concerns about a professional from which this practitioner is shut out."""
    theirs = Q() if holds_lado_post(practitioner, today) else Q(pk__in=_with(practitioner, today))
    return Q(about_a_professional=False) | (theirs & ~Q(professional=practitioner))


def to_triage(practitioner, today):
    """The queue: what waits at triage, by due date and by nothing else. Children hidden from the reader are in no count either."""
    waiting = Concern.objects.waiting_for_triage().filter(not_shut_out(practitioner, today))
    hidden = hidden_from(practitioner)
    theirs = waiting.exclude(person__in=hidden) if hidden else waiting
    if not triages(practitioner.role):
        handed = Q(pk__in=_with(practitioner, today))
        if holds_lado_post(practitioner, today):
            handed |= Q(about_a_professional=True)
        theirs = theirs.filter(handed | Q(person__in=owned_by(practitioner)))
    return theirs.select_related("agency", "person").order_by("due_at", "received_at", "id")


def _with(practitioner, today) -> list[str]:
    """Ids of the concerns that wait for this practitioner by name, or for a post in which they sit and nobody else by name."""
    return list(_clocks_with(practitioner, today).filter(about_kind=KIND).values_list("about_id", flat=True))


def _clocks_with(practitioner, today):
    posts = PostHolding.objects.on(today).filter(practitioner=practitioner).values("post")
    # Everybody to whom it went up has it too, until it is seen to: nobody below lets go of it.
    gone_up = Clock.objects.filter(owner=practitioner, watches__isnull=False).values("watches")
    theirs = Q(owner=practitioner) | Q(owner=None, owner_post__in=posts) | Q(pk__in=gone_up)
    return Clock.objects.running().filter(theirs)


def open_concern(concern_id, *, by, now: datetime, did: str = "looked at a concern") -> Opened:
    """Let triage, whoever it was handed to, the owner of a restricted record it reached, or the child's own worker read it."""
    concern = (
        Concern.objects.select_related("agency", "by", "person", "professional", "among_restricted")
        .filter(pk=concern_id)
        .first()
    )
    if refusal := role_refusal(by.role):
        _refuse(refusal, NotAllowed, by, did, concern_id)
    way = _way_to(concern_id, concern, by, now)
    if concern is None or way is None:
        _refuse(NOTHING_THERE, NothingThere, by, did, concern_id)
    person_id = concern.person_id or NOBODY
    record(by=by, did=did, about_person=person_id, about_kind=KIND, about_id=concern.pk)
    if not concern.person_id:
        return Opened(concern, None, way.at_the_desk)
    # Whoever sits at the desk without a part in her life reads here what a reason would show: name, age and school.
    seen = what_is_seen(by.role, by.agency.code, by.agency.kind, way.through or Through.REASON)
    return Opened(concern, seen, way.at_the_desk)


def may_open(concern: Concern, by, now: datetime) -> bool:
    """Whether it would open to this practitioner. For lists that name no more than that it is there."""
    return role_refusal(by.role) is None and _way_to(concern.pk, concern, by, now) is not None


@dataclass(frozen=True)
class _Way:
    through: Through | None
    at_the_desk: bool


def _way_to(concern_id, concern: Concern | None, by, now: datetime) -> _Way | None:
    """None: for this reader it is not there. The same is asked about one that nobody raised as about one that is hidden."""
    today = timezone.localdate(now)
    person_id = (concern.person_id if concern else None) or NOBODY
    standing = standings(by, [person_id], now)[person_id]
    through = way_in(by.role, standing, today=today)
    clocks = _clocks_with(by, today).filter(about_id=str(concern_id))
    handed = clocks.filter(about_kind__in=[KIND, CHECK_KIND]).exists()
    # While the designated officer is away, whoever has their work has this.
    is_officer = holds_lado_post(by, today) or clocks.filter(about_kind=KIND).exists()
    if concern is None or standing.hidden or _shut_out(concern, by, is_officer):
        return None
    at_the_desk = triages(by.role) or handed or _reached(concern, by) or concern.about_a_professional
    if not at_the_desk and not _is_theirs_to_read(concern, by, through):
        return None
    return _Way(through, at_the_desk)


def _refuse(reason: str, refusal, by, did: str, concern_id) -> NoReturn:
    record(by=by, did=did, about_kind=KIND, about_id=concern_id, refused_because=reason)
    raise refusal(reason)


def _shut_out(concern: Concern, by, is_officer: bool) -> bool:
    return is_shut_out(
        about_a_professional=concern.about_a_professional,
        is_the_professional=concern.professional_id == by.pk,
        is_officer=is_officer,
    )


def _reached(concern: Concern, by) -> bool:
    looked = getattr(concern, "among_restricted", None)
    return bool(looked and looked.person_id and looked.person_id in owned_by(by))


def _is_theirs_to_read(concern: Concern, by, through: Through | None) -> bool:
    """The child's own workers, where their role sees contacts and concerns whole; what health told, where it sees that whole too."""
    if through is not Through.PART:
        return False
    seen = what_is_seen(by.role, by.agency.code, by.agency.kind)
    walled = concern.compartment if is_called_a_health_professional(concern.compartment) else Kind.CONTACTS
    return all(seen.opens(kind) is Opens.EVERYTHING for kind in (Kind.CONTACTS, walled))
