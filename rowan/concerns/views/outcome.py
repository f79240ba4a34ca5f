"""Deciding a concern, what children's social care said, telling the referrer, and a referrer who disagrees."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rowan.sharing.views.tokens import token_of

from ..actions import checks, deciding, replying, telling
from ..actions.refusing import open_at_the_desk
from ..forms import triage as forms
from ..rules.as_told import as_told
from .triage import acted, form_page

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
def decide(request, concern_id):
    now = timezone.now()
    opened = open_at_the_desk(concern_id, by=request.user, now=now, did="opened the form to decide a concern")
    worker = deciding.worker_of(opened.concern, timezone.localdate(now))
    form = forms.DecideForm(request.POST or None, concern=opened.concern, has_worker=worker is not None)
    if form.is_valid():
        said = deciding.Deciding(**form.cleaned_data)
        if acted(form, deciding.decide, concern_id, said, token=token_of(request), by=request.user, now=now):
            messages.success(request, "Decided. Now tell whoever raised it what they may be told.")
            return redirect("concerns:triage_one", concern_id)
    signs = deciding.has_signs(opened.concern)
    return form_page(
        request, opened, form, "What is decided?", "Record the decision", worker=worker, signs=signs
    )


@require_http_methods(BOTH)
def fact(request, concern_id):
    now = timezone.now()
    opened = open_at_the_desk(
        concern_id, by=request.user, now=now, did="opened the form to record a referral"
    )
    form = forms.FactForm(request.POST or None)
    if form.is_valid() and acted(
        form, deciding.record_fact, concern_id, by=request.user, now=now, **form.cleaned_data
    ):
        messages.success(request, "Recorded as children’s social care’s own system says it.")
        return redirect("concerns:triage_one", concern_id)
    intro = "A contact, a referral and its acceptance are three facts, each with its day. Rowan is not the statutory record: it says what that record says."
    return form_page(request, opened, form, "What children’s social care said", "Record it", intro=intro)


@require_http_methods(BOTH)
def told(request, concern_id):
    now = timezone.now()
    opened = open_at_the_desk(concern_id, by=request.user, now=now, did="opened the form to tell a referrer")
    decision = opened.concern.decisions.standing().last()
    form = forms.ToldForm(request.POST or None)
    if form.is_valid():
        telling.tell_referrer(concern_id, how=form.cleaned_data["how"], by=request.user, now=now)
        messages.success(request, "Recorded: the referrer has been told.")
        return redirect("concerns:triage_one", concern_id)
    words = telling.words_to_tell(opened.concern, decision) if decision else ""
    return form_page(request, opened, form, "Tell whoever raised it", "They have been told", words=words)


@require_http_methods(BOTH)
def reply(request, concern_id):
    now = timezone.now()
    opened = open_at_the_desk(
        concern_id, by=request.user, now=now, did="opened the form to reply to a referrer"
    )
    form = forms.ReplyForm(request.POST or None)
    if form.is_valid():
        said = {"token": token_of(request), "by": request.user, "now": now}
        if acted(form, replying.reply, concern_id, **said, **form.cleaned_data):
            messages.success(request, "Sent. Whoever raised it reads it when they come back.")
            return redirect("concerns:triage_one", concern_id)
    intro = "Whoever holds the code of the receipt can read this. Thank them, or ask them something. Say nothing of any child or family."
    return form_page(request, opened, form, "Write back to whoever raised it", "Send the reply", intro=intro)


@require_http_methods(BOTH)
def challenge(request, concern_id):
    """The referrer's own: what was decided is wrong, and why."""
    now = timezone.now()
    form = forms.ChallengeForm(request.POST or None)
    concern, words = telling.open_to_challenge(concern_id, by=request.user, now=now)
    said = {"token": token_of(request), "by": request.user, "now": now} if form.is_valid() else {}
    if said and acted(form, telling.challenge, concern_id, **said, **form.cleaned_data):
        messages.success(
            request, "Recorded. Somebody else than whoever decided looks at it again, and you are told."
        )
        return redirect("home")
    context = {
        "concern": concern,
        "form": form,
        "words": words,
        "token": request.POST.get("token") or uuid4(),
    }
    return render(request, "concerns/triage_challenge.html", context)


@require_http_methods(BOTH)
def check(request, check_id):
    """The page of the agency that was asked."""
    now = timezone.now()
    asked = checks.open_check(check_id, by=request.user, now=now)
    form = forms.AnswerCheckForm(request.POST or None, check=asked)
    if form.is_valid():
        said = {
            "nothing_known": form.cleaned_data["nothing_known"] == "yes",
            "answer": form.cleaned_data["answer"],
        }
        checks.answer_check(check_id, by=request.user, now=now, **said)
        messages.success(request, "Your agency’s answer is with triage.")
        return redirect("concerns:agency_check", check_id)
    return render(
        request,
        "concerns/triage_check.html",
        {"asked": asked, "told_of": as_told(asked.concern.details), "form": form},
    )
