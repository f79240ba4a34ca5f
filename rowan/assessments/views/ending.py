"""Ask for a step-down or closing, decide it as the second person, look back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..actions import ask_to_step_down, decide_step_down, look_back
from ..actions.stepping_down import why_not as why_nothing_steps_down
from ..forms.ending import DecideForm, LookBackForm, StepDownForm
from ..models import StepDown, StepDownDecided
from ..rules.steps import Step
from ..rules.who import APPROVES, MANAGERS, refusal_to_be_second, refusal_to_write
from ..shown import labels_on
from ..standing import settings_on, signs_on_record, those_who_may_take
from .about_child import form_page, opened, opened_row, token_of
from .writing import nothing_open

TITLE = "Ask to step down or close the work with"


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, person_id: str):
    about = opened(request, person_id, did="opened the form to ask for a step-down")
    why_not = refusal_to_write(request.user.role, about.seen) or nothing_open(about)
    if why_not is None:
        why_not = why_nothing_steps_down(about.strand, Step.WATCHED, about.ids, about.today)
        if about.strand.step == Step.WATCHED:
            why_not = why_nothing_steps_down(about.strand, Step.CLOSED, about.ids, about.today)
    if why_not:
        return form_page(request, about, None, title=TITLE, button="", why_not=why_not)
    signs = signs_on_record(about.ids, about.seen)
    form = StepDownForm(
        request.POST or None,
        seconds=those_who_may_take(about.ids, MANAGERS if signs else APPROVES, but_for=request.user),
        labels=labels_on(about.today),
        stands=about.strand.state,
        why_not=lambda to: why_nothing_steps_down(about.strand, to, about.ids, about.today),
        settings=settings_on(about.today),
        today=about.today,
    )
    if form.is_valid():
        made = ask_to_step_down(
            form.asked(), token=token_of(request), person_id=about.person_id, second=form.cleaned_data["second"],
            by=request.user, now=timezone.now(),
        )  # fmt: skip
        messages.success(request, f"Asked. Nothing moves before {made.second.display_name} agrees.")
        return redirect("assessments:child", about.person_id)
    return form_page(
        request, about, form, title=TITLE, button="Ask", template="assessments/step_down.html", signs=signs, strand=about.strand
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, step_down_id):
    """What was asked for, with its evidence; and for the second person the form to decide it."""
    row, about = opened_row(request, StepDown, step_down_id, did="looked at a step-down that was asked for")
    decided = StepDownDecided.objects.filter(step_down=row).select_related("by").first()
    signs = signs_on_record(about.ids, about.seen)
    form = DecideForm(request.POST or None)
    why_not = refusal_to_be_second(
        request.user.role, is_writer=row.by_id == request.user.pk, over_a_sign=bool(signs)
    )
    if why_not is None and form.is_valid():
        agreed = form.cleaned_data["agreed"] == "yes"
        decide_step_down(row, agreed=agreed, words=form.cleaned_data["words"], by=request.user, now=timezone.now())  # fmt: skip
        messages.success(request, "Agreed. It has happened." if agreed else "Not agreed. Everything stays as it is.")  # fmt: skip
        return redirect("assessments:child", about.person_id)
    if decided and request.method == "GET":
        why_not = why_not or "This has been decided."
    return form_page(
        request, about, form, title="A step-down or closing:", button="Save", why_not=why_not,
        template="assessments/decide.html", asked=row, decided=decided, signs=signs,
        dissents=row.dissents.select_related("agency", "by"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def back(request, person_id: str):
    about = opened(request, person_id, did="opened the form to look back")
    why_not = refusal_to_write(request.user.role, about.seen)
    if why_not is None and (about.strand is None or about.strand.step not in {Step.WATCHED, Step.CLOSED}):
        why_not = "There is nothing to look back at: nothing has been stepped down or closed."
    if why_not:
        return form_page(request, about, None, title="Look back at", button="", why_not=why_not)
    last = about.strand.look_backs.last()
    form = LookBackForm(
        request.POST or None,
        is_closed=about.strand.step == Step.CLOSED,
        today=about.today,
        initial={"opened_on": str(last.pk) if last else ""},
    )
    if form.is_valid():
        typed = form.cleaned_data
        look_back(
            token=token_of(request), person_id=about.person_id, found=typed["found"], childs_view=typed["childs_view"],
            works_again=typed["works_again"] == "yes", again_on=typed["again_on"], opened_on=typed["opened_on"],
            by=request.user, now=timezone.now(),
        )  # fmt: skip
        messages.success(request, "Recorded.")
        return redirect("assessments:child", about.person_id)
    return form_page(request, about, form, title="Look back at", button="Save")
