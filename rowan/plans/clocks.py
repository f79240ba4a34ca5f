"""When the clock of an action passes to somebody else, the action is theirs, and the record opens to them as far as their role sees."""

from datetime import datetime

from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.notices.actions import News, tell_all
from rowan.timescales.passing_on import Moved

from .actions import KIND, open_to_owner, page_of, rests_on
from .models import Action

ABOUT = {KIND}


def follow(moved: list[Moved], *, now: datetime, by) -> None:
    today = timezone.localdate(now)
    actions = Action.objects.open().in_bulk([each.clock.about_id for each in moved])
    by_id = {str(pk): action for pk, action in actions.items()}
    news = []
    for each in moved:
        action = by_id.get(each.clock.about_id)
        if action is None:
            continue
        Involvement.objects.filter(
            person_id=action.person_id, why=Why.ASKED, rests_on__startswith=rests_on(action)
        ).update(closed_on=today)
        action.owner, action.agency = each.to, each.to.agency
        action.save(update_fields=["owner", "agency"])
        open_to_owner(action, today)
        news.append(
            News(each.to, f"An action about a child has passed to you {each.because}", page_of(action))
        )
    tell_all(news, now)
