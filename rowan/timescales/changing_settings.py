"""Change a setting from a day on, by somebody who may, with the reason; of two at one form the second is shown both values."""

from datetime import date, timedelta

from django.db import transaction

from rowan.audit_trail.actions import record
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst

from .actions import change_setting, dated_values
from .declared import declared_settings, setting_named
from .models import SettingValue
from .rules.settings import Setting, refusal_beside, values_on
from .rules.who_changes_settings import is_dated_elsewhere, refusal_to_change

DID = "changed a setting"
# A change is agreed some time ahead, and not for years.
LATEST_DAYS_AHEAD = 366


class _SomebodyWasFirst(Exception):
    pass


def may_change(name: str, *, by, did: str = DID) -> Setting:
    """The setting, or NotAllowed or NotPossible with the refusal on the trail."""
    setting = setting_named(name)
    if reason := refusal_to_change(setting, by.role):
        record(by=by, did=did, about_kind="setting", about_id=name, refused_because=reason)
        raise NotAllowed(reason)
    if is_dated_elsewhere(setting):
        refuse("A law is dated on the page of laws.", name, by=by, did=did)
    return setting


def stands_at(name: str) -> str:
    """What a form keeps while it is open: the newest value there was, by its row."""
    newest = _newest(name)
    return str(newest.pk) if newest else ""


def change(name: str, *, value, from_on: date, why: str, opened_on: str, by, today: date) -> SettingValue:
    """The row of the new value. Sent twice by one person it is changed once; a past day keeps the value it had."""
    setting = may_change(name, by=by)
    if reason := _why_not(setting, value, from_on, why, today):
        refuse(reason, name, by=by)
    try:
        with transaction.atomic():
            row = change_setting(setting, value, by=by, from_on=from_on, why=why.strip())
            # Its line on the trail is written one after another: of two at once the second sees what the first has written.
            before = SettingValue.objects.filter(name=name).exclude(pk=row.pk).order_by("-pk").first()
            if (str(before.pk) if before else "") != opened_on:
                raise _SomebodyWasFirst
    except _SomebodyWasFirst:
        first = _newest(name)
        if (first.value, first.from_on, first.why, first.set_by) == (value, from_on, why.strip(), str(by)):
            return first
        _somebody_was_first(first, value, from_on, why, by=by)
    return row


def _newest(name: str) -> SettingValue | None:
    return SettingValue.objects.filter(name=name).order_by("-pk").first()


def _why_not(setting: Setting, value, from_on: date, why: str, today: date) -> str | None:
    if refusal := setting.refusal(value):
        return refusal
    if not today <= from_on <= today + timedelta(days=LATEST_DAYS_AHEAD):
        return "A setting changes from today or from a day within a year: what was asked before keeps the value it used."
    if not why.strip():
        return "Say why the setting changes."
    declared = declared_settings()
    return refusal_beside(setting, value, declared, values_on(declared, dated_values(), from_on))


def refuse(reason: str, name: str, *, by, did: str = DID) -> None:
    record(by=by, did=did, about_kind="setting", about_id=name, refused_because=reason)
    raise NotPossible(reason)


def _somebody_was_first(first: SettingValue, value, from_on: date, why: str, *, by) -> None:
    reason = "Somebody changed this since you opened the page."
    record(by=by, did=DID, about_kind="setting", about_id=first.name, refused_because=reason)
    both = [
        Both("Value", str(first.value) or "nothing", str(value) or "nothing"),
        Both("From", f"{first.from_on:%d/%m/%Y}", f"{from_on:%d/%m/%Y}"),
        Both("Why", first.why, why),
        Both("Changed by", first.set_by, "Not sent"),
    ]
    raise SomebodyWasFirst(reason, both, may_send=True)
