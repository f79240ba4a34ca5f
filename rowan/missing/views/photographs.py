"""The photograph on the “if missing” sheet: put there, taken off, and shown on the sheet that was just printed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.records.downloads import as_a_download, never_a_page
from rowan.refusals import NotAllowed, NotPossible

from ..actions import photographs
from ..forms.photographs import PhotographForm
from .about import opened


@require_http_methods(["GET", "HEAD", "POST"])
def photograph(request, person_id: str):
    """No picture stands on this page: it is printed on the sheet, and shown nowhere else."""
    about = opened(request, person_id, did="opened the form of a photograph for an if-missing sheet")
    form = PhotographForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _put(request, form, person_id):
        messages.success(request, "Kept. It is printed on the sheet, and shown nowhere else.")
        return redirect("missing:sheet", person_id)
    return render(
        request,
        "missing/photograph.html",
        {
            "child": about.child,
            "form": form,
            "standing": photographs.photograph_for(person_id, about.seen),
        },
    )


def _put(request, form, person_id: str) -> bool:
    file = form.cleaned_data["file"]
    said = {"person_id": person_id, "name": file.name, "content": file.read()}
    try:
        photographs.put_photograph(**said, by=request.user, now=timezone.now())
    except NotAllowed:
        raise
    except NotPossible as no:
        form.add_error("file", no.reason)
        return False
    return True


@require_POST
def take_off(request, person_id: str):
    photographs.take_off_photograph(person_id=person_id, by=request.user, now=timezone.now())
    messages.success(request, "The photograph is off the sheet, and is kept no more.")
    return redirect("missing:sheet", person_id)


@require_safe
@never_a_page
def on_paper(request, print_id):
    found, content = photographs.photograph_of_print(print_id, by=request.user, now=timezone.now())
    return as_a_download(content, name="photograph", kind=found.kind)
