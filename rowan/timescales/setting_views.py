"""The pages of settings: every one with its value today and all it had, and the form that changes one."""

from collections import defaultdict

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.audit_trail.actions import record
from rowan.refusals import NotPossible

from .changing_settings import change, may_change, stands_at
from .declared import declared_settings, may_be_tried, setting_named
from .dry_runs import DID, tried, try_on_the_past_year
from .rules.who_changes_settings import is_dated_elsewhere, refusal_to_change
from .setting_forms import SettingForm, TryForm
from .shown import ShownSetting, shown_settings


@require_safe
def settings(request):
    """Every setting of every room. Nothing here is about anybody."""
    _, shown = shown_settings(declared_settings(), timezone.localdate())
    rooms: dict[str, list[tuple[ShownSetting, str]]] = defaultdict(list)
    for each in shown:
        room = each.declared.name.partition(".")[0]
        rooms[room].append((each, _way_on(each, request.user)))
    record(by=request.user, did="looked at the settings")
    listed = [(room, room.replace("_", " ").capitalize(), rows) for room, rows in rooms.items()]
    return render(request, "timescales/settings.html", {"rooms": listed})


@require_http_methods(["GET", "HEAD", "POST"])
def setting(request, name: str):
    try:
        declared = setting_named(name)
    except NotPossible as nobody_declares_it:
        raise Http404 from nobody_declares_it
    today = timezone.localdate()
    may_change(name, by=request.user, did="looked at a setting to change it")
    may_try = may_be_tried(name)
    begins_with = {"from_on": today, "opened_on": stands_at(name)}
    if may_try:
        begins_with["value"] = request.GET.get("value", "")[:20]
    form = SettingForm(request.POST or None, setting=declared, initial=begins_with)
    if form.is_valid():
        try:
            change(name, by=request.user, today=today, **form.cleaned_data)
        except NotPossible as refusal:
            if type(refusal) is not NotPossible:
                raise
            form.add_error(None, refusal.reason)
        else:
            messages.success(
                request, "The setting is changed. What was asked before keeps the value it used."
            )
            return redirect("timescales:settings")
    else:
        record(by=request.user, did="looked at a setting to change it", about_kind="setting", about_id=name)
    _, [shown] = shown_settings([declared], today)
    return render(
        request,
        "timescales/setting.html",
        {"shown": shown, "form": form, "may_try": may_try, "tried": tried(name) if may_try else []},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def try_setting(request, name: str):
    """Begin to try a value on the past year. The button of the change form sends its value here."""
    if not may_be_tried(name):
        raise Http404
    declared = may_change(name, by=request.user, did=DID)
    form = TryForm(request.POST or None, setting=declared)
    if form.is_valid():
        trying = try_on_the_past_year(
            name, value=form.cleaned_data["value"], by=request.user, now=timezone.now()
        )
        return redirect("questions:dry_run", trying.pk)
    record(by=request.user, did="looked at a setting to try it", about_kind="setting", about_id=name)
    _, [shown] = shown_settings([declared], timezone.localdate())
    return render(
        request, "timescales/try_setting.html", {"shown": shown, "form": form, "tried": tried(name)}
    )


def _way_on(shown: ShownSetting, reader) -> str:
    if is_dated_elsewhere(shown.declared):
        return "laws"
    return "" if refusal_to_change(shown.declared, reader.role) else "change"
