"""Where an agency's system is let in: its id and secret for a token of a quarter of an hour (OAuth 2.0, client credentials)."""

import base64
import binascii

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rowan.refusals import NotAllowed

from .api_clients import NOT_KNOWN, let_in
from .rules.api_scopes import TOKEN_MINUTES

TRIES = {"token": "60/m/ip,20/m/key"}


@csrf_exempt  # no browser and no cookie takes part: the system shows a secret of its own
@login_not_required
@never_cache
@sensitive_post_parameters("client_secret")
@require_POST
def token(request):
    client_id, secret = _shown(request)
    if not ratelimit.consume(request, app="rowan", action="token", config=TRIES, key=client_id):
        return _error("slow_down", "Too many tries. Wait a minute.", 429)
    if request.POST.get("grant_type") != "client_credentials":
        return _error("unsupported_grant_type", "Only client_credentials.", 400)
    scopes = list(dict.fromkeys(request.POST.get("scope", "").split()))
    try:
        made = let_in(client_id=client_id, secret=secret, scopes=scopes, now=timezone.now())
    except NotAllowed as refusal:
        known = refusal.reason != NOT_KNOWN
        return _error("invalid_scope" if known else "invalid_client", refusal.reason, 400 if known else 401)
    return JsonResponse(
        {
            "access_token": made,
            "token_type": "Bearer",
            "expires_in": TOKEN_MINUTES * 60,
            "scope": " ".join(scopes),
        }
    )


def _shown(request) -> tuple[str, str]:
    """Id and secret, from the header or the form."""
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(shown, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
    else:
        client_id, secret = request.POST.get("client_id", ""), request.POST.get("client_secret", "")
    return ("", "") if "\x00" in client_id else (client_id, secret)


def _error(code: str, words: str, status: int) -> JsonResponse:
    answer = JsonResponse({"error": code, "error_description": words}, status=status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Rowan"'
    return answer
