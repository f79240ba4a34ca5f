"""The worker of a child who is open already says that a concern has reached them; where they do not, it goes up."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.notices.actions import tell
from rowan.refusals import Both
from rowan.timescales.actions import start_clock, stop_clock
from rowan.timescales.models import Clock

from ..models import Concern
from ..reading import open_concern, settings_on
from ..rules.acknowledging import PASSED_KIND, SAID_ALREADY, TO_BE_ACKNOWLEDGED, refusal_to_acknowledge
from ..rules.settings import ACKNOWLEDGED_WITHIN, RED_ACKNOWLEDGED_WITHIN
from ..rules.urgency import Urgency, within_open_hours
from ..waiting import desk_of
from .refusing import refuse, somebody_was_first
from .stepping import leave_line, locked

ACKNOWLEDGED = "acknowledged"
DID = "acknowledged a concern that was passed on"


def pass_to_worker(concern: Concern, worker: Involvement, *, by, now: datetime) -> None:
    """Within the decision: to the worker by name; where they do not sign in, to whoever rings them. It is to be acknowledged by the hour."""
    signs_in = worker.practitioner and worker.practitioner.is_active
    if signs_in and worker.practitioner == by:
        return  # who passes it to themself has it
    red = concern.urgency == Urgency.RED
    settings = settings_on(timezone.localdate(now))
    hours = float(settings[(RED_ACKNOWLEDGED_WITHIN if red else ACKNOWLEDGED_WITHIN).name])
    start_clock(
        what=TO_BE_ACKNOWLEDGED,
        about_kind=PASSED_KIND,
        about_id=concern.pk,
        about_person=concern.child_of_its_clock,
        due_at=within_open_hours(timezone.localtime(now), hours, settings, every_hour=red),
        every_hour=red,
        now=now,
        owner=worker.practitioner if signs_in else by,
        owner_post=None if signs_in else desk_of(concern, timezone.localdate(now)),
    )
    if signs_in:
        page = reverse("concerns:triage_one", args=[concern.pk])
        tell(worker.practitioner, "A concern about a child you work with came to you", page, now, urgent=red)


def not_passed_on_any_more(concern: Concern, now: datetime) -> None:
    """Within a decision anew."""
    stop_clock(
        what=TO_BE_ACKNOWLEDGED, about_kind=PASSED_KIND, about_id=concern.pk, now=now, because="decided otherwise"
    )  # fmt: skip


def acknowledge(concern_id, *, words: str = "", by, now: datetime) -> Clock:
    """The worker has it: their word, or that of whoever it has gone up to; where they do not sign in, of whoever rang them, and how. Said twice, it is said once."""
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to acknowledge it")
    with transaction.atomic():
        concern = locked(opened.concern)
        clock = waits_for_worker(concern)
        before = passed_on(concern)
        if clock is None and before and _is_by(before, by):
            return before
        refusal = refusal_to_acknowledge(
            waits=clock is not None,
            is_theirs=clock is not None and is_theirs(clock, by),
            by_the_desk=clock is not None and clock.owner_post_id is not None,
            at_the_desk=opened.triages,
            words=words,
        )
        if refusal is None:
            place = deciding_as(by, now)
            clock.owner, clock.stopped_at, clock.stopped_because = by, now, ACKNOWLEDGED
            clock.save(update_fields=["owner", "stopped_at", "stopped_because"])
            leave_line(concern, DID, by=by, why=words.strip(), **place.trail)
    if refusal and clock is None and before and before.stopped_because == ACKNOWLEDGED:
        said_by = Both("Said by", by_and_when(before.owner.display_name, before.stopped_at), "Not sent")
        somebody_was_first(SAID_ALREADY, [said_by], by=by, did=DID, concern=concern)
    if refusal:
        refuse(refusal, by=by, did=DID, concern=concern)
    return clock


def waits_for_worker(concern: Concern) -> Clock | None:
    return _clocks(concern).running().first()


def passed_on(concern: Concern) -> Clock | None:
    """The newest: running until somebody says that they have it, then with who said so and when."""
    return _clocks(concern).select_related("owner__agency").order_by("-started_at", "-pk").first()


def is_theirs(clock: Clock, reader) -> bool:
    """Theirs by name, or gone up to them."""
    return clock.owner_id == reader.pk or clock.watched_by.filter(owner=reader).exists()


def _is_by(clock: Clock, by) -> bool:
    return clock.stopped_because == ACKNOWLEDGED and clock.owner_id == by.pk


def _clocks(concern: Concern):
    return Clock.objects.filter(about_kind=PASSED_KIND, about_id=str(concern.pk))
