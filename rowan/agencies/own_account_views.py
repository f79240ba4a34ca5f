"""Where one is signed in oneself, and ending it elsewhere."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from rowan.audit_trail.actions import record

from .accounts import end_own_other_sessions, end_own_session
from .models import SignedIn
from .sessions import kept_as


@require_safe
def sessions(request):
    record(by=request.user, did="looked at own sessions")
    mine = SignedIn.objects.filter(practitioner=request.user, expire_date__gt=timezone.now())
    return render(
        request,
        "agencies/sessions.html",
        {
            "sessions": mine.defer("session_data").order_by("-last_seen_at"),
            "this_one": kept_as(request.session.session_key),
        },
    )


@require_POST
def end_session(request):
    if which := request.POST.get("session"):
        end_own_session(which, by=request.user)
    else:
        end_own_other_sessions(but=kept_as(request.session.session_key), by=request.user)
    messages.success(request, "Ended. Whoever was there has to sign in again.")
    return redirect("agencies:sessions")
