"""An agency's own system raises a concern: JSON in, a receipt out. It finds nobody, and reads
back its receipt and, of its own concerns, what the table of who may be told what allows.

The sender's own id makes it one however often it is sent: `id` is a UUID that their system keeps.
"""

import json
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from rowan.agencies.api_clients import client_with
from rowan.agencies.models import ApiClient
from rowan.agencies.rules.api_scopes import Scope
from rowan.audit_trail.actions import PUBLIC, record
from rowan.refusals import NotAllowed, Refusal

from .actions.raising import Door, raise_concern
from .models import Concern
from .models.concern import CameBy
from .rules.from_a_system import lacking, told_from
from .rules.receipts import says_of_referral
from .rules.running import KIND
from .rules.told import Referrer
from .rules.who_raises import ToldOf
from .shown_raised import outcome_for_a_system

DID = "a system raised a concern"
READ = "a system asked where its concern stands"
NONE_OF_YOURS = "No concern of your agency’s systems has this id."
AT_MOST = 200_000  # bytes


@csrf_exempt  # as below: a token, and no cookie
@login_not_required
@never_cache
@require_safe
def stands(request, concern_id: UUID):
    """Where a concern of this agency's own systems stands: what whoever raised it may be told, and not a word more."""
    now = timezone.now()
    try:
        client = _client(request, READ, now)
    except NotAllowed as refusal:
        return _not_let_in(refusal)
    concern = Concern.objects.filter(pk=concern_id, came_by=CameBy.API.value, agency=client.agency).first()
    about = {"by": PUBLIC, "did": READ, "about_kind": KIND, "about_id": concern_id}
    if concern is None:
        record(refused_because=NONE_OF_YOURS, **about)
        return JsonResponse({"error": "not_found", "error_description": NONE_OF_YOURS}, status=404)
    record(**about)
    outcome = outcome_for_a_system(concern, now)
    return JsonResponse(
        {
            "id": str(concern.pk),
            "reference": concern.reference,
            "received_at": concern.received_at.isoformat(),
            "says": outcome.says,
            "referral": outcome.referral,
            "next_read_at": outcome.next_read_at.isoformat() if outcome.next_read_at else None,
        }
    )


@csrf_exempt  # no browser and no cookie takes part: the system shows a token of its own
@login_not_required
@never_cache
@require_POST
def receive(request):
    now = timezone.now()
    try:
        client = _client(request, DID, now)
    except NotAllowed as refusal:
        return _not_let_in(refusal)
    said = _read(request)
    lacks = lacking(said, client.agency.kind)
    if lacks:
        record(
            by=PUBLIC,
            did=DID,
            about_kind="api client",
            about_id=client.pk,
            refused_because=" ".join(lacks.values()),
        )
        return JsonResponse({"error": "not_whole", "boxes": lacks}, status=400)
    door = Door(
        came_by=CameBy.API.value,
        agency=client.agency,
        referrer=Referrer(name=str(said.get("from", "")), how_to_reach=str(said.get("reach", ""))),
    )
    try:
        made = raise_concern(
            told_from(said, client.agency.kind), token=UUID(said["id"]), door=door, by=PUBLIC, now=now
        )
    except Refusal as refusal:
        return JsonResponse({"error": "refused", "error_description": refusal.reason}, status=409)
    return JsonResponse(
        {
            "id": str(made.pk),
            "reference": made.reference,
            "received_at": made.received_at.isoformat(),
            "referral": says_of_referral(ToldOf.DECISION, None),
        }
    )


def _client(request, did: str, now: datetime) -> ApiClient:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return client_with(token if kind.lower() == "bearer" else "", scope=Scope.CONCERNS, did=did, now=now)


def _not_let_in(refusal: NotAllowed) -> JsonResponse:
    answer = JsonResponse({"error": "invalid_token", "error_description": refusal.reason}, status=401)
    answer.headers["WWW-Authenticate"] = 'Bearer realm="Rowan"'
    return answer


def _read(request) -> dict:
    """What was sent, or an empty thing that lacks everything."""
    if len(request.body) > AT_MOST:
        return {}
    try:
        said = json.loads(request.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
