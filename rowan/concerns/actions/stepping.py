"""A concern's step and its clock change together: whoever moves the one moves the other."""

from datetime import date, datetime

from django.utils import timezone

from rowan.audit_trail.actions import record
from rowan.timescales.actions import start_clock, stop_clock

from ..models import Concern
from ..reading import settings_on
from ..rules.running import KIND, TO_BE_LOOKED_AT, clock_at, clocks_that_stop
from ..rules.steps import Step, refusal_to_move
from ..rules.urgency import Urgency, red_looked_at_by
from ..waiting import desk_of


def locked(concern: Concern) -> Concern:
    return Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)


def move(concern: Concern, to: Step, *, now: datetime, owner=None, due_on: date | None = None) -> str | None:
    """Take a step inside the act's transaction, with the clock that runs there. Says why not, when it cannot be taken."""
    if refusal := refusal_to_move(concern.step, to):
        return refusal
    concern.step = to.value
    concern.save(update_fields=["step"])
    run_its_clock(concern, now=now, owner=owner, due_on=due_on)
    return None


def run_its_clock(concern: Concern, *, now: datetime, owner=None, due_on: date | None = None) -> None:
    """The clock of the step it stands at; every other stops."""
    step = Step(concern.step)
    for clock in clocks_that_stop(step, concern.urgency):
        stop_clock(what=clock, about_kind=KIND, about_id=concern.pk, now=now, because=step.value)
    # The desk stands behind somebody named: it is where the concern goes when they are away.
    desk = desk_of(concern, timezone.localdate(now))
    start_its_clock(concern, now=now, owner=owner, owner_post=desk, due_on=due_on)


def start_its_clock(
    concern: Concern, *, now: datetime, owner, owner_post, due_on: date | None = None
) -> None:
    if clock := clock_at(Step(concern.step), concern.urgency):
        due = {"due_on": due_on} if due_on else _due_by_the_hour(concern, clock)
        start_clock(
            what=clock,
            about_kind=KIND,
            about_id=concern.pk,
            about_person=concern.child_of_its_clock,
            now=now,
            owner=owner,
            owner_post=owner_post,
            **due,
        )


def _due_by_the_hour(concern: Concern, clock: str) -> dict:
    """Every urgency is in hours; those of red are of the clock, night and day."""
    red = concern.urgency == Urgency.RED
    if clock != TO_BE_LOOKED_AT:
        return {"due_at": concern.due_at, "every_hour": red}
    settings = settings_on(timezone.localdate(concern.received_at))
    return {"due_at": red_looked_at_by(concern.received_at, settings), "every_hour": True}


def leave_line(concern: Concern, did: str, *, by, why: str = "", **particulars) -> None:
    record(
        by=by,
        did=did,
        about_person=concern.person_id or "",
        about_kind=KIND,
        about_id=concern.pk,
        why=why,
        particulars=particulars,
    )
