"""How many come by the public page just now, and what gives for it. Counted by when reports came; nobody's address is asked or kept."""

from datetime import datetime

from django.utils import timezone

from .models import Concern, SentFile
from .models.concern import CameBy
from .reading import settings_on
from .rules.flood import Flood, flood_at, refusal_of_pictures
from .rules.settings import FLOOD, PICTURES_UP_TO, UNSENT_FILES


def flood_now(now: datetime, *, and_one_more: bool = False) -> Flood:
    """`and_one_more`: a report at hand that is not kept yet."""
    return _flood(now, settings_on(timezone.localdate(now)), and_one_more)


def why_no_pictures(now: datetime) -> str | None:
    """What somebody is told who would add a picture now, or None when it is taken."""
    settings = settings_on(timezone.localdate(now))
    lie_unsent = SentFile.objects.filter(concern=None).count()
    return refusal_of_pictures(
        _flood(now, settings, and_one_more=False),
        lie_unsent=lie_unsent,
        unsent_up_to=_number(settings, UNSENT_FILES),
    )


def _flood(now: datetime, settings, and_one_more: bool) -> Flood:
    pictures, each = _number(settings, PICTURES_UP_TO), _number(settings, FLOOD)
    times = Concern.objects.filter(came_by=CameBy.PUBLIC.value).order_by("-received_at")
    newest = list(times.values_list("received_at", flat=True)[: int(max(each, pictures)) + 1])
    received = [now, *newest] if and_one_more else newest
    return flood_at(now, received, pictures_up_to=pictures, each_up_to=each)


def _number(settings, setting) -> float:
    return float(str(settings[setting.name]))
