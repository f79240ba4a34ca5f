"""A concern's step and its clock change together: whoever moves the one moves the other."""

from datetime import date, datetime

from django.utils import timezone

from rowan.audit_trail.actions import record
from rowan.timescales.actions import start_clock, stop_clock

from ..models import Concern
from ..rules.running import KIND, RUNS_AT, clocks_that_stop
from ..rules.steps import Step, refusal_to_move
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
    step, today = Step(concern.step), timezone.localdate(now)
    for clock in clocks_that_stop(step):
        stop_clock(what=clock, about_kind=KIND, about_id=concern.pk, now=now, because=step.value)
    if clock := RUNS_AT.get(step):
        start_clock(
            what=clock,
            about_kind=KIND,
            about_id=concern.pk,
            about_person=concern.child_of_its_clock,
            due_on=due_on or timezone.localdate(concern.due_at),
            now=now,
            owner=owner,
            # The desk stands behind somebody named: it is where the concern goes when they are away.
            owner_post=desk_of(concern, today),
        )


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
