"""A child's decisions; share under a standing decision in two taps; decide not to share on one page; correct and withdraw."""

from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.access.actions import NOBODY
from rowan.access.rules.seeing import NOTHING_THERE, Through
from rowan.audit_trail.actions import record
from rowan.refusals import NothingThere

from .. import actions, shown
from ..forms.decision import NotShareForm, ShareForm, WithdrawForm, boxes_posted, typed_of
from ..models import SharingDecision, StandingDecision
from ..reading import may_read
from ..rules.deciding import Decided
from ..rules.settings import NOT_SHARED_REVIEW
from ..shown_service_consents import services_of
from .about_child import form_options, opened
from .tokens import token_of


@require_safe
def child(request, person_id: str):
    about = opened(request, person_id, did="looked at decisions about sharing")
    about_child = shown.for_child([person_id], about.seen, request.user, about.today)
    context = {
        "child": about.child,
        "sharing": about_child,
        "services": services_of([person_id], about.seen, request.user),
        "may_record_services": about.seen.through is not Through.REASON,
    }
    return render(request, "sharing/child.html", context)


@require_safe
def decision(request, decision_id):
    found, about = opened_decision(request, decision_id)
    return render(
        request,
        "sharing/decision.html",
        {
            "child": about.child,
            "decision": found,
            "rows": shown.rows_of(shown.said_in(found), found.standing),
            "earlier": shown.versions_of(found)[1:],
            "newer": SharingDecision.objects.filter(corrects=found).first(),
            "notices": found.notices.select_related("by"),
            "withdrawn": found.notices.filter(kind="withdrawn").exists(),
            "may_change": found.agency_id == request.user.agency_id,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def share(request, person_id: str):
    """The ordinary decision to share, on one page; what was typed goes along to the full form when that is asked for."""
    about = opened(request, person_id, did="opened the form to decide to share")
    options = form_options(request, about)
    form = ShareForm(request.POST if request.method == "POST" else None, **options)
    if request.method == "POST" and "full" in request.POST:
        typed = boxes_posted(request.POST, form.boxes) | {"decided": [Decided.SHARE.value]}
        draft = actions.begin_draft(person_id=person_id, by=request.user, now=timezone.now(), typed=typed)
        return redirect("sharing:draft", draft.pk, "what")
    if form.is_valid():
        made = actions.decide(
            form.said(),
            token=token_of(request),
            person_ids=[person_id],
            recipient_agency=form.cleaned_data["recipient_agency"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "The decision is recorded.")
        return redirect("sharing:decision", made.pk)
    return render(
        request,
        "sharing/share.html",
        {"child": about.child, "form": form, "token": request.POST.get("token") or uuid4()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def not_share(request, person_id: str):
    about = opened(request, person_id, did="opened the form to decide not to share")
    options = form_options(request, about)
    review_on = about.today + timedelta(days=int(options["settings"][NOT_SHARED_REVIEW.name]))
    form = NotShareForm(
        request.POST if request.method == "POST" else None, initial={"review_on": review_on}, **options
    )
    if form.is_valid():
        made = actions.decide(
            form.said(decided=Decided.NOT_SHARE),
            token=token_of(request),
            person_ids=[person_id],
            recipient_agency=form.cleaned_data["recipient_agency"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "Recorded: not shared. It is looked at again on the day you gave.")
        return redirect("sharing:decision", made.pk)
    return render(
        request,
        "sharing/not_share.html",
        {"child": about.child, "form": form, "token": request.POST.get("token") or uuid4()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def share_under(request, standing_id, person_id: str):
    """The second tap: what will be shared, with whom, and one button."""
    about = opened(request, person_id, did="opened a standing decision to share under")
    standing = get_object_or_404(
        StandingDecision.objects.for_use_by(request.user).select_related("agency", "recipient_agency"),
        pk=standing_id,
    )
    if request.method == "POST":
        made = actions.share_under(
            standing, person_id=person_id, token=token_of(request), by=request.user, now=timezone.now()
        )
        messages.success(request, f"Recorded: shared with {made.recipient}.")
        return redirect("sharing:decision", made.pk)
    usable = standing in shown.usable(request.user, about.seen, about.today)
    return render(
        request,
        "sharing/share_under.html",
        {
            "child": about.child,
            "standing": standing,
            "rows": shown.rows_of_standing(standing),
            "usable": usable,
            "token": uuid4(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, decision_id):
    found, about = opened_decision(request, decision_id)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        actions.withdraw(found, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Recorded: withdrawn. Nothing more leaves under this decision.")
        return redirect("sharing:decision", found.pk)
    return render(request, "sharing/withdraw.html", {"child": about.child, "decision": found, "form": form})


@require_POST
def correct(request, decision_id):
    found, _ = opened_decision(request, decision_id)
    draft = actions.begin_correction(found, by=request.user, now=timezone.now(), typed=typed_of(found))
    return redirect("sharing:draft", draft.pk, "what")


def opened_decision(request, decision_id):
    """The decision and its child, as far as this reader may see; otherwise it is not there."""
    found = (
        SharingDecision.objects.select_related("by", "agency", "recipient_agency", "standing")
        .filter(pk=decision_id)
        .first()
    )
    about_whom = SharingDecision.children.through.objects.filter(sharingdecision=decision_id).order_by(
        "person"
    )
    person_id = about_whom.values_list("person", flat=True).first() or NOBODY
    about = opened(request, person_id, did="looked at a sharing decision")
    if found is None or not may_read(found, about.seen, request.user):
        record(
            by=request.user,
            did="looked at a sharing decision",
            about_person=person_id,
            refused_because=NOTHING_THERE,
        )
        raise NothingThere(NOTHING_THERE)
    return found, about
