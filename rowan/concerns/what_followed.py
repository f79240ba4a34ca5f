"""Which children a concern was received about, and which of these came to no further action: for the fairness of rules."""

from collections.abc import Collection, Iterator
from datetime import datetime

from .models import Concern, Decision
from .rules.decisions import Decided


def followed(person_ids: Collection[str], until: datetime) -> Iterator[tuple[str, str, datetime]]:
    rows = Concern.objects.filter(
        person__among=list(person_ids), received_at__lt=until, about_a_professional=False
    ).order_by()
    decisions = Decision.objects.filter(concern__in=rows.values("pk"), at__lt=until).order_by("at", "pk")
    decided = dict(decisions.values_list("concern", "decided"))
    for concern, person_id, at in rows.values_list("pk", "person", "received_at"):
        nothing_more = decided.get(concern) == Decided.NO_FURTHER_ACTION
        yield ("no_further_action" if nothing_more else "concern"), person_id, at
