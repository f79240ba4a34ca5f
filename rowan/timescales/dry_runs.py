"""Try a value of a setting on the past year before it goes live, by whoever may change it. The trying is a later room's: it looks for what waits."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from rowan.audit_trail.actions import record

from .background import run_scheduled
from .changing_settings import may_change, refuse
from .declared import may_be_tried
from .models import DryRun
from .rules.dry_runs import ATTEMPTS, SILENT_AFTER

DID = "tried a setting on the past year"
# Also by the clock, for what a killed worker left: rowan/pipeline/schedule.py.
TRIES = "rowan.pipeline.waiting_dry_runs.try_what_waits"


def try_on_the_past_year(name: str, *, value, by, now: datetime) -> DryRun:
    """Put it in the queue. Of a value that is being tried already, that trying."""
    setting = may_change(name, by=by, did=DID)
    if not may_be_tried(name):
        refuse("Only the numbers that say when a rule asks about a child can be tried on the past year.", name, by=by, did=DID)  # fmt: skip
    if reason := setting.refusal(value):
        refuse(reason, name, by=by, did=DID)
    with transaction.atomic():
        # Its line on the trail is written one after another: of two at once the second sees what the first has begun.
        record(by=by, did=DID, about_kind="setting", about_id=name, particulars={"value": value})
        going_on = [
            each for each in DryRun.objects.filter(name=name, finished_at=None) if each.value == value
        ]
        if going_on:
            return going_on[0]
        trying = DryRun.objects.create(name=name, value=value, started_at=now, started_by=str(by))
        run_scheduled.enqueue(TRIES)
    return trying


def tried(name: str) -> list[DryRun]:
    """Every trying of this setting that came to something, or is going on: the newest of each value, newest first."""
    newest: dict[object, DryRun] = {}
    for each in DryRun.objects.filter(name=name, refused_because=""):
        newest.setdefault(each.value, each)
    return list(newest.values())


def was_tried(name: str, value) -> bool:
    return any(each.finished_at and each.value == value for each in tried(name))


def take_one_that_waits(now: datetime) -> DryRun | None:
    """The one that has waited longest, for this worker alone; one that fell silent is begun again, and given up after some attempts."""
    silent = Q(heard_at=None) | Q(heard_at__lt=now - SILENT_AFTER)
    waiting = DryRun.objects.filter(silent, finished_at=None)
    waiting.filter(attempts__gte=ATTEMPTS).update(
        finished_at=now, refused_because="It was begun several times and never came to its end. Whoever runs Rowan can see why."
    )  # fmt: skip
    for each in waiting.order_by("started_at", "pk"):
        mine = DryRun.objects.filter(pk=each.pk, heard_at=each.heard_at, finished_at=None)
        if mine.update(heard_at=now, attempts=F("attempts") + 1, percent=0):
            return DryRun.objects.get(pk=each.pk)
    return None


def hear(trying: DryRun, *, doing: str, share: float, now: datetime) -> None:
    DryRun.objects.filter(pk=trying.pk, finished_at=None).update(
        heard_at=now, doing=doing[:80], percent=int(100 * share)
    )


def let_go(trying: DryRun) -> None:
    """Something went wrong: whoever looks next begins it again."""
    DryRun.objects.filter(pk=trying.pk, finished_at=None).update(heard_at=None)


def end_refused(trying: DryRun, because: str, now: datetime) -> None:
    DryRun.objects.filter(pk=trying.pk, finished_at=None).update(finished_at=now, refused_because=because[:300])  # fmt: skip


def refusal_to_change_untried(name: str, value, untried: bool) -> str | None:
    """Said once before a value goes live that nobody tried; whoever means it says so."""
    if untried or not may_be_tried(name) or was_tried(name, value):
        return None
    return f"No dry run of {value} was made. Try it on the past year first, or tick that you change it all the same."
