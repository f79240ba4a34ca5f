"""The pages of safe contact."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rowan.access.actions import open_record
from rowan.access.rules.seeing import NOTHING_THERE
from rowan.refusals import NothingThere

from .called import called
from .forms import EndForm, SafeContactForm
from .models import Person, SafeContact
from .safe_contact import end_heeding, heed, history_of, safe_contact_of, version_of


@require_http_methods(["GET", "HEAD", "POST"])
def safe_contact(request, person_id: str):
    child, today = _opened(request, person_id)
    heeded = safe_contact_of([person_id])[person_id]
    form = SafeContactForm(request.POST or None, today=today, initial={"opened_on": version_of(heeded)})
    if form.is_valid():
        heed(person_id=person_id, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Recorded. It stands on top of the child’s page from now on.")
        return redirect("people:safe_contact", person_id)
    return render(
        request,
        "people/safe_contact.html",
        {
            "child": child,
            "safe_contact": heeded,
            "history": history_of(person_id),
            "form": form,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_safe_contact(request, person_id: str, flag_id: int):
    child, _ = _opened(request, person_id)
    rows = SafeContact.objects.filter(pk=flag_id, person_id=person_id)
    row = (rows if request.method == "POST" else rows.filter(ended_at=None)).first()
    if row is None:
        raise NothingThere(NOTHING_THERE)
    form = EndForm(request.POST or None)
    if form.is_valid():
        end_heeding(row, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(request, "Recorded. What held before stays on record.")
        return redirect("people:safe_contact", person_id)
    return render(request, "people/end_safe_contact.html", {"child": child, "row": row, "form": form})


def _opened(request, person_id: str):
    today = timezone.localdate()
    person = Person.objects.filter(pk=person_id).first()
    seen = open_record(person_id=person_id, by=request.user, today=today, did="looked at safe contact")
    if person is None:
        raise NothingThere(NOTHING_THERE)
    return called({person_id: seen}, today)[person_id], today
