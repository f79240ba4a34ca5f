"""Record the day a law came into force, so that decisions may rest on it from then on; or that this is not known after all."""

from datetime import date, datetime

from django.utils import timezone

from rowan.refusals import NotAllowed, NotPossible
from rowan.timescales.actions import change_setting

from ..rules.law import Law, in_force_from
from ..rules.settings import SETTINGS
from ..rules.who_decides import refusal_to_date_a_law
from .decisions import settings_on
from .refusing import refuse

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
    if in_force_from(law, settings_on(today)) == on:
        return
    change_setting(setting, str(on or ""), by=by, from_on=today, why=why.strip())
