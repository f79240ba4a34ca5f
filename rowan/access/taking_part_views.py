"""Who works with a child: the page on which somebody is recorded as working with them, or as having stopped."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NothingThere

from . import taking_part
from .actions import open_record
from .forms import LastDayForm, WorksWithForm
from .hiding import NOT_IN_PASSING
from .involved import who_works_with
from .rules.seeing import NOTHING_THERE, Seen, Through
from .rules.taking_part import refusal_to_say, says_who_works_with
from .shown import who_open_records


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request, person_id: str):
    now, today = timezone.now(), timezone.localdate()
    seen = _opened(request, person_id, "looked at who works with a child")
    says = says_who_works_with(request.user.role)
    form = WorksWithForm(request.POST or None, people=who_open_records(), today=today)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        begun = taking_part.begin_part(
            person_id=person_id, practitioner=typed["practitioner"], from_on=typed["from_on"], discreet=typed["discreet"],
            by=request.user, now=now,
        )  # fmt: skip
        messages.success(request, f"{begun.practitioner.display_name} is recorded, and has been told.")
        return redirect("access:works_with", person_id)
    parts = [
        (part, _may_end(request.user, part)) for part in taking_part.parts_by_day(person_id, seen, today)
    ]
    workers = who_works_with({person_id: seen}, today)[person_id]
    context = {"person_id": person_id, "workers": workers, "parts": parts, "says": says, "form": form}
    return render(request, "access/works_with.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request, person_id: str, part_id: int):
    now, today = timezone.now(), timezone.localdate()
    seen = _opened(request, person_id, "looked at ending that somebody works with a child")
    part = next(
        (each for each in taking_part.parts_by_day(person_id, seen, today) if each.pk == part_id), None
    )
    if part is None:
        raise NothingThere(NOTHING_THERE)
    form = LastDayForm(request.POST or None)
    if form.is_valid():
        taking_part.end_part(
            part_id, person_id=person_id, until_on=form.cleaned_data["until_on"], by=request.user, now=now
        )
        messages.success(request, f"{part.practitioner.display_name}’s last day is recorded.")
        return redirect("access:works_with", person_id)
    return render(request, "access/end_part.html", {"person_id": person_id, "part": part, "form": form})


def _may_end(by, part) -> bool:
    if part.closed_on is not None:
        return False
    of_their_own = part.agency_id == by.agency_id
    refusal = refusal_to_say(by.role, of_their_own_agency=of_their_own, of_themselves=False)
    return part.practitioner_id == by.pk or refusal is None


def _opened(request, person_id: str, did: str) -> Seen:
    """For those with a part in the child's life themselves."""
    seen = open_record(person_id=person_id, by=request.user, today=timezone.localdate(), did=did)
    if seen.through is not Through.PART:
        record(by=request.user, did=did, about_person=person_id, refused_because=NOT_IN_PASSING)
        raise NotAllowed(NOT_IN_PASSING)
    return seen
