"""Which children's assessment was begun and when: for the fairness of rules."""

from collections.abc import Collection, Iterator
from datetime import datetime

from .models import Strand


def followed(person_ids: Collection[str], until: datetime) -> Iterator[tuple[str, str, datetime]]:
    rows = Strand.objects.filter(person__among=list(person_ids), opened_at__lt=until).order_by()
    for person_id, at in rows.values_list("person", "opened_at"):
        yield "assessment", person_id, at
