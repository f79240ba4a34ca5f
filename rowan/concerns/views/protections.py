"""The pages of section 45, the National Referral Mechanism, the duty to report, and of somebody who is part known."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.access.actions import open_record
from rowan.access.rules.matrix import may_look_outside
from rowan.audit_trail.actions import record, record_list_shown
from rowan.people.called import called
from rowan.people.finding import Likely
from rowan.sharing.actions.decisions import settings_on as law_settings_on
from rowan.sharing.rules.law import law_named, standing_of
from rowan.sharing.views.tokens import token_of
from rowan.timescales.shown import shown_settings

from .. import arrests
from ..actions import part_known, protections
from ..forms.protections import BeginForm, LookForSomebodyForm, ResolveForm, StepForm, UndoForm
from ..models import Protection
from ..reading import settings_on
from ..rules.protection_settings import DUTY_TO_NOTIFY, LAWS, MAY_WAIT, SECTION_45
from ..rules.protection_settings import SETTINGS as LAW_AND_CLOCKS
from ..rules.protections import MOVES, NO_CONSENT, NOT_SECTION_47, State, due_on
from ..shown import candidates
from .triage import acted

BOTH = ["GET", "HEAD", "POST"]
ON_A_PAGE = 30


@require_http_methods(BOTH)
def of_child(request, person_id: str):
    """What is considered for this child, which arrests still ask, and the duty to report with the law as it stands today."""
    now = timezone.now()
    today = timezone.localdate(now)
    seen = open_record(
        person_id=person_id,
        by=request.user,
        today=today,
        did="looked at the law’s protections of a child",
        now=now,
    )
    protections.must_see(seen, person_id=person_id, by=request.user)
    form = BeginForm(request.POST or None)
    if form.is_valid():
        # Of an arrest only where the page offers one: the form of the others asks for none.
        arrest = protections.arrests_of(person_id).filter(key=request.POST.get("entry_key", "")).first()
        entry_key = arrest.key if arrest else ""
        said = {**form.cleaned_data, "entry_key": entry_key}
        made = protections.begin(
            token=token_of(request), person_id=person_id, by=request.user, now=now, **said
        )
        return redirect("concerns:protection", made.pk)
    duty = law_named("duty_to_report")
    return render(
        request,
        "concerns/triage_protections.html",
        {
            "child": called({person_id: seen}, today)[person_id],
            "protections": Protection.objects.filter(person_id=person_id),
            "arrests": [
                (arrest, uuid4()) for arrest in protections.arrests_without_an_answer(person_id)[:20]
            ],
            "form": form,
            "token": request.POST.get("token") or uuid4(),
            "duty": duty,
            "duty_stands": standing_of(duty, law_settings_on(today), today),
            "may_wait": settings_on(today)[MAY_WAIT.name],
        },
    )


@require_safe
def arrests_waiting(request):
    """Every arrest about which nobody has asked yet, of children whose reports of the police the reader sees."""
    waiting = arrests.waiting(request.user, timezone.localdate())
    page = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("page"))
    record_list_shown(
        by=request.user,
        did="looked at the arrests that wait for their question",
        person_ids=[row.child.person_id for row in page],
    )
    return render(request, "concerns/arrests.html", {"page": page})


@require_safe
def law_and_clocks(request):
    """The law of the protections as it stands today, and their clocks: what each is, since when, and on what ground. About no child."""
    today = timezone.localdate()
    values, shown = shown_settings(LAW_AND_CLOCKS, today)
    duty = law_named("duty_to_report")
    laws = [*((law, standing_of(law, values, today)) for law in LAWS), (duty, standing_of(duty, law_settings_on(today), today))]  # fmt: skip
    record(by=request.user, did="looked at the law and clocks of protections")
    return render(request, "concerns/law_and_clocks.html", {"laws": laws, "settings": shown})


@require_http_methods(BOTH)
def one(request, protection_id):
    now = timezone.now()
    protection, seen = protections.open_protection(protection_id, by=request.user, now=now)
    form = StepForm(request.POST or None, protection=protection, initial={"stood_at": protection.state})
    if form.is_valid() and acted(
        form, protections.take_step, protection_id, by=request.user, now=now, **form.cleaned_data
    ):
        messages.success(request, "Recorded.")
        return redirect("concerns:protection", protection_id)
    today, last = timezone.localdate(now), protection.steps.last()
    return render(
        request,
        "concerns/triage_protection.html",
        {
            "child": called({protection.person_id: seen}, today)[protection.person_id],
            "protection": protection,
            "steps": protection.steps.select_related("by"),
            "form": form if MOVES[State(protection.state)] else None,
            # As its clock says: the settings of the day of the step.
            "due_on": due_on(State(protection.state), last.on, settings_on(timezone.localdate(last.at))),
            "notify": DUTY_TO_NOTIFY,
            "notify_stands": standing_of(DUTY_TO_NOTIFY, settings_on(today), today),
            "section_45_stands": standing_of(SECTION_45, settings_on(today), today),
            "no_consent": NO_CONSENT,
            "not_section_47": NOT_SECTION_47,
        },
    )


@require_POST
def found_part_known(request, concern_id, name_id: int):
    made = part_known.found_part_known(concern_id, name_id=name_id, by=request.user, now=timezone.now())
    messages.success(request, "Recorded as somebody of whom only a part is known.")
    return redirect("concerns:resolve", made.pk)


@require_http_methods(BOTH)
def resolve(request, part_known_id):
    """Who it turned out to be: looked for here by the hub's search, and chosen from those found. Sent by POST, so that no address holds a name."""
    now = timezone.now()
    part, opened = part_known.open_part_known(part_known_id, by=request.user, now=now)
    looking = request.POST.get("then") == "search"
    form = ResolveForm(
        request.POST if request.method == "POST" and not looking else None,
        initial={
            "opened_on": request.POST.get("opened_on") or part_known.version_of(part),
            "how_known": request.POST.get("how_known", ""),
        },
    )
    if form.is_valid() and acted(
        form, part_known.resolve, part_known_id, by=request.user, now=now, **form.cleaned_data
    ):
        messages.success(request, "Recorded. What was said of them before stays as it was.")
        return redirect("concerns:resolve", part_known_id)
    return render(
        request, "concerns/triage_part_known.html", _page_of_part_known(request, part, opened, form, now)
    )


def _page_of_part_known(request, part, opened, form, now) -> dict:
    look_for, found, looked = None, [], False
    if opened.triages and may_look_outside(request.user.role):
        looking = request.POST.get("then") == "search"
        look_for = LookForSomebodyForm(
            request.POST if looking else None, role=request.user.role, initial=_as_heard(part)
        )
        if look_for.is_valid():
            why = look_for.cleaned_data["why"]
            found, looked = (
                part_known.look_for(part, look_for.sought(), why=why, by=request.user, now=now),
                True,
            )
    chosen = form["into"].value() or ""
    named = part_known.those_named(part, opened, also=chosen, by=request.user)
    today = timezone.localdate(now)
    cards = {
        card.person_id: card for card in candidates([Likely(one, 0) for one in named], request.user, today)
    }
    stands = part.resolved.last()
    return {
        "part": part,
        # Whoever they were found to be is named here: what must be heeded stands on top.
        "child": cards.get(stands.into_id) if stands else None,
        "opened": opened,
        "resolved": [(row, cards.get(row.into_id)) for row in part.resolved.select_related("by")],
        "undo": UndoForm(initial=form.initial | {"thought_of": form["thought_of"].value()})
        if stands and stands.into_id
        else None,
        "form": form,
        "chosen": cards.get(chosen),
        "look_for": look_for,
        "looked": looked,
        "found": candidates(found, request.user, today),
    }


def _as_heard(part) -> dict:
    first, _, last = (part.name_heard.as_said if part.name_heard else "").strip().rpartition(" ")
    return {"first_name": first or last, "surname": last if first else ""}
