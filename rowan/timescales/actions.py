"""Start and stop clocks; change a setting from a date."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from rowan.asked_alike import asked_alike
from rowan.audit_trail.actions import record
from rowan.refusals import NotPossible

from .models import Clock, SettingValue
from .rules.settings import DatedValue, Setting


def start_clock(
    *,
    what: str,
    about_kind: str,
    about_id: str,
    now: datetime,
    due_on: date | None = None,
    due_at: datetime | None = None,
    every_hour: bool = False,
    about_person: str = "",
    owner_post=None,
    owner=None,
    watches: Clock | None = None,
) -> Clock:
    """Start a clock, or move the running one's owner and due date. One running clock for one thing.

    Due on a day, or at a moment; with `every_hour` nights and weekends count too, when nobody has seen to it and it goes up.
    """
    if (due_on is None) == (due_at is None):
        raise ValueError("A clock is due on a day or at a moment.")
    says = {
        "due_on": due_on or timezone.localdate(due_at),
        "due_at": due_at,
        "every_hour": every_hour,
        "owner_post": owner_post,
        "owner": owner,
        "about_person": about_person,
        "watches": watches,
    }
    clock, _ = Clock.objects.update_or_create(
        what=what,
        about_kind=about_kind,
        about_id=str(about_id),
        stopped_at=None,
        defaults=says,
        create_defaults={**says, "started_at": now},
    )
    return clock


def stop_clock(*, what: str, about_kind: str, about_id: str, now: datetime, because: str) -> None:
    Clock.objects.running().filter(what=what, about_kind=about_kind, about_id=str(about_id)).update(
        stopped_at=now, stopped_because=because
    )


def change_setting(setting: Setting, value, *, by, from_on: date, why: str) -> SettingValue:
    """A new value from a date on. The old one stays, so that an old question can still say which number it used."""
    if refusal := setting.refusal(value):
        raise NotPossible(refusal)
    if not why.strip():
        raise NotPossible("Say why the setting changes.")
    with transaction.atomic():
        row = SettingValue.objects.create(
            name=setting.name, value=value, from_on=from_on, set_by=str(by), why=why
        )
        record(
            by=by,
            did="changed a setting",
            about_kind="setting",
            about_id=setting.name,
            why=why,
            particulars={"value": value},
        )
    return row


def dated_values() -> list[DatedValue]:
    return [DatedValue(*row) for row in _set_so_far()]


_set_so_far = asked_alike(
    lambda: SettingValue.objects.order_by("from_on", "id").values_list("name", "value", "from_on")
)
