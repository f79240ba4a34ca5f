"""The pages of settings: what was changed here, a page for each room, a search by word, and the form that changes one."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
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

ON_A_PAGE = 20


@require_safe
def settings(request):
    """What is not as Rowan comes, the rooms, and every setting that a word is found in. Nothing here is about anybody."""
    today = timezone.localdate()
    _, shown = shown_settings(declared_settings(), today)
    words = request.GET.get("words", "").strip()[:80]
    changed = [each for each in shown if each.differs or each.changes_after(today)]
    found = [each for each in shown if words and each.holds(words)]
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    record(by=request.user, did="looked at the settings")
    rooms = Counter(_room_of(each) for each in shown)
    return render(
        request,
        "timescales/settings.html",
        {
            "rooms": [(room, _title(room), number) for room, number in rooms.items()],
            "changed": _rows(changed, request.user),
            "words": words,
            "page": page,
            "found": _rows(page, request.user),
        },
    )


@require_safe
def room(request, room: str):
    """The settings of one room, in its order."""
    _, shown = shown_settings(
        [each for each in declared_settings() if each.name.partition(".")[0] == room], timezone.localdate()
    )
    if not shown:
        raise Http404
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    record(by=request.user, did="looked at the settings", particulars={"room": room})
    said = {"title": _title(room), "page": page, "rows": _rows(page, request.user)}
    return render(request, "timescales/settings_of_room.html", said)


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
            return redirect("timescales:settings_of_room", name.partition(".")[0])
    else:
        record(by=request.user, did="looked at a setting to change it", about_kind="setting", about_id=name)
    _, [shown] = shown_settings([declared], today)
    back = {"room": _room_of(shown), "room_title": _title(_room_of(shown))}
    tries = {"may_try": may_try, "tried": tried(name) if may_try else []}
    return render(request, "timescales/setting.html", {"shown": shown, "form": form} | back | tries)


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


def _rows(shown, reader) -> list[tuple[ShownSetting, str, str]]:
    return [(each, _way_on(each, reader), _title(_room_of(each))) for each in shown]


def _room_of(shown: ShownSetting) -> str:
    return shown.declared.name.partition(".")[0]


def _title(room: str) -> str:
    return room.replace("_", " ").capitalize()


def _way_on(shown: ShownSetting, reader) -> str:
    if is_dated_elsewhere(shown.declared):
        return "laws"
    return "" if refusal_to_change(shown.declared, reader.role) else "change"
