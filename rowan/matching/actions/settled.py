"""What a night has settled since: a join that waits for a second answer about records that are one person's by now, or no longer there."""

from datetime import datetime

from django.db import transaction

from rowan.audit_trail.actions import ROWAN, record

from ..clocks import nothing_is_left
from ..models import AwaitedJoin, RecordLink


def close_what_is_settled(now: datetime) -> int:
    """Rowan's own, every day: nobody is left with a clock about what nobody can answer any more. Twice, it acts once."""
    closed = 0
    for awaited in AwaitedJoin.objects.waiting().order_by("pk"):
        links = RecordLink.objects.current().filter(rid__in=[awaited.left_rid, awaited.right_rid])
        whose = dict(links.values_list("rid", "person_id"))
        if len(whose) == 2 and len(set(whose.values())) == 2:
            continue
        with transaction.atomic():
            if AwaitedJoin.objects.waiting().filter(pk=awaited.pk).update(closed_at=now):
                nothing_is_left(awaited, now=now)
                record(
                    by=ROWAN,
                    did="closed a question about two records",
                    about_person=awaited.left_person_id,
                    about_kind="two records",
                    about_id=f"{awaited.left_rid}|{awaited.right_rid}",
                )
                closed += 1
    return closed
