"""Standing decisions: the list, one of them, setting one up and ending it. They name no child."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.audit_trail.actions import record

from .. import actions, shown
from ..actions.decisions import settings_on
from ..actions.standing import refusal_to_set_up
from ..forms.standing import StandingForm
from ..models import StandingDecision
from ..resting import why_not
from ..rules.who_decides import Whose
from .tokens import token_of


@require_safe
def listed(request):
    today = timezone.localdate()
    record(by=request.user, did="looked at standing decisions")
    rows = StandingDecision.objects.for_use_by(request.user).select_related("agency", "recipient_agency")
    return render(
        request,
        "sharing/standing.html",
        {
            "standing": rows.on(today),
            "past": rows.exclude(pk__in=rows.on(today)).order_by("-until_on")[:50],
            "may_set_up": refusal_to_set_up(request.user.role, Whose.OWN) is None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one(request, standing_id):
    """One standing decision; ended from here."""
    standing = get_object_or_404(
        StandingDecision.objects.for_use_by(request.user).select_related(
            "agency", "recipient_agency", "by", "agreement"
        ),
        pk=standing_id,
    )
    if request.method == "POST":
        actions.end_standing(standing, by=request.user, now=timezone.now())
        messages.success(request, "Ended. Nothing more is shared under it.")
        return redirect("sharing:one_standing", standing.pk)
    record(
        by=request.user,
        did="looked at a standing decision",
        about_kind="standing decision",
        about_id=standing.pk,
    )
    may_end = (
        standing.ended_at is None
        and standing.agency_id == request.user.agency_id
        and refusal_to_set_up(request.user.role, standing.whose) is None
    )
    context = {
        "standing": standing,
        "rows": shown.rows_of_standing(standing),
        "may_end": may_end,
        "over": "" if standing.ended_at else why_not([standing], timezone.localdate()).get(standing.pk, ""),
    }
    return render(request, "sharing/one_standing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request):
    today = timezone.localdate()
    form = StandingForm(
        request.POST if request.method == "POST" else None,
        by=request.user,
        today=today,
        settings=settings_on(today),
    )
    why_not = refusal_to_set_up(request.user.role, Whose.OWN)
    if form.is_valid():
        typed = form.cleaned_data
        made = actions.set_up_standing(
            form.said(),
            token=token_of(request),
            by=request.user,
            now=timezone.now(),
            **{
                name: typed[name]
                for name in (
                    "name",
                    "kind",
                    "agreement",
                    "recipient_agency",
                    "families_told",
                    "from_on",
                    "until_on",
                )
            },
        )
        messages.success(request, "Set up. Sharing under it now takes two taps.")
        return redirect("sharing:one_standing", made.pk)
    record(by=request.user, did="opened the form of a standing decision", refused_because=why_not or "")
    return render(
        request,
        "sharing/set_up_standing.html",
        {
            "form": None if why_not else form,
            "why_not": why_not,
            "token": request.POST.get("token") or uuid4(),
        },
    )
