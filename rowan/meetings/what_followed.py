"""About which children a meeting decided and when: for the fairness of rules."""

from collections.abc import Collection, Iterator
from datetime import datetime

from .models import Item


def followed(person_ids: Collection[str], until: datetime) -> Iterator[tuple[str, str, datetime]]:
    rows = Item.objects.filter(person__among=list(person_ids), decided_at__lt=until).order_by()
    for person_id, at in rows.values_list("person", "decided_at"):
        yield "meeting", person_id, at
