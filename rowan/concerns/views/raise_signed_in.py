"""The form of somebody who signs in: page by page, kept at once, checked at the end, sent once."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.audit_trail.actions import record
from rowan.questions.models import Question

from ..actions import drafts
from ..actions.from_questions import begin_from_question
from ..actions.joining import join_concern, may_be_joined
from ..actions.raising import Door, raise_concern
from ..forms import boxes_posted
from ..forms.joining import JoinForm
from ..models import Concern, ConcernDraft
from ..models.concern import CameBy
from ..rules.form_steps import Teller
from ..rules.prompts import PROMPTS
from ..rules.who_they_are import raises_as
from ..shown import referrer_of
from ..shown_raised import reads_next
from .filling import Filling, differences, sent_by


@require_safe
def start(request):
    """What to do first, what happens with it, and what was begun and not sent."""
    record(by=request.user, did="opened the page to raise a concern")
    now = timezone.now()
    waiting = ConcernDraft.objects.filter(by=request.user, expires_at__gt=now).order_by("-began_at")[:20]
    return render(
        request, "concerns/start.html", {"drafts": waiting, "next_read_at": reads_next(now), "now": now}
    )


@require_POST
def begin(request):
    draft = drafts.begin_draft(by=request.user, now=timezone.now())
    return redirect("concerns:draft", draft.pk, "about")


@require_POST
def begin_from(request, question_id):
    """A question was answered *raise or join a concern*: the form starts with what is known of whom it is about."""
    draft = begin_from_question(question_id, by=request.user, now=timezone.now())
    return redirect("concerns:draft", draft.pk, "what")


@require_http_methods(["GET", "HEAD", "POST"])
def join_from(request, question_id):
    """Instead of raising one: what is open about the child already, as far as whoever answered may know of it."""
    now = timezone.now()
    if request.method == "POST":
        form = JoinForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data["concern"]
            joined = join_concern(question_id, concern_id=chosen, by=request.user, now=now)
            messages.success(
                request,
                f"Your answer joined concern {joined.reference}. Whoever has it is told, and reads what the question rests on.",
            )
            return redirect("questions:question", question_id)
    else:
        form = JoinForm()
    owed, found = may_be_joined(question_id, by=request.user, now=now)
    context = {"owed": owed, "form": form, "found": [(each, referrer_of(each)) for each in found]}
    return render(request, "concerns/join.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, draft_id, step: str):
    if Concern.objects.filter(pk=draft_id, by=request.user).exists():
        return redirect("concerns:one_raised", draft_id)
    filling = _opened(request, draft_id)
    here = filling.step(step)
    if here is None:
        raise Http404
    if request.method != "POST":
        return _page(request, filling, here, filling.filled(here))
    return _saved(request, filling, here)


def _saved(request, filling: Filling, here):
    by_itself = request.POST.get("by_itself") == "yes"
    boxes = boxes_posted(request.POST, here.boxes)
    version = drafts.save_step(
        filling.draft, step=here.name, boxes=boxes, sent=sent_by(request.POST), by=request.user
    )
    if by_itself:
        return JsonResponse({"version": version}, status=409 if version is None else 200)
    form = filling.checked(here, boxes)
    if version is None:
        return _page(
            request, filling, here, form, stale=True,
            differ=differences(form, filling.checked(here), here.boxes), typed=boxes,
        )  # fmt: skip
    if request.POST.get("then") == "more":
        return redirect(_page_of(filling, filling.step(here.name)) + "#more")
    if form.errors:
        return _page(request, filling, here, form)
    if request.POST.get("then") == "later":
        return redirect("concerns:start")
    return redirect(_page_of(filling, filling.next(here)))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request, draft_id):
    """The last page: everything that was said, and one button."""
    if Concern.objects.filter(pk=draft_id, by=request.user).exists():
        # Pressed twice: the draft has become this concern.
        return redirect("concerns:one_raised", draft_id)
    filling = _opened(request, draft_id)
    opened_on, lacking = filling.opened_on(), filling.lacking()
    # Saved again in another window since this page was opened: shown anew, and sent only by a press on what is shown.
    stale = request.method == "POST" and request.POST.get("opened_on") != opened_on
    if request.method == "POST" and not lacking and not stale:
        question = (
            Question.objects.filter(pk=filling.draft.question).first() if filling.draft.question else None
        )
        made = raise_concern(
            filling.told(),
            token=filling.draft.pk,
            door=Door(
                came_by=(CameBy.QUESTION if question else CameBy.PRACTITIONER).value,
                question=question,
                professionals_agency=filling.professionals_agency(),
            ),
            by=request.user,
            now=timezone.now(),
        )
        return redirect("concerns:one_raised", made.pk)
    context = {
        "draft": filling.draft,
        "pages": filling.rows(),
        "lacking": lacking,
        "to_think_of": filling.to_think_of(),
        "opened_on": opened_on,
        "stale": stale,
        "last": filling.steps[-1],
    }
    return render(request, "concerns/check.html", context)


def _opened(request, draft_id) -> Filling:
    draft = drafts.open_draft(draft_id, by=request.user, now=timezone.now())
    raises = raises_as(request.user.role, request.user.agency.kind)
    return Filling(draft, Teller(signed_in=True, raises=raises.value))


def _page_of(filling: Filling, step) -> str:
    if step is None:
        return reverse("concerns:check", args=[filling.draft.pk])
    return reverse("concerns:draft", args=[filling.draft.pk, step.name])


def _page(request, filling: Filling, here, form, **more):
    return render(
        request,
        "concerns/step.html",
        {
            "draft": filling.draft,
            "step": here,
            "steps": filling.steps,
            "number": [step.name for step in filling.steps].index(here.name) + 1,
            "of": len(filling.steps),
            "before": filling.before(here),
            "form": form,
            "version": filling.version(here.name),
            "page_token": uuid4(),
            "prompts": PROMPTS,
            **more,
        },
    )
