"""On whom there is work: somebody works or has worked with them, was asked about them, owes something about them, or answers for them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from rowan.access.models import Involvement, Restriction, Why
from rowan.access.standing import Groups
from rowan.timescales.models import Clock


def worked_on(person_ids: Iterable[str]) -> set[str]:
    """Of these, those with work on them under whichever of their ids. Whoever writes about a child has a part in their life, so parts say it."""
    groups = Groups(person_ids)
    ids = groups.all_ids
    parts = Involvement.objects.filter(person_id__in=ids).exclude(why=Why.ON_ROLL)
    parts = parts.exclude(why=Why.ALLOCATED_WORKER, closed_on__isnull=False)
    found = set(parts.values_list("person_id", flat=True))
    found |= set(Restriction.objects.standing().filter(person_id__in=ids).values_list("person_id", flat=True))
    found |= set(Clock.objects.running().filter(about_person__in=ids).values_list("about_person", flat=True))
    now = {groups.now_of[person_id] for person_id in found}
    return {person_id for person_id in groups.wanted if groups.now_of[person_id] in now}


def open_work(today) -> tuple[QuerySet, QuerySet]:
    """Ids of those on whom there is open work: with a part in whose life somebody is today, and about whom a clock runs."""
    parts = Involvement.objects.on(today).exclude(why=Why.ON_ROLL).values("person_id")
    return parts, Clock.objects.running().filter(~Q(about_person="")).values("about_person")
