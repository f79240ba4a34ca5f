"""The one clock that an episode has, who has it, and for how long the record stays open to those asked."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from rowan.access.actions import involve, owner_of_restricted
from rowan.access.models import Involvement, Why
from rowan.agencies.models import Post, Practitioner
from rowan.agencies.rules.posts import PostKind
from rowan.questions.models import HUB
from rowan.questions.posts import Posts
from rowan.questions.rules.answers import SEEN_AFTER_DAYS
from rowan.timescales.actions import dated_values, start_clock, stop_clock
from rowan.timescales.models import Clock
from rowan.timescales.rules.settings import values_on

from ..models import Episode
from ..rules.due import clock_due_on
from ..rules.settings import SETTINGS
from ..rules.steps import CLOCKS, INTERVIEW, clock_of
from .opening import KIND


def settings_on(today: date):
    return values_on(SETTINGS, dated_values(), today)


def keep_its_clock(episode: Episode, now: datetime, *, handed_to: Practitioner | None = None) -> None:
    """Stop what is no longer owed and start what is. Whoever has a clock that goes on keeps it, unless it is given to somebody."""
    today, wanted = timezone.localdate(now), ""
    # One absence has one clock: its own rests while the other's runs.
    if episode.same_absence_as_id is None:
        wanted = clock_of(episode.step, episode.interview)
    for clock in {*CLOCKS.values()} - {wanted}:
        stop_clock(what=clock, about_kind=KIND, about_id=episode.pk, now=now, because=_because(episode))
    if not wanted:
        close_to_those_asked(episode, today)
        return
    owner, post = _whose(episode, wanted, today)
    running = Clock.objects.running().filter(what=wanted, about_kind=KIND, about_id=str(episode.pk)).first()
    if running is not None and running.owner_id:
        owner = running.owner
    owner = handed_to or owner
    due_at = episode.interview_due_at
    start_clock(
        what=wanted,
        about_kind=KIND,
        about_id=episode.pk,
        about_person=episode.person_id,
        due_on=clock_due_on(
            wanted,
            today=today,
            interview_due_on=timezone.localdate(due_at) if due_at else None,
            values=settings_on(today),
        ),
        now=now,
        owner=owner,
        owner_post=post,
    )
    open_to_those_asked(episode, owner, today)


def _because(episode: Episode) -> str:
    if episode.same_absence_as_id:
        return "one absence with another episode"
    return episode.interview or episode.step


def _whose(episode: Episode, clock: str, today: date) -> tuple[Practitioner | None, Post]:
    """The post always stands behind; a restricted child's episode goes to whoever answers for the record, and to nobody else."""
    post = coordinators(today)
    owner = owner_of_restricted(episode.person_id)
    if owner is None and clock == INTERVIEW:
        owner = episode.interviewer
    return owner, post


def coordinators(today: date) -> Post:
    return Posts(today).named(PostKind.MISSING_COORDINATOR, HUB)


def open_to_those_asked(episode: Episode, owner: Practitioner | None, today: date) -> None:
    """The co-ordinator's post and the triage desk have a part in her life while she is missing and until she is heard (ADR 0012)."""
    person_id, name = episode.person_id, episode.rests_on
    if owner is not None:
        involve(
            person_id=person_id, why=Why.ASKED, rests_on=f"{name} to {owner.pk}", opened_on=_since(episode), agency=owner.agency, practitioner=owner
        )  # fmt: skip
    if owner_of_restricted(person_id) is not None:
        return
    posts = Posts(today)
    for kind in (PostKind.MISSING_COORDINATOR, PostKind.TRIAGE):
        post = posts.named(kind, HUB)
        involve(
            person_id=person_id, why=Why.ASKED, rests_on=f"{name} {kind.value}", opened_on=_since(episode), agency=post.agency, post=post
        )  # fmt: skip


def close_to_those_asked(episode: Episode, today: date) -> None:
    """As after an answer, they may look for a while longer."""
    Involvement.objects.filter(
        Q(rests_on=episode.rests_on) | Q(rests_on__startswith=f"{episode.rests_on} "),
        person_id=episode.person_id, why=Why.ASKED, closed_on=None,
    ).update(closed_on=today + timedelta(days=SEEN_AFTER_DAYS))  # fmt: skip


def _since(episode: Episode) -> date:
    return timezone.localdate(episode.recorded_at)
