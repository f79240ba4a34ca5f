"""Signing in, for tests about something else: a session that has shown a second factor, and codes of an authenticator app."""

import json
import time
from hashlib import sha256

from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from rowan.agencies import sessions
from rowan.agencies.models import Practitioner

TEST_GROUND = "the test ground"


def mark_as_whole(session, person: Practitioner) -> None:
    """What the last step of signing in leaves, said by the test ground and by nothing else."""
    sessions.begin(session, person, device="A test", proof=TEST_GROUND, now=timezone.now())


def signed_in_session(person: Practitioner) -> str:
    """The key of a session in which somebody has signed in whole."""
    session = sessions.SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    mark_as_whole(session, person)
    # Typed just now: what changes how somebody signs in asks again after five minutes.
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = user_id_to_str(person)
    session.save()
    return session.session_key


def with_app(person: Practitioner) -> str:
    """Somebody with an authenticator app and recovery codes; the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def with_passkey(person: Practitioner, name: str = "Work laptop") -> Authenticator:
    """Somebody with a passkey that no device holds: for pages that show it, not for signing in with it."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    made = AuthenticatorData.create(
        sha256(b"localhost").digest(),
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(bytes(16), b"an invented key", key),
    )
    credential = {
        "type": "public-key",
        "id": websafe_encode(b"an invented key"),
        "rawId": websafe_encode(b"an invented key"),
        "clientExtensionResults": {"credProps": {"rk": True}},
        "response": {
            "clientDataJSON": websafe_encode(
                json.dumps(
                    {"type": "webauthn.create", "challenge": "", "origin": "https://localhost"}
                ).encode()
            ),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", made, {}))),
        },
    }
    return WebAuthn.add(person, name, credential).instance


def code_now(secret: str, *, steps_on: int = 0) -> str:
    """What the app shows now. A code is taken once only, so a second sign-in shows the next one."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_on))


def factors(person: Practitioner) -> list[str]:
    return sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))
