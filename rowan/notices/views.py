"""What needs me: the page every mail leads to."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from rowan.audit_trail.actions import record

from .actions import read_all

NOTICES_ON_A_PAGE = 50


@require_safe
def for_me(request):
    record(by=request.user, did="looked at notices")
    notices = list(request.user.notices.unread()[: NOTICES_ON_A_PAGE + 1])
    return render(
        request,
        "notices/for_me.html",
        {
            "notices": notices[:NOTICES_ON_A_PAGE],
            "more": len(notices) > NOTICES_ON_A_PAGE,
            "up_to": max((notice.pk for notice in notices), default=0),
        },
    )


@require_POST
def read(request):
    newest = request.POST.get("up_to", "")
    up_to = int(newest) if newest.isdecimal() and len(newest) < 19 else 0
    read_all(by=request.user, now=timezone.now(), up_to=up_to)
    messages.success(request, "These notices are marked as read.")
    return redirect("notices:for_me")
