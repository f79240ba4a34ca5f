"""Where one is signed in oneself, ending it elsewhere, and what one had typed when a session was over."""

import json

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rowan.audit_trail.actions import record

from .accounts import end_own_other_sessions, end_own_session
from .models import SignedIn
from .sessions import kept_as
from .typed_text import throw_away


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


@require_http_methods(["GET", "HEAD", "POST"])
def typed_text(request):
    if request.method == "POST":
        throw_away(by=request.user, session=request.session)
        messages.success(request, "Thrown away.")
        return redirect("agencies:typed_text")
    record(by=request.user, did="looked at what was typed")
    kept = list(request.user.typed_texts.filter(expires_at__gt=timezone.now()).order_by("-kept_at"))
    for one in kept:
        typed = json.loads(one.typed)
        one.said = [
            (name.replace("_", " "), "\n".join(values)) for name, values in typed.items() if any(values)
        ]
    return render(request, "agencies/typed_text.html", {"kept": kept})
