"""Asking an agency, what is waiting, one request, and what came of it."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.access.actions import open_record
from rowan.access.reading import ROWAN, reading_as
from rowan.audit_trail.actions import record_list_shown
from rowan.people.called import called
from rowan.questions.models import Owed

from .. import shown
from ..actions import requests
from ..actions.decisions import settings_on
from ..forms.requests import AnswerRequestForm, AskForm, RefuseRequestForm, WithdrawRequestForm
from ..rules.law import names_of
from ..rules.requests import GROUNDS, due_unless_said
from .about_child import opened
from .tokens import token_of

ON_A_PAGE = 30
CLOSING = {
    "answer": (AnswerRequestForm, requests.answer, "What came of the request?", "Record: answered"),
    "refuse": (RefuseRequestForm, requests.refuse_request, "The agency says no", "Record: refused"),
    "withdraw": (WithdrawRequestForm, requests.withdraw_request, "Withdraw the request", "Withdraw it"),
}


@require_safe
def listed(request):
    """Requests my agency made or was asked, still open, about children I may see; and what answers promised to ask."""
    today = timezone.localdate()
    waiting = shown.requests_waiting(request.user, today)
    page = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("page"))
    owed = shown.owed_to_ask(request.user, today)
    again = shown.to_look_at_again(request.user, today)
    record_list_shown(
        by=request.user,
        did="looked at requests",
        person_ids=[card.child.person_id for card in [*page.object_list, *owed, *again]],
    )
    return render(
        request, "sharing/requests.html", {"page": page, "owed": owed, "again": again, "today": today}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, person_id: str):
    about = opened(request, person_id, did="opened the form to ask an agency")
    settings = settings_on(about.today)
    owed = _promised(request, person_id)
    initial = {"due_on": due_unless_said(about.today, settings), "article6": "public_task"}
    if owed:
        initial |= {"asked_agency": owed.answer.agency_id, "what": owed.answer.text}
        initial["due_on"] = max(owed.due_on, about.today)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        today=about.today,
        settings=settings,
    )
    if form.is_valid():
        made = requests.ask(
            token=token_of(request),
            person_id=person_id,
            owed=owed,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, "The request is recorded and its clock runs. Rowan sends nothing itself.")
        return redirect("sharing:request", made.pk)
    return render(
        request,
        "sharing/ask.html",
        {"child": about.child, "form": form, "token": request.POST.get("token") or uuid4(), "owed": owed},
    )


@require_safe
def one(request, request_id):
    asked, seen = _opened(request, request_id)
    today = timezone.localdate()
    return render(
        request,
        "sharing/request.html",
        {
            "child": called({asked.person_id: seen}, today)[asked.person_id],
            "asked": asked,
            "basis": names_of([asked.article6, asked.duty]),
            "purpose": shown.purpose_in_words(asked),
            "events": [(event, GROUNDS.get(event.ground, "")) for event in asked.events.select_related("by")],
            "late": asked.step == "open" and asked.due_on < today,
            "is_asker": asked.agency_id == request.user.agency_id,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def close(request, request_id, how: str):
    if how not in CLOSING:
        raise Http404
    asked, seen = _opened(request, request_id)
    make_form, act, title, button = CLOSING[how]
    form = make_form(request.POST or None)
    if form.is_valid():
        act(asked, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Recorded. The request is closed.")
        return redirect("sharing:request", asked.pk)
    child = called({asked.person_id: seen}, timezone.localdate())[asked.person_id]
    context = {"child": child, "asked": asked, "form": form, "title": title, "button": button}
    return render(request, "sharing/close_request.html", context)


def _opened(request, request_id):
    return requests.open_request(request_id, by=request.user, today=timezone.localdate())


def _promised(request, person_id: str) -> Owed | None:
    """What an answer to a question promised to ask, when the page was opened from it."""
    number = request.POST.get("owed") or request.GET.get("owed") or ""
    if not number.isdigit():
        return None
    # With Rowan's own eyes: the trail says whose record was asked for, hidden or not.
    with reading_as(ROWAN):
        owed = (
            Owed.objects.select_related("answer__question", "answer__agency").filter(pk=int(number)).first()
        )
    if owed is None or owed.answer.question.person_id != person_id or owed.act != "ask_agency":
        raise Http404
    seen = open_record(
        person_id=person_id, by=request.user, today=timezone.localdate(), did="read what an answer promised"
    )
    if owed.answer.question.audience != seen.audience and not seen.is_hub:
        raise Http404
    return owed
