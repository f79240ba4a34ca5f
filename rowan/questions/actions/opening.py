"""Being asked is a part in the child's life until the question is answered, and for a while after (docs/adr/0012)."""

from datetime import datetime, timedelta

from django.utils import timezone

from rowan.access.models import Involvement, Why

from ..rules.answers import SEEN_AFTER_DAYS


def let_look_a_while_longer(person_id: str, rests_on: str, now: datetime) -> None:
    """Those it was put to, their deputies and those it passed to may still look for a while, and then no more."""
    today = timezone.localdate(now)
    Involvement.objects.on(today).filter(
        person_id=person_id, why=Why.ASKED, rests_on__startswith=rests_on
    ).update(closed_on=today + timedelta(days=SEEN_AFTER_DAYS))
