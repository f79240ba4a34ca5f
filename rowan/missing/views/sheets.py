"""The “if missing” sheet: shown, filled in, printed."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.access.involved import named_once, who_works_with
from rowan.access.rules.matrix import Kind
from rowan.people.models import Address
from rowan.people.where_they_live import home_is_withheld
from rowan.refusals import NotPossible
from rowan.sharing.models import SharingDecision
from rowan.sharing.reading import may_read
from rowan.sharing.rules.deciding import LEAVES
from rowan.sharing.rules.items import ADDRESS
from rowan.sharing.views.tokens import token_of

from .. import actions
from ..actions.photographs import photograph_for
from ..actions.sheets import newest_sheet
from ..forms.follow_up import PrintForm, SheetForm
from ..models.sheets import BOXES
from ..rules.sheet import BOX_NAMES
from .about import About, opened


@require_safe
def sheet(request, person_id: str):
    about = opened(request, person_id, did="looked at an if-missing sheet")
    found = newest_sheet(person_id, about.seen)
    return render(
        request,
        "missing/sheet.html",
        {
            "child": about.child,
            "sheet": found,
            "boxes": in_boxes(found),
            "photograph": photograph_for(person_id, about.seen),
            "prints": found.prints.select_related("by") if found else [],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request, person_id: str):
    about = opened(request, person_id, did="opened the form of an if-missing sheet")
    standing = newest_sheet(person_id, about.seen)
    initial = {box: getattr(standing, box) for box in BOXES} if standing else {}
    initial["opened_on"] = str(standing.pk) if standing else ""
    form = SheetForm(request.POST or None, initial=initial)
    if form.is_valid():
        typed = form.cleaned_data
        actions.fill_in(
            token=token_of(request),
            person_id=person_id,
            opened_on=typed["opened_on"],
            words={box: typed[box] for box in BOXES},
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "The sheet is kept. It is here when it is needed.")
        return redirect("missing:sheet", person_id)
    return render(
        request,
        "missing/fill_in.html",
        {"child": about.child, "form": form, "token": request.POST.get("token") or uuid4()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def print_sheet(request, person_id: str):
    about = opened(request, person_id, did="opened an if-missing sheet to print it")
    found = newest_sheet(person_id, about.seen)
    if found is None:
        raise NotPossible("There is no sheet to print yet. Fill it in first.")
    form = PrintForm(request.POST or None, decisions=_decisions(request, about))
    if form.is_valid():
        decision = form.cleaned_data["decision"]
        printed = actions.print_sheet(
            found,
            token=token_of(request),
            person_id=person_id,
            decision=decision,
            by=request.user,
            now=timezone.now(),
        )
        return render(request, "missing/printed.html", _on_paper(about, found, printed, decision))
    return render(
        request,
        "missing/print_sheet.html",
        {"child": about.child, "form": form, "token": request.POST.get("token") or uuid4()},
    )


def in_boxes(found) -> list[tuple[str, str]]:
    return [(name, getattr(found, box)) for box, name in BOX_NAMES.items() if getattr(found, box)] if found else []  # fmt: skip


def _decisions(request, about: About):
    """To share something about this child, newest first, which the reader may read. Whether one covers the sheet, the gate says."""
    found = SharingDecision.objects.newest().filter(children=about.person_id, decided__in=LEAVES)
    readable = [row.pk for row in found.prefetch_related("items") if may_read(row, about.seen, request.user)]
    return SharingDecision.objects.filter(pk__in=readable).order_by("-at").select_related("recipient_agency")


def _on_paper(about: About, found, printed, decision) -> dict:
    return {
        "child": about.child,
        "sheet": found,
        "boxes": in_boxes(found),
        "printed": printed,
        "homes": _homes(about, decision),
        "workers": named_once(who_works_with({about.person_id: about.seen}, about.today)[about.person_id]),
        "tells_workers": decision is None or decision.items.filter(item="who_works_with_her").exists(),
    }


def _homes(about: About, decision) -> list[str]:
    """Where the child lives: on no sheet once that is withheld, and on one that leaves Rowan only where its decision names it."""
    if home_is_withheld(about.person_id):
        return ["Withheld. Whoever needs it asks the triage desk."]
    if decision is not None and not decision.items.filter(item=ADDRESS).exists():
        return []
    rows = Address.objects.current().filter(person_id=about.person_id, last_on=None)
    return sorted({row.in_words for row in rows if about.seen.tells(row.agency_code, Kind.ADDRESSES)})
