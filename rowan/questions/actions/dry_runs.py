"""What a dry run found is kept: the counts for whoever may change the setting, and which questions for those of them who may see the child."""

from datetime import date, datetime

from django.db import transaction

from rowan.audit_trail.actions import ROWAN, record
from rowan.timescales.models import DryRun

from ..dry_runs import found_by
from ..models import DryRunQuestion
from ..rules.dry_run import Compared, WouldAsk


def keep_found(trying: DryRun, compared: Compared, *, today: date, now: datetime) -> None:
    """Twice changes nothing: the first to come to the end has said it."""
    found = found_by(compared, today)
    with transaction.atomic():
        mine = DryRun.objects.filter(pk=trying.pk, finished_at=None)
        if not mine.update(finished_at=now, percent=100, doing="", found=found):
            return
        rows = [(each, False) for each in compared.goes] + [(each, True) for each in compared.new]
        DryRunQuestion.objects.bulk_create(
            [_row(trying, each, is_new=is_new) for each, is_new in rows], batch_size=500
        )
        record(
            by=ROWAN,
            did="finished a dry run of a setting",
            about_kind="setting",
            about_id=trying.name,
            particulars={"value": trying.value, "new": found["new"], "goes": found["goes"]},
        )


def _row(trying: DryRun, each: WouldAsk, *, is_new: bool) -> DryRunQuestion:
    return DryRunQuestion(
        dry_run=trying,
        person_id=each.person,
        audience=each.audience,
        # The one that asks comes first.
        rules=[each.rule, *sorted(each.rules - {each.rule})],
        on=each.on,
        is_new=is_new,
        behind=sorted(each.behind),
    )
