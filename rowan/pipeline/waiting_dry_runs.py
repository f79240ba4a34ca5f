"""Values that somebody wants tried on the past year: one after another, each told of as it goes."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from rowan.questions.actions.dry_runs import keep_found
from rowan.questions.models import DryRunQuestion
from rowan.refusals import NotPossible
from rowan.timescales.dry_runs import end_refused, hear, let_go, take_one_that_waits
from rowan.timescales.models import DryRun

from .dry_run import dry_run

# Long enough to look the list through and to agree on the change.
KEEP_PEOPLE = timedelta(weeks=6)


def try_what_waits(now: datetime) -> int:
    """How many were tried. What goes wrong is tried again by whoever looks next."""
    done = 0
    while trying := take_one_that_waits(now):
        try:
            _try(trying)
        except Exception:
            let_go(trying)
            raise
        done += 1
        now = timezone.now()
    return done


def _try(trying: DryRun) -> None:
    def heard(doing: str, share: float) -> None:
        hear(trying, doing=doing, share=share, now=timezone.now())

    today = timezone.localdate()
    try:
        compared = dry_run(
            trying.name, trying.value, home=settings.ROWAN_HOME, keys=settings.ROWAN_KEYS, today=today,
            now=timezone.now().astimezone(UTC), hear=heard,
        )  # fmt: skip
    except NotPossible as refusal:
        end_refused(trying, str(refusal), timezone.now())
        return
    keep_found(trying, compared, today=today, now=timezone.now())


def forget_whom_they_were_about(now: datetime) -> None:
    """The counts stay with the setting's history."""
    DryRunQuestion.objects.filter(dry_run__started_at__lt=now - KEEP_PEOPLE).delete()
