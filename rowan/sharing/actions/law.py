"""Record the day a law came into force, so that decisions may rest on it from then on; or that this is not known after all."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from rowan.agencies.in_words import by_and_when
from rowan.agencies.models import Agency
from rowan.refusals import Both, NotAllowed, NotPossible
from rowan.timescales.actions import change_setting
from rowan.timescales.models import SettingValue

from ..rules.law import Law, in_force_from
from ..rules.settings import SETTINGS
from ..rules.who_decides import refusal_to_date_a_law
from .decisions import settings_on
from .refusing import refuse, somebody_was_first

KIND = "law"


def date_a_law(law: Law, *, on: date | None, why: str, by, now: datetime) -> None:
    """No day: it is held as not known to be in force. What was decided while it held keeps saying so. Said twice, it is recorded once."""
    about = {"by": by, "did": "dated a law", "about_kind": KIND, "about_id": law.key}
    if refusal := refusal_to_date_a_law(by.role):
        refuse(refusal, refusal=NotAllowed, **about)
    setting = next((each for each in SETTINGS if each.name == law.from_setting), None)
    if setting is None:
        refuse("This law waits for no date.", refusal=NotPossible, **about)
    if not why.strip():
        refuse("Say where the day is published, or why it is not known after all.", **about)
    today = timezone.localdate(now)
    with transaction.atomic():
        # Whoever dates laws is of one agency: its row is held, so that of many presses in one moment one is recorded.
        Agency.objects.select_for_update().get(pk=by.agency_id)
        dated_before = in_force_from(law, settings_on(today)) == on
        if not dated_before:
            change_setting(setting, str(on or ""), by=by, from_on=today, why=why.strip())
    if dated_before:
        _dated_already(setting, why, by, about)


def _dated_already(setting, why: str, by, about: dict) -> None:
    """Somebody else gave it this day, and a ground of their own: the second is shown both. Said twice by one person, it was said once."""
    last = SettingValue.objects.filter(name=setting.name).last()
    if last is None or (last.set_by, last.why) == (str(by), why.strip()):
        return
    both = [
        Both("Where the day is published", last.why, why),
        Both("Dated by", by_and_when(last.set_by, last.set_at), "Not sent"),
    ]
    somebody_was_first("This law has been given this day already.", both, **about)
