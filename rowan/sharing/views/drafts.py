"""The full form, page by page, without JavaScript; what was typed is kept at once, and a page that is out of date shows both."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions, shown
from ..actions.drafts import read, version_of
from ..forms.decision import DecisionForm, as_query, boxes_posted
from ..models import SharingDecision
from ..rules.deciding import WHY, Step, boxes_of, steps_for
from ..rules.law import usual_ground
from .about_child import About, form_options, opened


@require_POST
def begin(request, person_id: str):
    opened(request, person_id, did="opened the form to decide about sharing")
    usual = {box: [value] for box, value in usual_ground(request.user.agency.kind).items()}
    draft = actions.begin_draft(person_id=person_id, by=request.user, now=timezone.now(), typed=usual)
    return redirect("sharing:draft", draft.pk, "what")


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, draft_id, step: str):
    draft, about = _opened_draft(request, draft_id)
    boxes, versions = read(draft)
    options = form_options(request, about)
    steps = steps_for(_said(boxes, options))
    here = next((each for each in steps if each.name == step), None)
    if here is None:
        raise Http404
    names = boxes_of(here, _said(boxes, options))
    if request.method != "POST":
        form = _filled(boxes, names, options)
        return _page(request, draft, about, steps, here, form, versions.get(step, 0))
    sent = boxes_posted(request.POST, names)
    form = DecisionForm(as_query(boxes | sent), boxes=names, **options)
    opened_at = request.POST.get("version", "")
    version = actions.save_step(
        draft, step=step, boxes=sent, version=int(opened_at) if opened_at.isdigit() else -1, by=request.user
    )
    if version is None:
        return _stale(request, draft, about, steps, here, form, names, options)
    if not form.is_valid():
        return _page(request, draft, about, steps, here, form, version)
    return redirect(_after(draft, here, read(draft)[0], options))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request, draft_id):
    """The last page: everything that was said, and one button."""
    if made := SharingDecision.objects.filter(pk=draft_id, by=request.user).first():
        # Pressed twice: the draft has become this decision.
        return redirect("sharing:decision", made.pk)
    draft, about = _opened_draft(request, draft_id)
    options = form_options(request, about)
    boxes, _ = read(draft)
    steps = steps_for(_said(boxes, options))
    form = DecisionForm(
        as_query(boxes),
        boxes=[name for step in steps for name in boxes_of(step, _said(boxes, options))],
        **options,
    )
    whole = form.is_valid()
    said = _only_asked(boxes, options)
    opened_on = version_of(draft)
    # Saved again in another window since this page was opened: shown anew, and decided only by a press on what is shown.
    stale = request.method == "POST" and request.POST.get("opened_on") != opened_on
    if request.method == "POST" and whole and not stale:
        made = actions.decide(
            said,
            token=draft.pk,
            person_ids=[draft.person_id],
            recipient_agency=form.cleaned_data["recipient_agency"],
            corrects=draft.corrects,
            notice=request.POST.get("notice", ""),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "The decision is recorded.")
        return redirect("sharing:decision", made.pk)
    where = {name: step.name for step in steps for name in boxes_of(step, said)} | {"recipient": "what"}
    return render(
        request,
        "sharing/check.html",
        {
            "child": about.child,
            "draft": draft,
            "rows": [(row, where.get(row.box, "what")) for row in shown.rows_of(said)],
            "form": form,
            "whole": whole,
            "lacking": list(dict.fromkeys(where.get(name, "what") for name in form.errors)),
            "steps": steps,
            "opened_on": opened_on,
            "stale": stale,
            "notice": request.POST.get("notice", ""),
        },
    )


def _opened_draft(request, draft_id):
    draft, _ = actions.open_draft(draft_id, by=request.user, now=timezone.now())
    return draft, opened(request, draft.person_id, did="looked at a draft of a sharing decision")


def _said(boxes: dict, options: dict):
    form = DecisionForm(as_query(boxes), boxes=[], **options)
    form.is_valid()
    return form.said()


def _only_asked(boxes: dict, options: dict):
    """What was said on the pages that stand now: what was typed on a page that fell away is not part of the decision."""
    said = _said(boxes, options)
    asked = {name for step in steps_for(said) for name in boxes_of(step, said)}
    keep = {
        name: values for name, values in boxes.items() if name in asked or name.rpartition("_")[0] in asked
    }
    return _said(keep, options)


def _filled(boxes: dict, names: list[str], options: dict) -> DecisionForm:
    """The page as it was saved, without complaining about what is not typed yet."""
    form = DecisionForm(boxes=names, **options)
    query = as_query(boxes)
    form.initial = {
        name: form.fields[name].widget.value_from_datadict(query, {}, name)
        for name in names
        if any(key == name or key.startswith(f"{name}_") for key in query)
    }
    if (
        names
        and "whose" in names
        and not form.initial.get("whose")
        and len(form.fields["whose"].choices) == 1
    ):
        form.initial["whose"] = form.fields["whose"].choices[0][0]
    return form


def _after(draft, here: Step, boxes: dict, options: dict):
    steps = steps_for(_said(boxes, options))
    names = [step.name for step in steps]
    following = names[names.index(here.name) + 1 :] if here.name in names else names
    if following:
        return reverse("sharing:draft", args=[draft.pk, following[0]])
    return reverse("sharing:check", args=[draft.pk])


def _page(request, draft, about: About, steps, here: Step, form, version: int, **more):
    context = {
        "child": about.child,
        "draft": draft,
        "step": here,
        "number": steps.index(here) + 1,
        "of": len(steps),
        "before": steps[steps.index(here) - 1] if steps.index(here) else None,
        "form": form,
        "version": version,
        "waiting_laws": shown.law_notes(form.settings, about.today) if here is WHY else [],
    }
    return render(request, "sharing/step.html", context | more)


def _stale(request, draft, about: About, steps, here: Step, form, names: list[str], options: dict):
    """Somebody, perhaps she in another window, saved this page since it was opened: both versions, and hers still in the boxes."""
    draft.refresh_from_db()
    boxes, versions = read(draft)
    form.is_valid()
    theirs, mine = _said(boxes, options), form.said()
    other = {row.box: row for row in shown.rows_of(theirs)}
    own = {row.box: row for row in shown.rows_of(mine)}
    differ = [
        (shown.LABELS[box], other[box].says if box in other else "", own[box].says if box in own else "")
        for box in shown.LABELS
        if (box in names or (box == "recipient" and "recipient_agency" in names))
        and (other.get(box) and other[box].says) != (own.get(box) and own[box].says)
    ]
    return _page(
        request, draft, about, steps, here, form, versions.get(here.name, 0), stale=True, differ=differ
    )
