"""What stands between a session and a page: its age, and whether its person has proved twice who she is."""

from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from rowan.audit_trail.actions import record

from . import typed_text
from .rules.second_factor import needs_second_factor
from .rules.session_limits import SEEN_EVERY, why_ended
from .sessions import proof_of

# All that opens to somebody who has yet to make her second factor.
TO_ENROL = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_change_password",
    "agencies:sign_out",
}


def sessions_have_limits(get_response):
    """Nobody stays signed in over an idle half hour, nor past the end of a working day."""

    def middleware(request):
        row = getattr(request.session, "row", None) if request.user.is_authenticated else None
        if row is not None:
            now = timezone.now()
            why = why_ended(
                started_at=row.started_at,
                last_seen_at=row.last_seen_at,
                now=now,
                idle=settings.SIGNED_IN_IDLE_FOR,
                longest=settings.SIGNED_IN_AT_MOST,
            )
            if why:
                record(by=request.user, did="was signed out", particulars={"why": why.value})
                request.session.flush()
                request.user = AnonymousUser()
                request.session_ended = why.value
            elif now - row.last_seen_at >= SEEN_EVERY:
                type(row).objects.filter(pk=row.pk).update(last_seen_at=now)
        return get_response(request)

    return middleware


def whole_sign_in_only(get_response):
    """A password alone opens nothing but the way to a second factor. Until then the person counts as nobody."""

    def middleware(request):
        request.may_only_enrol = not is_whole(request)
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not request.may_only_enrol:
            return None
        person = request.user
        if Authenticator.objects.filter(user=person).exists():
            # She made one elsewhere meanwhile: then this session, which never showed it, is worth nothing.
            request.session.flush()
            request.user = AnonymousUser()
            request.may_only_enrol = False
            return None
        if request.resolver_match.view_name in TO_ENROL:
            return _change_password_first(request)
        request.user = AnonymousUser()
        return redirect("mfa_index") if getattr(view, "login_required", True) else None

    middleware.process_view = process_view
    return middleware


def typed_text_comes_back(get_response):
    """A form whose session is over is kept for its person, and given back to her when she has signed in again."""

    def middleware(request):
        response = get_response(request)
        if not request.user.is_authenticated or request.may_only_enrol:
            return response
        typed_text.remember_who(request, response)
        is_page = response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
        if request.method == "GET" and is_page and request.session.get(typed_text.WAITING):
            return typed_text.give_back(request, response)
        return response

    def process_view(request, view, args, kwargs):
        if request.method != "POST":
            return None
        if not request.user.is_authenticated and getattr(view, "login_required", True):
            return redirect(sign_in_address(request, then=typed_text.keep(request, now=timezone.now())))
        if request.user.is_authenticated and request.session.get(typed_text.WAITING):
            typed_text.was_sent(request)
        return None

    middleware.process_view = process_view
    return middleware


def is_whole(request) -> bool:
    """Nobody has signed in, or the person has done everything her role asks for."""
    person = request.user
    if not person.is_authenticated:
        return True
    if person.password_to_change:
        return False
    return not needs_second_factor(person.role) or bool(proof_of(request.session, person))


def _change_password_first(request):
    asked = request.resolver_match.view_name
    if request.user.password_to_change and asked not in {"account_change_password", "agencies:sign_out"}:
        return redirect("account_change_password")
    return None


def sign_in_address(request, *, then: str) -> str:
    """Where to sign in, and where to go on to afterwards."""
    asked = {"next": then}
    if ended := getattr(request, "session_ended", ""):
        asked["ended"] = ended
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode(asked)}"
