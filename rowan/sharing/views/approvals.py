"""Acts that take two people: what waits for a second person, and approving, refusing or carrying one out."""

from uuid import uuid4

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rowan.access.rules.seeing import NOTHING_THERE
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import record
from rowan.refusals import NothingThere

from ..actions.approvals import approve, refuse_act
from ..forms.files import DecideActForm
from ..models import Approval
from ..rules.approvals import APPROVES, refusal_to_decide, refusal_to_perform

LOOKED = "looked at acts of two people"


@require_safe
def listed(request):
    now = timezone.now()
    record(by=request.user, did=LOOKED)
    return render(
        request,
        "sharing/approvals.html",
        {
            "waiting": _theirs(request).waiting(now).exclude(asked_by=request.user).select_related("asked_by__agency"),
            "mine": Approval.objects.filter(asked_by=request.user).select_related("decided_by").order_by("-asked_at")[:50],
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def one(request, approval_id):
    now = timezone.now()
    approval = (
        _theirs(request).select_related("asked_by__agency", "decided_by").filter(pk=approval_id).first()
    )
    record(by=request.user, did=LOOKED, about_kind="act of two people", about_id=approval_id, refused_because="" if approval else NOTHING_THERE)  # fmt: skip
    if approval is None:
        raise NothingThere(NOTHING_THERE)
    form = DecideActForm(request.POST or None)
    if form.is_valid():
        if form.cleaned_data["decided"] == "approve":
            approve(approval, by=request.user, now=now)
        else:
            refuse_act(approval, reason=form.cleaned_data["reason"], by=request.user, now=now)
        messages.success(request, "Recorded. Both names stand on the trail.")
        return redirect("sharing:approval", approval.pk)
    is_asker = approval.asked_by_id == request.user.pk
    why_not = refusal_to_decide(
        approval.act, request.user.role, is_asker=is_asker, lapses_at=approval.lapses_at, decided=approval.approved is not None, at=now
    )  # fmt: skip
    may_carry_out = not refusal_to_perform(
        is_asker=is_asker, approved=approval.approved, performed=approval.performed_at is not None, lapses_at=approval.lapses_at, at=now
    )  # fmt: skip
    return render(
        request,
        "sharing/approval.html",
        {"approval": approval, "form": form, "why_not": why_not, "may_carry_out": may_carry_out, "lapsed": now >= approval.lapses_at, "token": uuid4()},
    )  # fmt: skip


def _theirs(request):
    """Those she asked for, and those her role may decide."""
    acts = [act.value for act, roles in APPROVES.items() if Role(request.user.role) in roles]
    return Approval.objects.filter(Q(asked_by=request.user) | Q(act__in=acts))
