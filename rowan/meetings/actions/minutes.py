"""Minutes: versions that are added, and the chair's approval, with which not-done actions go on to the next meeting."""

from datetime import datetime
from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import DecidingAs, deciding_as
from rowan.audit_trail.actions import record
from rowan.plans.actions import carry, close_action
from rowan.plans.models import Action, MadeIn
from rowan.plans.rules.steps import Step as ActionStep
from rowan.refusals import Both, NotAllowed
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.actions import stop_clock

from ..models import Meeting, Minutes
from ..opened import must_run
from ..rules.steps import Step, refusal_to_move
from .lists import leave_for_next
from .series import KIND, plan_next
from .session import MINUTES_CLOCK, _close_to

NOT_NOW = "Minutes are written while a meeting is in session and until they are approved."
CHAIR_APPROVES = "The chair approves the minutes."


def version_of(meeting: Meeting) -> str:
    """Which version stands: what a form to write another was opened on."""
    newest = meeting.minutes.last()
    return str(newest.number) if newest else "0"


def write_minutes(
    meeting: Meeting, *, words: str, by, now: datetime, opened_on: str | None = None
) -> Minutes:
    """A new version. The earlier ones stay, and one that came meanwhile is shown before it is replaced."""
    did = "wrote minutes"
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": meeting.pk}
    must_run(meeting, by=by, did=did)
    if not words.strip():
        refuse("Write what was said.", **about)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        newest = meeting.minutes.last()
        refusal = None if meeting.step in {Step.IN_SESSION, Step.ENDED} else NOT_NOW
        mine = newest is not None and (newest.words, newest.by_id) == (words.strip(), by.pk)
        stale = not mine and opened_on not in {None, version_of(meeting)}
        if refusal is None and not mine and not stale:
            newest = Minutes.objects.create(
                meeting=meeting,
                number=(newest.number if newest else 0) + 1,
                words=words.strip(),
                by=by,
                at=now,
            )
            record(
                by=by, did=did, about_kind=KIND, about_id=meeting.pk, particulars={"version": newest.number}
            )
    if refusal:
        refuse(refusal, **about)
    if stale:
        somebody_was_first("Somebody wrote minutes since you opened the page.", _both(newest, words), may_send=True, **about)  # fmt: skip
    return newest


def approve(meeting: Meeting, *, by, now: datetime, opened_on: str | None = None) -> Meeting:
    """The chair approves the version they have read. What was not done by this meeting is carried forward to the next."""
    did = "approved minutes"
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": meeting.pk}
    if meeting.chair_id != by.pk:
        refuse(CHAIR_APPROVES, refusal=NotAllowed, **about)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        newest = meeting.minutes.last()
        done = meeting.step == Step.APPROVED
        refusal = None if done else refusal_to_move(meeting.step, Step.APPROVED)
        if refusal is None and not done and newest is None:
            refusal = "There are no minutes yet. Write them first."
        stale = refusal is None and not done and opened_on not in {None, version_of(meeting)}
        if refusal is None and not done and not stale:
            place = deciding_as(by, now)
            meeting.step, meeting.approved_by, meeting.approved_at = Step.APPROVED.value, by, now
            meeting.approved_acting_as = place.words
            meeting.save(update_fields=["step", "approved_by", "approved_acting_as", "approved_at"])
            stop_clock(what=MINUTES_CLOCK, about_kind=KIND, about_id=meeting.pk, now=now, because="approved")
            following = plan_next(meeting.series, meeting.on, now=now)
            _carry_forward(meeting, following, by=by, place=place, now=now)
            leave_for_next(meeting, following, now=now)
            _close_to(meeting, timezone.localdate(now))
            record(
                by=by,
                did=did,
                about_kind=KIND,
                about_id=meeting.pk,
                particulars={"version": newest.number} | place.trail,
            )
    if refusal:
        refuse(refusal, **about)
    if stale:
        somebody_was_first("The minutes were changed since you opened the page. Read them again.", _both(newest, ""), may_send=True, **about)  # fmt: skip
    return meeting


def _carry_forward(meeting: Meeting, following: Meeting, *, by, place: DecidingAs, now: datetime) -> None:
    """Open before this meeting, due by it, and nobody has said what came of it: it is not done, and goes on with a new date."""
    late = Action.objects.open().filter(
        made_in=MadeIn.MEETING,
        made_in_id=str(meeting.series_id),
        at__lt=meeting.began_at,
        due_on__lte=meeting.on,
    )
    words = f"Not done by the meeting of {meeting.on.day} {meeting.on:%B %Y}."
    for action in late.select_for_update().prefetch_related("owner__agency"):
        close_action(action, to=ActionStep.CARRIED, words=words, by=by, place=place, now=now)
        # The same approval carries the same action once.
        token = uuid5(meeting.pk, str(action.pk))
        carry(action, token=token, due_on=following.on, owner=action.owner, by=by, now=now)


def _both(newest: Minutes, words: str) -> list[Both]:
    return [
        Both("Minutes", newest.words, words),
        Both("Written by", by_and_when(newest.by.display_name, newest.at), "Not sent"),
    ]
