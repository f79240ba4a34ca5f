"""One child's item of a meeting: what is to be known, what was decided, dissent and actions."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.access.standing import Groups
from rowan.plans.forms import EndActionForm, SetActionForm
from rowan.plans.models import Action
from rowan.sharing.views.tokens import token_of

from . import actions
from .forms import DecideForm, DissentForm, WhyForm
from .held import what_is_held
from .models import Item
from .opened import Pack, must_run, open_item
from .rules.steps import Step


@require_safe
def item(request, item_id):
    pack = open_item(item_id, by=request.user, now=timezone.now())
    one = pack.item
    her_ids = Groups([one.person_id]).all_ids
    plan = Action.objects.filter(person_id__in=her_ids).select_related("owner", "agency", "carries")
    earlier = (
        Item.objects.filter(person_id__in=her_ids, meeting__series=one.meeting.series_id)
        .exclude(pk=one.pk)
        .exclude(decision="")
        .select_related("meeting")
        .prefetch_related("dissents__agency")
        .order_by("-meeting__on")
    )
    today = timezone.localdate()
    return render(
        request,
        "meetings/item.html",
        {
            "child": pack.child,
            "item": one,
            "held": what_is_held(pack, request.user, today),
            "runs": pack.runs,
            "in_session": one.meeting.step == Step.IN_SESSION,
            "may_take_off": pack.runs
            and not one.is_decided
            and one.meeting.step in {Step.PLANNED, Step.IN_SESSION},
            "plan": [(row, row.due_on < today, _from_last_time(row, one)) for row in plan.open()],
            "dissents": one.dissents.select_related("agency", "by"),
            "earlier": earlier[:10],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, item_id):
    pack = _to_record(request, item_id, "opened the form of a decision")
    one = pack.item
    initial = {name: getattr(one, name) for name in ("decision", "reason", "childs_view", "review_on")}
    initial["opened_on"] = one.version
    form = DecideForm(
        request.POST if request.method == "POST" else None, initial=initial, today=timezone.localdate()
    )
    if form.is_valid():
        actions.decide(one, by=request.user, now=timezone.now(), **form.cleaned_data)
        return _back(request, one, "The decision is recorded.")
    return _form(request, pack, form, "What was decided?", "Record the decision")


@require_http_methods(["GET", "HEAD", "POST"])
def dissent(request, item_id):
    pack = _to_record(request, item_id, "opened the form of dissent")
    form = DissentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.dissent(
            pack.item, token=token_of(request), by=request.user, now=timezone.now(), **form.cleaned_data
        )
        return _back(request, pack.item, "Recorded. It stands beside the decision.")
    return _form(request, pack, form, "Who does not agree?", "Record that they do not agree")


@require_http_methods(["GET", "HEAD", "POST"])
def set_action(request, item_id):
    pack = _to_record(request, item_id, "opened the form of a meeting’s action")
    form = SetActionForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if form.is_valid():
        actions.set_item_action(
            pack.item, token=token_of(request), by=request.user, now=timezone.now(), **form.cleaned_data
        )
        return _back(request, pack.item, "The action is set and its clock runs.")
    return _form(request, pack, form, "Set an action", "Set the action")


@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request, item_id, action_id):
    pack = _to_record(request, item_id, "opened the form of what came of an action")
    action = Action.objects.filter(pk=action_id, person_id=pack.item.person_id).first()
    if action is None:
        raise Http404
    form = EndActionForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if form.is_valid():
        actions.what_came_of_it(
            pack.item,
            action,
            token=token_of(request),
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        return _back(request, pack.item, "Recorded.")
    return _form(request, pack, form, "What came of the action?", "Record what came of it", action=action)


@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request, item_id):
    pack = _to_record(request, item_id, "opened the form to take a child off a list")
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.take_off(pack.item, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "The child is off the list of this meeting.")
        return redirect("meetings:meeting", pack.item.meeting_id)
    return _form(request, pack, form, "Take off the list of this meeting", "Take off the list")


def _to_record(request, item_id, did: str) -> Pack:
    pack = open_item(item_id, by=request.user, now=timezone.now(), did=did)
    must_run(pack.item.meeting, by=request.user, did=did)
    return pack


def _back(request, one: Item, words: str):
    messages.success(request, words)
    return redirect("meetings:item", one.pk)


def _form(request, pack: Pack, form, title: str, button: str, action: Action | None = None):
    said = {
        "child": pack.child,
        "item": pack.item,
        "form": form,
        "title": title,
        "button": button,
        "action": action,
        "token": request.POST.get("token") or uuid4(),
    }
    return render(request, "meetings/item_form.html", said)


def _from_last_time(action: Action, one: Item) -> bool:
    return action.made_in == "meeting" and action.made_in_id == str(one.meeting.series_id)
