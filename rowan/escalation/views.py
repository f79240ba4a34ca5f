"""What has gone up to me, disagreements, and the ladder."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.audit_trail.actions import record_list_shown
from rowan.people.called import called
from rowan.sharing.views.about_child import opened
from rowan.sharing.views.tokens import token_of

from . import shown
from .actions import disagreements
from .actions.disagreements import ONLY_LOOKING, may_move, open_disagreement
from .actions.overdue import answer_overdue, most_until, open_overdue, overdue_of, stays_until
from .actions.places import DOES_NOT_KEEP, KEEPS_THE_LADDER, end_place, set_place
from .forms import AnswerOverdueForm, GoUpForm, LearnForm, PlaceForm, RaiseForm, ResolveForm, RespondForm
from .models import Place
from .shown import page_of_its_concern

ON_A_PAGE = 30


@require_safe
def mine(request):
    """What has come to me because nobody saw to it in time, and the disagreements I am in."""
    today = timezone.localdate()
    page = Paginator(overdue_of(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    cards = shown.cards(page.object_list, request.user, today)
    between = Paginator(shown.disagreements_of(request.user), ON_A_PAGE).get_page(request.GET.get("between"))
    named = shown.named(between.object_list, request.user, today)
    record_list_shown(
        by=request.user,
        did="looked at what has gone up",
        person_ids=[*(card.overdue.clock.about_person for card in cards if card.child), *(child.person_id for _, child in named)],
    )  # fmt: skip
    said = {"page": page, "cards": cards, "between": between, "named": named}
    return render(request, "escalation/mine.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
def overdue(request, overdue_id: int):
    one, today = open_overdue(overdue_id, by=request.user), timezone.localdate()
    hourly = one.clock.every_hour
    typed = request.POST if request.method == "POST" else None
    form = AnswerOverdueForm(typed, today=today, by_the_hour=hourly)
    if form.is_valid():
        answer_overdue(one, token=token_of(request), by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Recorded.")
        return redirect("escalation:overdue", one.pk)
    [card] = shown.cards([one], request.user, today)
    over = one.ended_at or one.clock.stopped_at
    return render(
        request,
        "escalation/overdue.html",
        {
            "card": card,
            "child": card.child,
            "one": one,
            "over": over,
            "steps": one.steps.select_related("owner__agency"),
            "answers": one.answers.select_related("by"),
            "may_answer": not over and one.owner_id == request.user.pk,
            "form": form,
            "most": stays_until(timezone.now()) if hourly else most_until(today),
            "hourly": hourly,
            "concern": page_of_its_concern(one, request.user),
            "token": request.POST.get("token") or uuid4(),
        },
    )


@require_safe
def about_child(request, person_id: str):
    about = opened(request, person_id, did="looked at disagreements about a child")
    page = Paginator(shown.about_child(person_id, about.seen, request.user), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "escalation/about_child.html", {"child": about.child, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def raise_one(request, person_id: str):
    about = opened(request, person_id, did="opened the form to raise a disagreement")
    form = RaiseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = disagreements.raise_disagreement(
            token=token_of(request),
            person_id=person_id,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, "The disagreement is recorded and its clock runs.")
        return redirect("escalation:disagreement", row.pk)
    said = {"child": about.child, "form": form, "token": request.POST.get("token") or uuid4()}
    said["why_not"] = ONLY_LOOKING if about.seen.through.name == "REASON" else ""
    return render(request, "escalation/raise.html", said)


@require_safe
def disagreement(request, disagreement_id):
    found = _opened(request, disagreement_id)
    row = found.disagreement
    return render(
        request,
        "escalation/disagreement.html",
        {
            "child": _child(found),
            "row": row,
            "stages": row.stages.select_related("owner__agency", "counterpart__agency", "by"),
            "responses": row.responses.select_related("by", "agency"),
            "late": row.step == "open" and row.stage.is_late(timezone.now()),
            "may_move": may_move(row, request.user),
            "at_top": row.stage.level == "partnership",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def respond(request, disagreement_id):
    found = _opened(request, disagreement_id)
    form = RespondForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        disagreements.respond(
            found.disagreement,
            token=token_of(request),
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        return _back(request, found, "Your answer is recorded.")
    return _form(request, found, form, "Answer", "Record your answer")


@require_http_methods(["GET", "HEAD", "POST"])
def go_up(request, disagreement_id):
    found = _opened(request, disagreement_id)
    stage = found.disagreement.stage
    form = GoUpForm(request.POST if request.method == "POST" else None, initial={"opened_on": stage.pk})
    if form.is_valid():
        disagreements.go_up(found.disagreement, by=request.user, now=timezone.now(), **form.cleaned_data)
        return _back(request, found, "It has gone up a stage.")
    return _form(request, found, form, "Take it up a stage", "Take it up")


@require_http_methods(["GET", "HEAD", "POST"])
def resolve(request, disagreement_id):
    found = _opened(request, disagreement_id)
    form = ResolveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        disagreements.resolve(found.disagreement, by=request.user, now=timezone.now(), **form.cleaned_data)
        return _back(request, found, "Recorded: resolved.")
    return _form(request, found, form, "How was it resolved?", "Record: resolved")


@require_http_methods(["GET", "HEAD", "POST"])
def learn(request, disagreement_id):
    found = _opened(request, disagreement_id)
    form = LearnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        disagreements.learn(found.disagreement, by=request.user, now=timezone.now(), **form.cleaned_data)
        return _back(request, found, "The learning is recorded.")
    return _form(request, found, form, "What was learnt?", "Record the learning")


@require_http_methods(["GET", "HEAD", "POST"])
def ladder(request):
    """Who is asked at each level today. Entered by those who keep it; everybody may read it."""
    today, keeps = timezone.localdate(), request.user.role in KEEPS_THE_LADDER
    form = PlaceForm(request.POST if request.method == "POST" else None, initial={"from_on": today})
    if form.is_valid():
        set_place(token=token_of(request), by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "The post stands at that level.")
        return redirect("escalation:ladder")
    return render(
        request,
        "escalation/ladder.html",
        {
            "levels": shown.ladder(request.user.agency, today),
            "places": Place.objects.on(today).select_related("post__agency"),
            "keeps": keeps,
            "why_not": DOES_NOT_KEEP,
            "form": form,
            "token": request.POST.get("token") or uuid4(),
        },
    )


@require_POST
def end(request, place_id):
    end_place(place_id, by=request.user, now=timezone.now())
    messages.success(request, "The post stands at that level until today.")
    return redirect("escalation:ladder")


def _opened(request, disagreement_id):
    return open_disagreement(disagreement_id, by=request.user, today=timezone.localdate())


def _child(found):
    person_id = found.disagreement.person_id
    return called({person_id: found.seen}, timezone.localdate())[person_id]


def _back(request, found, words: str):
    messages.success(request, words)
    return redirect("escalation:disagreement", found.disagreement.pk)


def _form(request, found, form, title: str, button: str):
    said = {
        "child": _child(found),
        "row": found.disagreement,
        "form": form,
        "title": title,
        "button": button,
        "token": request.POST.get("token") or uuid4(),
    }
    return render(request, "escalation/form.html", said)
