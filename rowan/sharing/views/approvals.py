"""Acts that take two people: what waits for a second person, and approving, refusing or carrying one out."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.audit_trail.actions import record

from ..actions.approvals import approve, refuse_act
from ..forms.files import DecideActForm
from ..models import Approval
from ..rules.approvals import (
    ACT_NAMES,
    ASKS,
    BEGINS_AT,
    CARRIED_OUT_AT,
    CARRY_IT_OUT,
    Act,
    refusal_to_decide,
    refusal_to_perform,
)
from ..whose_approvals import LOOKED, approval_of, approvals_of


@require_safe
def listed(request):
    now = timezone.now()
    record(by=request.user, did=LOOKED)
    return render(
        request,
        "sharing/approvals.html",
        {
            "waiting": approvals_of(request.user).waiting(now).exclude(asked_by=request.user),
            "begins": [(ACT_NAMES[act], at) for act, at in BEGINS_AT.items() if request.user.role in ASKS[act]],
            "mine": Approval.objects.filter(asked_by=request.user).select_related("decided_by").order_by("-asked_at")[:50],
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def one(request, approval_id):
    now = timezone.now()
    approval = approval_of(approval_id, by=request.user)
    form = DecideActForm(request.POST or None, act=approval.act)
    if form.is_valid():
        if form.cleaned_data["decided"] == "approve":
            approve(approval, by=request.user, now=now, reason=form.cleaned_data["reason"])
        else:
            refuse_act(approval, reason=form.cleaned_data["reason"], by=request.user, now=now)
        messages.success(request, "Recorded. Both names stand on the trail.")
        return redirect("sharing:approval", approval.pk)
    is_asker = approval.asked_by_id == request.user.pk
    why_not = refusal_to_decide(
        approval.act, request.user.role, is_asker=is_asker, of_one_agency=approval.asked_by.agency_id == request.user.agency_id, lapses_at=approval.lapses_at, decided=approval.approved is not None, at=now
    )  # fmt: skip
    may_carry_out = not refusal_to_perform(
        is_asker=is_asker, approved=approval.approved, performed=approval.performed_at is not None, lapses_at=approval.lapses_at, at=now
    )  # fmt: skip
    return render(
        request,
        "sharing/approval.html",
        {"approval": approval, "form": form, "why_not": why_not, "may_carry_out": may_carry_out, "lapsed": now >= approval.lapses_at, "token": uuid4(), "at": CARRIED_OUT_AT.get(Act(approval.act)), "do": CARRY_IT_OUT.get(Act(approval.act))},
    )  # fmt: skip
