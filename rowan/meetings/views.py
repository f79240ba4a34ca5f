"""Meetings somebody is asked to, one meeting with its list, who came, and its minutes."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.audit_trail.actions import record_list_shown
from rowan.sharing.views.about_child import opened
from rowan.sharing.views.tokens import token_of

from . import actions
from .actions.changing import Wanted, open_series, planned_next
from .actions.minutes import version_of
from .actions.series import DOES_NOT_SET_UP, SETS_UP
from .actions.session import came_version, quorum_of, short_beforehand_of
from .forms import (
    AddChildForm,
    ChangeSeriesForm,
    MinutesForm,
    SeriesForm,
    WhoCameForm,
    WhyForm,
    meetings_to_add_to,
)
from .models import Item, Meeting
from .opened import items_shown, must_run, open_meeting, reads_minutes, runs
from .rules.steps import Step

ON_A_PAGE = 30


@require_safe
def mine(request):
    """Meetings that are mine to chair, arrange or come to: those to be held first, then those that were."""
    rows = Meeting.objects.of(request.user).select_related("series", "chair")
    coming = rows.not_at_rest().order_by("on", "pk")
    past = rows.filter(step__in=[Step.APPROVED.value, Step.CANCELLED.value]).order_by("-on", "pk")
    page = Paginator(past, ON_A_PAGE).get_page(request.GET.get("page"))
    may_set_up = request.user.role in SETS_UP
    return render(request, "meetings/mine.html", {"coming": coming, "page": page, "may_set_up": may_set_up})


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request):
    today = timezone.localdate()
    form = SeriesForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid():
        made = actions.set_up_series(
            token=token_of(request), by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, "The series is set up and its first meeting planned.")
        return redirect("meetings:meeting", made.meetings.first().pk)
    said = {
        "form": form,
        "token": request.POST.get("token") or uuid4(),
        "may_set_up": request.user.role in SETS_UP,
        "why_not": DOES_NOT_SET_UP,
    }
    return render(request, "meetings/set_up.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def change_series(request, series_id):
    series = open_series(series_id, by=request.user)
    planned = planned_next(series)
    form = ChangeSeriesForm(
        request.POST if request.method == "POST" else None, today=timezone.localdate(), series=series, planned=planned
    )  # fmt: skip
    if form.is_valid():
        typed = dict(form.cleaned_data)
        opened_on, next_on = typed.pop("opened_on"), typed.pop("first_on", None)
        wanted = Wanted(next_on=next_on, **typed)
        actions.change_series(series, wanted, opened_on=opened_on, by=request.user, now=timezone.now())
        messages.success(request, "The series is changed, and those who are asked are told.")
        return redirect("meetings:change_series", series.pk)
    said = {"series": series, "planned": planned, "form": form}
    said["short"] = short_beforehand_of(planned) if planned else ""
    return render(request, "meetings/change_series.html", said)


@require_safe
def meeting(request, meeting_id):
    """One meeting. The children on its list are shown one by one to those who may see their items, by name."""
    one = open_meeting(meeting_id, by=request.user)
    items = items_shown(
        one.items.filter(taken_off_at=None).select_related("decided_by"), one, request.user, timezone.now()
    )
    page = Paginator(items, ON_A_PAGE).get_page(request.GET.get("page"))
    record_list_shown(
        by=request.user,
        did="looked at the list of a meeting",
        person_ids=[child.person_id for _, child in page.object_list],
    )
    i_run, may_read = runs(one, request.user), reads_minutes(one, request.user)
    taken_off = (
        one.items.exclude(taken_off_at=None).select_related("taken_off_by") if i_run else Item.objects.none()
    )
    off = items_shown(taken_off, one, request.user, timezone.now()) if i_run else []
    if off:
        record_list_shown(
            by=request.user,
            did="looked at who was taken off the list of a meeting",
            person_ids=[child.person_id for _, child in off],
        )
    return render(
        request,
        "meetings/meeting.html",
        {
            "meeting": one,
            "page": page,
            "taken_off": off,
            "runs": i_run,
            "chairs": one.chair_id == request.user.pk,
            "expected": one.expected.select_related("practitioner__agency").order_by(
                "practitioner__display_name"
            ),
            "quorum": quorum_of(one) if one.began_at else "",
            "short": short_beforehand_of(one) if one.step == Step.PLANNED else "",
            "may_change_series": i_run or request.user.role in SETS_UP,
            "minutes": one.minutes.select_related("by").last() if may_read else None,
            "reads_minutes": may_read,
            "version": version_of(one),
        },
    )


@require_POST
def draw_up(request, meeting_id):
    one = open_meeting(meeting_id, by=request.user, did="opened a meeting to draw up its list")
    added = actions.draw_up(one, by=request.user, now=timezone.now())
    children = "1 child was" if added == 1 else f"{added} children were"
    messages.success(
        request, f"{children} added to the list." if added else "Nobody is to be added to the list."
    )
    return redirect("meetings:meeting", one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def who_came(request, meeting_id):
    one = open_meeting(meeting_id, by=request.user, did="opened the form to say who came")
    must_run(one, by=request.user, did="opened the form to say who came")
    form = WhoCameForm(
        request.POST if request.method == "POST" else None, meeting=one, opened_on=came_version(one)
    )
    if form.is_valid():
        actions.who_came(one, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Recorded. The meeting is in session.")
        return redirect("meetings:meeting", one.pk)
    return render(request, "meetings/who_came.html", {"meeting": one, "form": form})


@require_POST
def end(request, meeting_id):
    one = open_meeting(meeting_id, by=request.user, did="opened a meeting to end it")
    actions.end(one, by=request.user, now=timezone.now())
    messages.success(request, "The meeting is over. Its minutes wait for the chair.")
    return redirect("meetings:meeting", one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request, meeting_id):
    one = open_meeting(meeting_id, by=request.user, did="opened the form of minutes")
    must_run(one, by=request.user, did="opened the form of minutes")
    newest = one.minutes.last()
    initial = {"words": newest.words if newest else "", "opened_on": version_of(one)}
    form = MinutesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.write_minutes(one, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "The minutes are saved.")
        return redirect("meetings:meeting", one.pk)
    earlier = one.minutes.select_related("by").order_by("-number")
    return render(request, "meetings/minutes.html", {"meeting": one, "form": form, "earlier": earlier})


@require_POST
def approve(request, meeting_id):
    one = open_meeting(meeting_id, by=request.user, did="opened a meeting to approve its minutes")
    version = request.POST.get("opened_on")
    actions.approve(one, by=request.user, now=timezone.now(), opened_on=version)
    messages.success(request, "The minutes are approved, and the next meeting is planned.")
    return redirect("meetings:meeting", one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, meeting_id):
    one = open_meeting(meeting_id, by=request.user, did="opened the form to call off a meeting")
    must_run(one, by=request.user, did="opened the form to call off a meeting")
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.cancel(one, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "The meeting is called off, and the next one is planned.")
        return redirect("meetings:meeting", one.pk)
    return render(request, "meetings/cancel.html", {"meeting": one, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def add_child(request, person_id: str):
    """From a child's page: put the child on the list of a meeting that is mine to chair or arrange."""
    about = opened(request, person_id, did="opened the form to put a child on a list")
    mine_to_run = meetings_to_add_to(request.user).filter(Q(chair=request.user) | Q(organiser=request.user))
    form = AddChildForm(request.POST if request.method == "POST" else None, meetings=mine_to_run)
    if form.is_valid():
        typed = form.cleaned_data
        actions.add_child(
            typed["meeting"], person_id=person_id, why=typed["why"], by=request.user, now=timezone.now()
        )
        messages.success(request, "The child is on the list.")
        return redirect("meetings:meeting", typed["meeting"].pk)
    said = {"child": about.child, "form": form, "runs_any": mine_to_run.exists()}
    return render(request, "meetings/add_child.html", said)
