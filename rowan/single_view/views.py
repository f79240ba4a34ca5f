"""One child on one page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.access.actions import open_record
from rowan.access.involved import who_works_with
from rowan.access.rules.hiding import refusal_to_restrict
from rowan.access.rules.seeing import NOTHING_THERE
from rowan.access.shown import is_restricted
from rowan.agencies.in_words import agency_names
from rowan.assessments.shown import where_she_stands
from rowan.chronology import shown as chronology
from rowan.chronology.rules.kinds import kind_name
from rowan.concerns.actions.protections import sees_protections, waiting_among
from rowan.people.called import called
from rowan.people.models import Person
from rowan.records.attachments import attach, documents_of
from rowan.records.models import OvernightRun
from rowan.refusals import NothingThere, NotPossible
from rowan.sharing import shown as sharing

from . import one_page
from .forms import DocumentForm, TimelineForm
from .how_records_came import changes
from .rules.looks import refusal_to_ask

LINES_ON_A_PAGE = 25


@require_safe
def child(request, person_id: str):
    today = timezone.localdate()
    # Looked up first, whatever the answer: whether the record exists is already something to know about a child.
    person = one_page.person_named.first(pk=person_id)
    seen = open_record(person_id=person_id, by=request.user, today=today)
    if person is None:
        raise NothingThere(NOTHING_THERE)
    if (now := person.who_now()) != person:
        return redirect("single_view:child", now.id)
    ids = one_page.all_ids_of(person)
    entries = chronology.entries(person, seen)
    form, chosen = _narrowed(request, entries)
    page = Paginator(chosen, LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    weeks = chronology.attendance(person, seen)
    open_questions, past_questions = one_page.questions(ids, seen, OvernightRun.current_number())
    return render(
        request,
        "single_view/child.html",
        {
            "child": called({person.id: seen}, today)[person.id],
            "seen": seen,
            "through": seen.through.name,
            "is_restricted": is_restricted(person.id),
            "may_ask_who_looked": refusal_to_ask(seen) is None,
            "may_restrict": refusal_to_restrict(request.user.role) is None,
            "identity": one_page.identity(person, seen),
            "records_came": changes(ids, seen, request.user),
            "workers": who_works_with({person.id: seen}, today, also_before=True)[person.id],
            "today": today,
            "stands": where_she_stands(ids, seen, request.user, today),
            "sharing": sharing.for_child(ids, seen, request.user, today),
            "sees_protections": sees_protections(seen),
            "arrests_waiting": waiting_among(entries) if sees_protections(seen) else 0,
            "open_questions": open_questions,
            "past_questions": past_questions,
            "harm": [entry for entry in entries if entry.observed == "S"],
            "missing": chronology.missing_episodes(entries, seen),
            "weeks": list(reversed(weeks)),
            "chart": one_page.chart(weeks),
            "form": form,
            "narrowed": any(request.GET.get(name) for name in ("agency", "kind", "on_day")),
            "page": page,
            "lines": chronology.lines(list(page.object_list), seen),
            "all_lines": len(entries),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request, person_id: str):
    """A child's documents, and a form to add one."""
    today = timezone.localdate()
    person = Person.objects.filter(pk=person_id).first()
    seen = open_record(person_id=person_id, by=request.user, today=today, did="looked at a child's documents")
    if person is None:
        raise NothingThere(NOTHING_THERE)
    if (now := person.who_now()) != person:
        return redirect("single_view:documents", now.id)
    form = DocumentForm(
        request.POST or None, request.FILES or None, seen=seen, agency=request.user.agency.code
    )
    if request.method == "POST" and form.is_valid() and _added(request, form, person, today):
        messages.success(request, "The document is added.")
        return redirect("single_view:documents", person.id)
    page = Paginator(documents_of(one_page.all_ids_of(person), seen), LINES_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "single_view/documents.html",
        {
            "child": called({person.id: seen}, today)[person.id],
            "page": page,
            "form": form,
        },
    )


def _added(request, form, person: Person, today) -> bool:
    """Whether the document was taken; why it was not is said beside the form."""
    file = form.cleaned_data["file"]
    try:
        attach(
            name=file.name,
            content=file.read(),
            by=request.user,
            now=timezone.now(),
            today=today,
            person_id=person.id,
            compartment=form.cleaned_data["compartment"],
        )
    except NotPossible as refusal:
        form.add_error("file", refusal.reason)
        return False
    return True


def _narrowed(request, entries):
    """The lines the reader asked for. A date that cannot be read narrows nothing and is said beside its box."""
    # What no agency told cannot be asked for by agency: the empty choice is every agency.
    agencies = agency_names(entry.agency_code for entry in entries if entry.agency_code)
    kinds = {entry.kind: kind_name(entry.kind) for entry in entries}
    form = TimelineForm(
        request.GET if {"agency", "kind", "on_day"} & set(request.GET) else None,
        agencies=sorted(agencies.items(), key=lambda item: item[1]),
        kinds=sorted(kinds.items(), key=lambda item: item[1]),
    )
    if not form.is_bound:
        return form, entries
    form.is_valid()
    wanted = form.cleaned_data
    return form, [
        entry
        for entry in entries
        if (not wanted.get("agency") or entry.agency_code == wanted["agency"])
        and (not wanted.get("kind") or entry.kind == wanted["kind"])
        and (not wanted.get("on") or entry.happened_on <= wanted["on"])
    ]
