"""The pages of access: who may see what, opening a record for a time, hiding one, and the review of emergencies."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NothingThere

from . import hiding, openings
from .actions import open_record
from .forms import EmergencyForm, LookForm, ReasonForm, RestrictForm, ReviewForm, SomebodyForm
from .models import KeptOut, Opening
from .rules.hiding import refusal_to_lift, refusal_to_restrict, refusal_to_review
from .rules.seeing import NOTHING_THERE
from .shown import hours_of_emergency, hours_of_look, matrix_by_role, standing_restriction

REVIEWS_ON_A_PAGE = 25


@require_safe
def matrix(request):
    """Generated from the data that decides: the page cannot say anything else than what holds."""
    record(by=request.user, did="looked at who may see what")
    return render(request, "access/matrix.html", {"roles": matrix_by_role()})


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request, person_id: str):
    """Asks the same of everybody, whatever the id leads to: the page must not tell whether there is a record."""
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        openings.open_in_emergency(
            person_id=person_id, why=form.cleaned_data["why"], by=request.user, now=timezone.now()
        )
        return HttpResponseRedirect("../")
    record(by=request.user, did="looked at how to open a record in an emergency", about_person=person_id)
    context = {"form": form, "hours": hours_of_emergency(timezone.localdate())}
    return render(request, "access/emergency.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request, person_id: str):
    form = LookForm(request.POST or None)
    if form.is_valid():
        openings.look_with_a_reason(
            person_id=person_id, why=form.cleaned_data["why"], by=request.user, now=timezone.now()
        )
        return HttpResponseRedirect("../")
    record(by=request.user, did="looked at how to give a reason", about_person=person_id)
    return render(request, "access/look.html", {"form": form, "hours": hours_of_look(timezone.localdate())})


@require_POST
def end(request, opening_id: int):
    opening = Opening.objects.filter(pk=opening_id, practitioner=request.user).first()
    if opening is None:
        record(
            by=request.user, did="ended an access", about_kind="opening", about_id=opening_id, refused_because=NOTHING_THERE
        )  # fmt: skip
        raise NothingThere(NOTHING_THERE)
    openings.end(opening, by=request.user, now=timezone.now())
    messages.success(request, "The access has ended.")
    return redirect("home")


@require_safe
def reviews(request):
    """Who opened what in an emergency and why, for information governance: no child is named here."""
    _may_review(request, "looked at emergency accesses")
    waiting = Opening.objects.emergency().filter(reviewed_at=None).select_related("practitioner__agency")
    page = Paginator(waiting, REVIEWS_ON_A_PAGE).get_page(request.GET.get("page"))
    done = Opening.objects.emergency().exclude(reviewed_at=None)
    reviewed = done.select_related("practitioner__agency", "reviewed_by").order_by("-reviewed_at")
    return render(request, "access/reviews.html", {"page": page, "reviewed": reviewed[:REVIEWS_ON_A_PAGE]})


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, opening_id: int):
    _may_review(request, "looked at an emergency access", opening_id)
    opening = Opening.objects.emergency().select_related("practitioner__agency").filter(pk=opening_id).first()
    if opening is None:
        raise NothingThere(NOTHING_THERE)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        openings.review(
            opening,
            justified=said["justified"] == "yes",
            words=said["words"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "The review is recorded.")
        return redirect("access:reviews")
    return render(request, "access/review.html", {"opening": opening, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request, person_id: str):
    _opened(request, person_id, "looked at the restriction of a record")
    form = RestrictForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        hiding.restrict(person_id=person_id, by=request.user, now=timezone.now(), **said)
        messages.success(request, "The record is restricted.")
        return redirect("home")
    context = {
        "person_id": person_id,
        "restriction": standing_restriction(person_id),
        "form": form,
        "why_not": refusal_to_restrict(request.user.role),
        "may_lift": refusal_to_lift(request.user.role) is None,
    }
    return render(request, "access/restrict.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request, person_id: str):
    _opened(request, person_id, "looked at lifting a restriction", refusal_to_lift(request.user.role))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        hiding.lift(person_id=person_id, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(request, "The restriction is lifted.")
        return redirect("single_view:child", person_id)
    context = {"person_id": person_id, "restriction": standing_restriction(person_id), "form": form}
    return render(request, "access/lift.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def keep_out(request, person_id: str):
    _opened(request, person_id, "looked at who is kept out", refusal_to_restrict(request.user.role))
    form = SomebodyForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        hiding.keep_out(
            person_id=person_id,
            practitioner=said["user_name"],
            why=said["why"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "They are kept out of this record.")
        return redirect("access:keep_out", person_id)
    kept = KeptOut.objects.standing().filter(person_id=person_id).select_related("practitioner__agency")
    context = {
        "person_id": person_id,
        "form": form,
        "kept": kept.order_by("set_at"),
        "may_lift": refusal_to_lift(request.user.role) is None,
    }
    return render(request, "access/keep_out.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def let_back(request, person_id: str, kept_id: int):
    _opened(request, person_id, "looked at letting somebody back", refusal_to_lift(request.user.role))
    kept = (
        KeptOut.objects.standing()
        .filter(pk=kept_id, person_id=person_id)
        .select_related("practitioner")
        .first()
    )
    if kept is None:
        raise NothingThere(NOTHING_THERE)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        hiding.let_back(kept, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(request, "They are let back.")
        return redirect("access:keep_out", person_id)
    return render(request, "access/let_back.html", {"person_id": person_id, "kept": kept, "form": form})


def _opened(request, person_id: str, did: str, refusal: str | None = None):
    seen = open_record(person_id=person_id, by=request.user, today=timezone.localdate(), did=did)
    if refusal:
        record(by=request.user, did=did, about_person=person_id, refused_because=refusal)
        raise NotAllowed(refusal)
    return seen


def _may_review(request, did: str, opening_id: object = "") -> None:
    refusal = refusal_to_review(request.user.role, own=False) or ""
    record(by=request.user, did=did, about_kind="opening", about_id=opening_id, refused_because=refusal)
    if refusal:
        raise NotAllowed(refusal)
