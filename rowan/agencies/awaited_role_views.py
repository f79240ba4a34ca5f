"""The pages on which somebody who approves what takes two people confirms that another may, or turns it down."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import awaited_roles as acts
from .looking_at_accounts import may_look
from .models import AwaitedRole
from .rules.accounts import refusal_to_confirm_role
from .rules.roles import APPROVES_FOR_TWO, ROLE_NAMES, Role

# Where the session of whoever confirmed keeps the password between confirming and showing it once.
SHOWN_ONCE = "confirmed_password"
NOT_AN_APPROVER = "This page is for those who approve what takes two people."


@require_safe
def awaited_roles(request):
    may_look(request, "looked at roles that wait", only=APPROVES_FOR_TWO, refused=NOT_AN_APPROVER)
    return render(request, "agencies/awaited_roles.html", {"roles": roles_waiting()})


@require_http_methods(["GET", "HEAD", "POST"])
def awaited_role(request, awaited_id: int):
    awaited = _found(awaited_id)
    if request.method == "POST":
        password = acts.confirm(
            awaited, by=request.user, now=timezone.now(), opened_on=request.POST.get("opened_on", "")
        )
        request.session[SHOWN_ONCE] = (awaited.pk, password)
        messages.success(request, "Confirmed.")
        return redirect("agencies:awaited_role", awaited.pk)
    person = awaited.practitioner
    may_look(request, "looked at a role that waits", person, only=APPROVES_FOR_TWO, refused=NOT_AN_APPROVER)
    kept_for, password = request.session.pop(SHOWN_ONCE, (None, ""))
    return render(
        request,
        "agencies/awaited_role.html",
        {
            "awaited": awaited,
            "person": person,
            "role": ROLE_NAMES[Role(awaited.role)],
            "before": ROLE_NAMES[Role(awaited.before)] if awaited.before else "",
            "password": password if kept_for == awaited.pk else "",
            "version": acts.version(awaited),
            "why_not": refusal_to_confirm_role(
                request.user.role,
                asked_by_oneself=awaited.asked_by_id == request.user.pk,
                is_oneself=person.pk == request.user.pk,
            ),
            "may_turn_down": person.pk != request.user.pk,
        },
    )


@require_POST
def turn_down_role(request, awaited_id: int):
    acts.turn_down(_found(awaited_id), by=request.user, now=timezone.now())
    messages.success(request, "Turned down. Nothing has changed.")
    return redirect("agencies:awaited_roles")


def roles_waiting():
    waiting = AwaitedRole.objects.filter(decided_at=None).select_related("practitioner", "asked_by")
    return waiting.order_by("asked_at", "pk")


def _found(awaited_id: int) -> AwaitedRole:
    return get_object_or_404(
        AwaitedRole.objects.select_related(
            "practitioner__agency", "practitioner__team", "asked_by", "decided_by"
        ),
        pk=awaited_id,
    )
