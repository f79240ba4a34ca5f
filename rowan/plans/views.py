"""A child's plan, setting an action, one action, and the actions that are mine."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.audit_trail.actions import record_list_shown
from rowan.people.called import called
from rowan.sharing.views.about_child import opened
from rowan.sharing.views.tokens import token_of

from . import shown
from .actions import DOES_NOT_SET, end_action, open_action, set_action
from .forms import EndActionForm, SetActionForm
from .reading import may_end, may_set

ON_A_PAGE = 30


@require_safe
def mine(request):
    """Open actions that are mine, by date due."""
    today = timezone.localdate()
    page = Paginator(shown.open_actions_of(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    cards = shown.cards_of_mine(list(page.object_list), request.user, today)
    record_list_shown(
        by=request.user, did="looked at own actions", person_ids=[card.action.person_id for card in cards]
    )
    return render(request, "plans/mine.html", {"page": page, "cards": cards})


@require_safe
def plan(request, person_id: str):
    about = opened(request, person_id, did="looked at a child’s plan")
    waiting, ended = shown.plan_of(person_id, about.seen, request.user, about.today)
    page = Paginator(ended, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "plans/plan.html",
        {"child": about.child, "waiting": waiting, "page": page, "may_set": may_set(about.seen)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, person_id: str):
    about = opened(request, person_id, did="opened the form to set an action")
    form = SetActionForm(request.POST if request.method == "POST" else None, today=about.today)
    if form.is_valid():
        set_action(
            token=token_of(request),
            person_id=person_id,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, "The action is set and its clock runs.")
        return redirect("plans:plan", person_id)
    return render(
        request,
        "plans/add.html",
        {
            "child": about.child,
            "form": form,
            "token": request.POST.get("token") or uuid4(),
            "why_not": "" if may_set(about.seen) else DOES_NOT_SET,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def action(request, action_id):
    """One action; whoever may say what came of it does so here."""
    today = timezone.localdate()
    found = open_action(action_id, by=request.user, today=today)
    one = found.action
    form = EndActionForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid():
        end_action(one, by=request.user, now=timezone.now(), token=token_of(request), **form.cleaned_data)
        messages.success(request, "Recorded.")
        return redirect("plans:mine" if found.seen is None else "plans:action", *([] if found.seen is None else [one.pk]))  # fmt: skip
    child = called({one.person_id: found.seen}, today)[one.person_id] if found.seen else None
    return render(
        request,
        "plans/action.html",
        {
            "child": child,
            "action": one,
            "form": form,
            "token": request.POST.get("token") or uuid4(),
            "may_end": one.is_open and may_end(one, found.seen, request.user),
            "late": one.is_open and one.due_on < today,
            "carried_by": getattr(one, "carried_by", None),
        },
    )
