"""What an agency's system may ask about its own feeds: how far they reach and how many rows. Counts, and no child."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rowan.agencies.api_clients import client_with
from rowan.agencies.rules.api_scopes import Scope
from rowan.refusals import NotAllowed

from .models import FeedReach


@login_not_required
@never_cache
@require_safe
def feeds_of_an_agency(request):
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        client = client_with(
            token if kind.lower() == "bearer" else "",
            scope=Scope.FEEDS,
            did="a system looked at its agency's feeds",
            now=timezone.now(),
        )
    except NotAllowed as refusal:
        answer = JsonResponse({"error": "invalid_token", "error_description": refusal.reason}, status=401)
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Rowan"'
        return answer
    reaches = FeedReach.objects.current().filter(agency=client.agency).order_by("feed")
    return JsonResponse(
        {
            "agency": client.agency.code,
            "feeds": [
                {
                    "feed": reach.feed,
                    "reaches_to": reach.reaches_to.isoformat() if reach.reaches_to else None,
                    "rows_kept": reach.rows_kept,
                    "rows_purged": reach.rows_purged,
                }
                for reach in reaches
            ],
        }
    )
