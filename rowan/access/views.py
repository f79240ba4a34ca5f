"""The pages of access: who may see what, opening a record for a time, hiding one, and the review of emergencies."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NothingThere, NotPossible

from . import hiding, openings
from . import restricted as changing
from .actions import open_record
from .forms import ColleagueForm, EmergencyForm, LookForm, ReasonForm, RestrictForm, ReviewForm, SomebodyForm
from .models import Opening
from .reviewing import put_to, waiting_shown
from .rules.hiding import refusal_to_lift, refusal_to_manage, refusal_to_restrict, refusal_to_review
from .rules.seeing import NOTHING_THERE
from .shown import (
    hours_of_emergency,
    hours_of_look,
    is_restricted,
    kept_out_of,
    matrix_by_role,
    restricted,
    who_open_records,
)

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
    """Who opened what in an emergency and why, for whoever reviews it: no child is named here."""
    now = timezone.now()
    mine = put_to(request.user)
    _may_review(request, "looked at emergency accesses", asked=mine.exists())
    waiting = mine.filter(reviewed_at=None).select_related("practitioner__agency")
    page = Paginator(waiting, REVIEWS_ON_A_PAGE).get_page(request.GET.get("page"))
    reviewed = mine.exclude(reviewed_at=None).select_related("practitioner__agency", "reviewed_by")
    context = {
        "page": page,
        "waiting": waiting_shown(page.object_list, timezone.localdate(now)),
        "reviewed": reviewed.order_by("-reviewed_at")[:REVIEWS_ON_A_PAGE],
        "me": request.user,
    }
    return render(request, "access/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, opening_id: int):
    opening = Opening.objects.emergency().select_related("practitioner__agency").filter(pk=opening_id).first()
    asked = opening is not None and openings.was_asked_to_review(opening, request.user)
    _may_review(request, "looked at an emergency access", opening_id, asked=asked)
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
    [waiting] = waiting_shown([opening], timezone.localdate())
    return render(
        request, "access/review.html", {"opening": opening, "waiting": waiting, "form": form, "me": request.user}
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request, person_id: str):
    _opened(request, person_id, "looked at the restriction of a record")
    if request.method != "POST" and is_restricted(person_id):
        return redirect("access:restriction", person_id)
    form = RestrictForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        hiding.restrict(person_id=person_id, by=request.user, now=timezone.now(), **said)
        messages.success(request, "The record is restricted.")
        return redirect("home")
    context = {
        "person_id": person_id,
        "form": form,
        "why_not": refusal_to_restrict(request.user.role),
    }
    return render(request, "access/restrict.html", context)


@require_safe
def restriction(request, person_id: str):
    """For those inside: why the record is restricted, who answers for it, who is let in and who is kept out."""
    _opened(request, person_id, "looked at who is let into a record")
    found = restricted(person_id)
    if found is None:
        return redirect("access:restrict", person_id)
    context = {
        "person_id": person_id,
        "found": found,
        "why_not": refusal_to_manage(request.user.role, owns=found.owner == request.user),
        "may_lift": refusal_to_lift(request.user.role) is None,
        "knows_why": refusal_to_restrict(request.user.role) is None,
    }
    return render(request, "access/restriction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def let_in(request, person_id: str):
    found = _to_manage(request, person_id, "looked at letting somebody into a record")
    if found is None:
        return redirect("access:restrict", person_id)
    form = ColleagueForm(request.POST or None, people=who_open_records())
    if form.is_valid():
        said = form.cleaned_data
        if _done(request, form, changing.let_in, person_id, practitioner=said["practitioner"], why=said["why"]):  # fmt: skip
            messages.success(request, f"{said['practitioner'].display_name} is let in.")
            return redirect("access:restriction", person_id)
    return render(request, "access/let_in.html", {"person_id": person_id, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request, person_id: str, practitioner_id: int):
    found = _to_manage(request, person_id, "looked at taking somebody off a record")
    if found is None:
        return redirect("access:restrict", person_id)
    named = {each.practitioner.pk: each for each in found.inside}
    if practitioner_id not in named:
        # Somebody else took them off meanwhile, or they never were inside: the page says who is.
        return redirect("access:restriction", person_id)
    who = named[practitioner_id].practitioner
    form = ReasonForm(request.POST or None)
    if form.is_valid() and _done(
        request, form, changing.take_off, person_id, practitioner=who, why=form.cleaned_data["why"]
    ):
        messages.success(request, f"{who.display_name} is no longer let in.")
        return redirect("home") if who == request.user else redirect("access:restriction", person_id)
    return render(request, "access/take_off.html", {"person_id": person_id, "who": who, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request, person_id: str):
    found = _to_manage(request, person_id, "looked at handing a record over", handed_over_by_me=True)
    if found is None:
        return redirect("access:restrict", person_id)
    if _handed_over_already(request, found):
        return redirect("access:restriction", person_id)
    owner_was = found.owner.pk if found.owner else 0
    form = ColleagueForm(request.POST or None, people=who_open_records(), owner_was=owner_was)
    if form.is_valid():
        said = form.cleaned_data
        if _done(
            request,
            form,
            changing.hand_over,
            person_id,
            practitioner=said["practitioner"],
            why=said["why"],
            owner_was=said["owner_was"],
        ):
            messages.success(request, f"{said['practitioner'].display_name} answers for this record now.")
            return redirect("access:restriction", person_id)
    return render(
        request, "access/hand_over.html", {"person_id": person_id, "owner": found.owner, "form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request, person_id: str):
    _opened(request, person_id, "looked at lifting a restriction", refusal_to_lift(request.user.role))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        hiding.lift(person_id=person_id, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(request, "The restriction is lifted.")
        return redirect("single_view:child", person_id)
    context = {"person_id": person_id, "found": restricted(person_id), "form": form}
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
    context = {
        "person_id": person_id,
        "form": form,
        "kept": kept_out_of(person_id),
        "may_lift": refusal_to_lift(request.user.role) is None,
    }
    return render(request, "access/keep_out.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def let_back(request, person_id: str, kept_id: int):
    _opened(request, person_id, "looked at letting somebody back", refusal_to_lift(request.user.role))
    # One who was let back since the page was opened is still told of: by whom, and why.
    kept = next(
        (each for each in kept_out_of(person_id, also_before=request.method == "POST") if each.pk == kept_id),
        None,
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


def _handed_over_already(request, found) -> bool:
    """The owner pressed twice, or somebody else was quicker: the page says who answers for the record now."""
    return request.POST.get("owner_was") == str(request.user.pk) and found.owner != request.user


def _to_manage(request, person_id: str, did: str, *, handed_over_by_me: bool = False):
    """What stands, for somebody inside who may change it; None where nothing stands."""
    _opened(request, person_id, did)
    found = restricted(person_id)
    if found and handed_over_by_me and _handed_over_already(request, found):
        return found
    if found and (refusal := refusal_to_manage(request.user.role, owns=found.owner == request.user)):
        record(by=request.user, did=did, about_person=person_id, refused_because=refusal)
        raise NotAllowed(refusal)
    return found


def _done(request, form, act, person_id: str, **said) -> bool:
    """Whether it was done; why not is said above the form, with everything typed still in it."""
    try:
        act(person_id=person_id, by=request.user, now=timezone.now(), **said)
    except NotPossible as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True


def _may_review(request, did: str, opening_id: object = "", *, asked: bool = False) -> None:
    refusal = refusal_to_review(request.user.role, own=False, asked=asked) or ""
    record(by=request.user, did=did, about_kind="opening", about_id=opening_id, refused_because=refusal)
    if refusal:
        raise NotAllowed(refusal)
