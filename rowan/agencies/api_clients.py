"""The systems of agencies that may ask Rowan something: made, listed, ended, let in for a quarter of an hour, and refused."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from rowan.audit_trail.actions import PUBLIC, record
from rowan.audit_trail.models import Entry
from rowan.refusals import NotAllowed, NotPossible

from .models import Agency, ApiClient, ApiToken, Practitioner
from .rules.api_scopes import TOKEN_MINUTES, refusal_of_scopes

KIND = "api client"
# Said of an unknown id, a wrong secret and an ended system alike.
NOT_KNOWN = "The system or its secret is not known."
NO_TOKEN = "The token is not known, too old, or not for this."


def make_client(
    *, agency: Agency, name: str, scopes: list[str], answered_for_by: Practitioner, by, now: datetime
) -> tuple[ApiClient, str]:
    """The system and its secret, which nobody can read again."""
    if answered_for_by.agency_id != agency.pk or not answered_for_by.is_active:
        raise NotPossible("Somebody of the agency itself, who has an account, answers for its system.")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        client = ApiClient.objects.create(
            agency=agency,
            name=name,
            client_id=secrets.token_hex(12),
            secret_digest=_digest(secret),
            scopes=" ".join(sorted(set(scopes))),
            answered_for_by=answered_for_by,
            made_at=now,
        )
        _leave_line("let a system ask", client, by=by, particulars={"scopes": client.scopes})
    return client, secret


def end_client(client: ApiClient, *, by, now: datetime) -> None:
    """From the next request it gets nothing, whatever tokens it holds."""
    with transaction.atomic():
        client.ended_at = now
        client.save(update_fields=["ended_at"])
        client.tokens.all().delete()
        _leave_line("ended a system's asking", client, by=by)


def listed(*, by) -> list[tuple[ApiClient, datetime | None]]:
    """Every system, agency by agency, the ended ones too, and when each last got something. Secrets are not kept, so none is shown."""
    clients = list(
        ApiClient.objects.select_related("agency", "answered_for_by").order_by(
            "agency__code", "made_at", "pk"
        )
    )
    record(by=by, did="looked at which systems may ask", particulars={"systems": len(clients)})
    used = Entry.objects.filter(about_kind=KIND, by_kind=PUBLIC, refused_because="")
    last_used = dict(used.values_list("about_id").annotate(last=Max("at")).order_by())
    return [(client, last_used.get(str(client.pk))) for client in clients]


def let_in(*, client_id: str, secret: str, scopes: list[str], now: datetime) -> str:
    """A token for what is asked, or NotAllowed. Each use and each refusal leaves a line."""
    did = "gave a system a token"
    client = ApiClient.objects.select_related("agency").filter(client_id=client_id).first()
    # An unknown id takes as long as a known one.
    is_right = hmac.compare_digest(_digest(secret), client.secret_digest if client else _digest(""))
    if client is None or not is_right or client.ended_at:
        _refuse(did, client, NOT_KNOWN)
    if refusal := refusal_of_scopes(scopes, client.scopes.split()):
        _refuse(did, client, refusal)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        ApiToken.objects.filter(expires_at__lte=now).delete()
        ApiToken.objects.create(
            client=client,
            digest=_digest(token),
            scopes=" ".join(scopes),
            expires_at=now + timedelta(minutes=TOKEN_MINUTES),
        )
        _leave_line(did, client, particulars={"scopes": " ".join(scopes)})
    return token


def client_with(token: str, *, scope: str, did: str, now: datetime) -> ApiClient:
    """Which system asks, when its token is for this; the look is on the trail, and so is a refusal."""
    found = (
        ApiToken.objects.select_related("client__agency")
        .filter(digest=_digest(token), expires_at__gt=now, client__ended_at=None)
        .first()
    )
    if found is None or scope not in found.scopes.split():
        _refuse(did, found.client if found else None, NO_TOKEN)
    _leave_line(did, found.client, particulars={"scope": scope})
    return found.client


def _refuse(did: str, client: ApiClient | None, why: str) -> None:
    record(
        by=PUBLIC,
        did=did,
        about_kind=KIND,
        about_id=client.pk if client else "",
        refused_because=why,
    )
    raise NotAllowed(why)


def _leave_line(did: str, client: ApiClient, *, by=PUBLIC, particulars: dict | None = None) -> None:
    record(
        by=by,
        did=did,
        about_kind=KIND,
        about_id=client.pk,
        particulars={"agency": client.agency.code, **(particulars or {})},
    )


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
