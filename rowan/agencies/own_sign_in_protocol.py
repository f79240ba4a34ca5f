"""What is said to an agency's provider, and what is believed of its answers (OpenID Connect, by django-allauth).

django-allauth takes a token unchecked when it fetched it itself, knows no nonce, and asks whatever host the provider names. Here a
token is believed by its signature alone, is for this sign-in alone, and nothing but the issuer's own host is ever asked.
"""

import secrets
import time

import jwt
import requests
import urllib3
from allauth.core import context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings

from rowan.home import is_in_service

from .models import OwnSignIn
from .rules.own_sign_in import CLOCKS_DIFFER_BY, SIGNED_WITH, origin_of, refusal_of_issuer

# To connect, and between two pieces of an answer; and for a whole answer.
SECONDS, SECONDS_IN_ALL, LARGEST = 5, 10, 500_000
# A key that is known to both sides signs for anybody who reads the list.
KEYS = {"RSA", "EC", "OKP"}
NAMED_IN_CONFIGURATION = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class NotBelieved(Exception):
    """The provider is down, or said something that is not believed; the words are for the trail, without anything it said."""


class OnlyTheIssuer(requests.Session):
    """Asks one host, follows it nowhere else, and waits for no answer that is slow or endless."""

    def __init__(self, issuer: str):
        super().__init__()
        self.origin = origin_of(issuer)

    def request(self, method, url, **more):
        if origin_of(url) != self.origin:
            raise NotBelieved("The provider named another host than its own.")
        more |= {"timeout": SECONDS, "allow_redirects": False, "stream": True}
        with super().request(method, url, **more) as answer:
            answer._content = _whole(answer)
        return answer


class OwnSignInAdapter(DefaultSocialAccountAdapter):
    """Where django-allauth asks which providers there are: the one of the agency whose address was opened."""

    def get_provider(self, request, provider, client_id=None):
        return OwnProvider(request, app=_as_app(request.own_sign_in))

    def get_requests_session(self):
        return OnlyTheIssuer(context.request.own_sign_in.issuer)

    def is_open_for_signup(self, request, sociallogin):
        return False


class Protocol(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self):
        if not hasattr(self, "_openid_config"):
            self._openid_config = _configuration(self.request.own_sign_in)
        return self._openid_config


class OwnProvider(OpenIDConnectProvider):
    oauth2_adapter_class = Protocol


def begin(request, own: OwnSignIn, *, then: str):
    """The way to the provider, with what only this browser and this sign-in know: state, nonce and PKCE's verifier."""
    request.own_sign_in = own
    nonce = secrets.token_urlsafe(32)
    longest = int(settings.SIGNED_IN_AT_MOST.total_seconds())
    return _heard(
        lambda: OwnProvider(request, app=_as_app(own)).redirect(
            request,
            "login",
            next_url=then,
            scope=["openid", "email", "profile"],
            auth_params={"nonce": nonce, "max_age": longest},
            nonce=nonce,
            own_sign_in=own.pk,
        )
    )


def state_of(request, own: OwnSignIn) -> dict | None:
    """What this browser was given on the way there, once; None when it never was, long ago, or for another own sign-in."""
    state = statekit.unstash_state(
        request, provider_id=own.agency.code, state_id=request.GET.get("state", "")
    )
    return state if state and state.get("own_sign_in") == own.pk else None


def claims_of(request, own: OwnSignIn, state: dict) -> dict:
    """What the provider says about who has come back, or NotBelieved."""
    request.own_sign_in = own
    if request.GET.get("iss", own.issuer) != own.issuer:
        raise NotBelieved("The answer came from another provider.")
    return _heard(lambda: _claims(request, own, state))


def _claims(request, own: OwnSignIn, state: dict) -> dict:
    protocol = Protocol(request, own.agency.code)
    client = protocol.get_client(request, _as_app(own))
    told = client.get_access_token(
        request.GET.get("code", ""), pkce_code_verifier=state["pkce_code_verifier"]
    )
    claims = _believed(told["id_token"], protocol, own)
    if not secrets.compare_digest(str(claims.get("nonce", "")), state["nonce"]):
        raise NotBelieved("The token is of another sign-in.")
    if own.named_by not in claims and "userinfo_endpoint" in protocol.openid_config:
        more = protocol._fetch_user_info(told["access_token"])
        if more["sub"] != claims["sub"]:
            raise NotBelieved("The provider spoke of two people.")
        # What says how and when she signed in stands in the token alone.
        claims = {name: more[name] for name in (own.named_by, own.vouched_by) if name in more} | claims
    return claims


def _believed(token: str, protocol: Protocol, own: OwnSignIn) -> dict:
    """What a token says, when the issuer signed it, for Rowan, and not long ago."""
    try:
        claims = jwt.decode(
            token,
            _key_of(token, protocol),
            algorithms=list(SIGNED_WITH),
            issuer=own.issuer,
            audience=own.client_id,
            leeway=CLOCKS_DIFFER_BY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.ExpiredSignatureError:
        raise NotBelieved("The token is too old.") from None
    except jwt.InvalidAudienceError:
        raise NotBelieved("The token is for another system.") from None
    except jwt.InvalidIssuerError:
        raise NotBelieved("The token is another provider’s.") from None
    except jwt.InvalidSignatureError:
        raise NotBelieved("The token’s signature is wrong.") from None
    if claims.get("azp", own.client_id) != own.client_id:
        raise NotBelieved("The token is for another system.")
    subject = claims["sub"]
    if not subject.isprintable() or not 0 < len(subject) <= 255:
        raise NotBelieved("The token names nobody.")
    return claims


def _key_of(token: str, protocol: Protocol) -> jwt.PyJWK:
    """The issuer's key that the token says it was signed with."""
    with protocol_session() as session:
        answer = session.get(protocol.openid_config["jwks_uri"])
        answer.raise_for_status()
    known = jwt.PyJWKSet.from_dict(answer.json()).keys
    named = jwt.get_unverified_header(token).get("kid")
    found = [
        key
        for key in known
        if named in {None, key.key_id} and key.key_type in KEYS and key.public_key_use in {None, "sig"}
    ]
    if len(found) != 1:
        raise NotBelieved("The token is signed with a key that the provider does not have.")
    return found[0]


def protocol_session() -> OnlyTheIssuer:
    return OnlyTheIssuer(context.request.own_sign_in.issuer)


def _configuration(own: OwnSignIn) -> dict:
    if refusal_of_issuer(own.issuer, in_service=is_in_service()):
        raise NotBelieved("The issuer’s address may not be asked here.")
    with protocol_session() as session:
        answer = session.get(own.issuer.rstrip("/") + "/.well-known/openid-configuration")
        answer.raise_for_status()
    said = answer.json()
    if said["issuer"] != own.issuer:
        raise NotBelieved("The provider says that it is another one.")
    here = origin_of(own.issuer)
    if any(origin_of(said[name]) != here for name in NAMED_IN_CONFIGURATION):
        raise NotBelieved("The provider named another host than its own.")
    return said


def _heard(ask):
    """Whatever a provider does wrong is one thing to Rowan: it is not believed."""
    try:
        return ask()
    except requests.RequestException as fault:
        raise NotBelieved(f"The provider did not answer well ({type(fault).__name__}).") from None
    except (OAuth2Error, jwt.PyJWTError, LookupError, TypeError, ValueError, AttributeError) as fault:
        raise NotBelieved(f"The provider’s answer cannot be read ({type(fault).__name__}).") from None


def _whole(answer: requests.Response) -> bytes:
    read, until = b"", time.monotonic() + SECONDS_IN_ALL
    try:
        while piece := answer.raw.read1(65_536, decode_content=True):
            read += piece
            if len(read) > LARGEST or time.monotonic() > until:
                raise NotBelieved("The provider’s answer is too long.")
    except urllib3.exceptions.HTTPError as fault:
        raise requests.ConnectionError from fault
    return read


def _as_app(own: OwnSignIn) -> SocialApp:
    """As django-allauth knows a provider; never stored, so the secret is in the database sealed only."""
    return SocialApp(
        provider="openid_connect",
        provider_id=own.agency.code,
        name=own.agency.name[:40],
        client_id=own.client_id,
        secret=own.client_secret,
        settings={"server_url": own.issuer, "oauth_pkce_enabled": True},
    )
