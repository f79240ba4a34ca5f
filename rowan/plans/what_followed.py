"""For which children an action was planned and when: for the fairness of rules."""

from collections.abc import Collection, Iterator
from datetime import datetime

from .models import Action


def followed(person_ids: Collection[str], until: datetime) -> Iterator[tuple[str, str, datetime]]:
    rows = Action.objects.filter(person__among=list(person_ids), at__lt=until).order_by()
    for person_id, at in rows.values_list("person", "at"):
        yield "plan", person_id, at
