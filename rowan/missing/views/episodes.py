"""Reporting a child missing, one episode, and its steps."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.sharing.views.tokens import token_of

from .. import actions, shown
from ..actions.interviews import who_may_hold
from ..forms import episodes as forms
from ..forms.interview import InterviewForm
from ..models import EventKind
from ..rules.findings import FACTORS, TOLD_OF_HARM, named
from ..rules.nobody_known import refusal_to_say_who
from .about import opened, opened_episode


@dataclass(frozen=True)
class Page:
    """One step's page: its form, its act, and what its button says."""

    form: type
    act: object
    title: str
    button: str
    done: str


STEPS = {
    "grade": Page(forms.GradeForm, actions.grade, "How the police grade it", "Record the grade", "The grade is recorded."),
    "found": Page(forms.FoundForm, actions.say_found, "The child was found", "Record: found", "Recorded. When the child is back, record the return: the interview’s time begins with it."),
    "returned": Page(forms.ReturnedForm, actions.say_returned, "The child came back", "Record: back", "Recorded. A return home interview is required, and its clock runs from the return."),
    "not-missing": Page(forms.NotMissingForm, actions.say_not_missing, "Recorded by mistake", "Record: was not missing", "Recorded. What was written is kept."),
    "assign": Page(forms.AssignForm, actions.assign, "Who holds the interview", "Give it to them", "Recorded. They are told, and the clock is theirs."),
    "offer": Page(forms.OfferForm, actions.offer, "Offer the interview", "Record the offer", "The offer is recorded."),
    "accepted": Page(forms.AcceptedForm, actions.say_accepted, "The child accepts", "Record: accepted", "Recorded. Hold the interview before it is due."),
    "declined": Page(forms.DeclinedForm, actions.say_declined, "The child declines", "Record: declined", "Recorded. Ask the carer what they know; the interview can be offered again at any time."),
    "carer": Page(forms.CarerForm, actions.ask_carer, "What the carer knows", "Record what the carer said", "Recorded. The interview can still be offered again."),
    "not-possible": Page(forms.NotPossibleForm, actions.not_possible, "The interview is not possible", "Record: not possible", "Recorded. It can still be offered when it becomes possible."),
}  # fmt: skip
LINKS = {how: page.title for how, page in STEPS.items()} | {"interview": "Record the interview"}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, person_id: str):
    about = opened(request, person_id, did="opened the form to report a child missing")
    now = timezone.now()
    form = forms.ReportForm(request.POST or None, now=now)
    if form.is_valid():
        typed = form.cleaned_data
        token = token_of(request)
        made = actions.report(
            token=token,
            person_id=person_id,
            began_at=typed["at"],
            by=request.user,
            now=now,
            **{box: typed[box] for box in ("last_seen", "worry", "police_reference")},
        )
        joined = made.events.filter(pk=token, kind=EventKind.REPORTED_AGAIN).exists()
        messages.success(
            request,
            "This absence was reported already: what you wrote is added to it."
            if joined
            else "Reported. The missing co-ordinator is told. Rowan tells no police force: if you have not rung them, ring 101, or 999.",
        )
        return redirect("missing:episode", made.pk)
    return render(
        request,
        "missing/report.html",
        {"child": about.child, "form": form, "token": request.POST.get("token") or uuid4()},
    )


@require_safe
def episode(request, episode_id):
    about = opened_episode(request, episode_id)
    found = about.episode
    [card] = shown.cards([found], {found.person_id: about.seen}, about.today)
    made = getattr(found, "home_interview", None)
    told = made is not None and shown.tells(about.seen, made.agency_code)
    return render(
        request,
        "missing/episode.html",
        {
            "child": about.child,
            "episode": found,
            "card": card,
            "told": shown.tells(about.seen, found.agency_code),
            "history": shown.history(found, about.seen),
            "unconfirmed": [row for row in found.reports.all() if not row.confirmed],
            "unknown": getattr(found, "unknown_child", None),
            "told_in_it": [
                (each, shown.tells(about.seen, each.agency_code))
                for each in found.told_in_it.select_related("unknown_child")
            ],
            "may_say_who": refusal_to_say_who(request.user.role) is None,
            "steps": [(how, LINKS[how]) for how in shown.next_steps(found)],
            "interview": made if told else None,
            "factors": named(made.factors, FACTORS) if told else [],
            "told_of_harm": TOLD_OF_HARM[made.told_of_harm] if told else "",
            "names": list(made.names_heard.all()) if told else [],
            "lines": shown.what_was_found(found, about.seen),
            "to_do": [
                each
                for each in shown.actions_of(found)
                if shown.tells(about.seen, each.agency_code) or each.owner_id == request.user.pk
            ],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, episode_id, how: str):
    if how not in STEPS:
        raise Http404
    about = opened_episode(request, episode_id, did="opened the form of a step of a missing episode")
    page, now = STEPS[how], timezone.now()
    more = {"who": who_may_hold(about.episode)} if how == "assign" else {}
    form = page.form(request.POST or None, initial={"opened_on": about.episode.version}, now=now, **more)
    if form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if name not in {"at_on", "at_time"}}
        page.act(about.episode, token=token_of(request), by=request.user, now=now, **typed)
        messages.success(request, page.done)
        return redirect("missing:episode", about.episode.pk)
    return render(
        request,
        "missing/step.html",
        _about(request, about, form) | {"how": how, "title": page.title, "button": page.button},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def interview(request, episode_id):
    about = opened_episode(request, episode_id, did="opened the form of a return home interview")
    now = timezone.now()
    form = InterviewForm(request.POST or None, initial={"opened_on": about.episode.version}, now=now)
    if form.is_valid():
        actions.hear(
            about.episode,
            token=token_of(request),
            opened_on=form.cleaned_data["opened_on"],
            at=form.cleaned_data["at"],
            heard=form.heard(),
            by=request.user,
            now=now,
        )
        messages.success(request, "The interview is recorded, and what it found stands in the timeline.")
        return redirect("missing:episode", about.episode.pk)
    return render(request, "missing/interview.html", _about(request, about, form))


def _about(request, about, form) -> dict:
    return {
        "child": about.child,
        "episode": about.episode,
        "state": shown.state_in_words(about.episode),
        "form": form,
        "token": request.POST.get("token") or uuid4(),
    }
