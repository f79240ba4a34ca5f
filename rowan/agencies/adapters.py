"""Where django-allauth asks Rowan: who is let in, what is said, and how secrets are kept."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    clear_authentication_records,
    get_authentication_records,
    record_authentication,
)
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from rowan.audit_trail.actions import PUBLIC, record
from rowan.encryption import seal, unseal
from rowan.refusals import NotPossible

from . import own_sign_in, sessions
from .models import OwnSignIn, Practitioner
from .rules.devices import device_in_words
from .rules.second_factor import refusal_to_remove
from .typed_text import note_what_waits

# How a sign-in by the agency's own provider stands among django-allauth's records of a session.
BY_OWN_SIGN_IN = "own sign-in"
PRIMARY_FACTORS = ("totp", "webauthn")
# The key of the secrets of authenticator apps and of recovery codes.
SECRETS = "sign-in"
WRONG_CODE = "The code is not right. Wait for the next one and type that"
TOO_MANY = "Too many tries. Wait five minutes, then try again"


class SignInAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "The user name or the password is not right. Check both and try again",
        "incorrect_password": "The password is not right",
        "enter_current_password": "That is not your password now",
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request):
        """An administrator makes accounts; nobody makes her own."""
        return False

    def get_client_ip(self, request) -> str:
        """For counting how often somebody tries, and nothing else: where they call from is kept nowhere, only a keyed digest for as long as it counts."""
        caller = truncate_ip(super().get_client_ip(request))
        return salted_hmac("where a call comes from", caller, algorithm="sha256").hexdigest()[:32]

    def add_message(self, *args, **kwargs):
        """The pages say themselves what was done."""

    def authentication_failed(self, request, **credentials):
        """Whose account was tried, if there is one. What was typed is not kept: people type passwords into the wrong box."""
        leave_refused_sign_in(
            _person_tried(credentials.get("username", "")), "The user name or the password was not right."
        )

    def respond_user_inactive(self, request, user):
        leave_refused_sign_in(user, "The account is closed.")
        return HttpResponseRedirect(reverse("account_login"))

    def login(self, request, user):
        """The last step of signing in, whichever way was taken: from here pages open."""
        proofs = get_authentication_records(request, user)
        by_agency = own_sign_in_among(proofs)
        own = (
            OwnSignIn.objects.select_related("agency").get(pk=by_agency["own_sign_in"]) if by_agency else None
        )
        with transaction.atomic():
            if own is None or own_sign_in.still_lets_in(own, user):
                super().login(request, user)
                begin_session(request, user, proof=_second_factor_among(proofs), own_sign_in=own)
                record(by=user, did="signed in", particulars={"with": _in_words(proofs)})
                return
        clear_login(request)
        own_sign_in.refuse(own, own_sign_in.HAS_ENDED, user)
        raise NotPossible(
            "Signing in by your agency ended meanwhile. Ask whoever looks after Rowan in your agency."
        )

    def get_login_stages(self):
        first, second = "allauth.mfa.stages.AuthenticateStage", "rowan.agencies.adapters.SecondStep"
        return [second if stage == first else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app, **kwargs):
        """Nobody is asked who she is twice within five minutes."""
        proofs = get_authentication_records(context.request, context.request.user)
        return not any(time.time() - proof["at"] < app_settings.REAUTHENTICATION_TIMEOUT for proof in proofs)


class SecondStep(AuthenticateStage):
    """Rowan asks for a second step, unless the agency's own sign-in has just asked for one that its agreement accepts."""

    def _should_handle(self, request):
        by_agency = own_sign_in_among(get_authentication_records(request, self.login.user))
        return not (by_agency and by_agency["second_step"]) and super()._should_handle(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text):
        return seal(text, purpose=SECRETS)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text, purpose=SECRETS)

    def get_totp_label(self, user):
        return user.username

    def get_totp_issuer(self):
        return "Rowan"

    def generate_authenticator_name(self, user, type):  # noqa: A002 (django-allauth's own name)
        return f"Passkey {user.authenticator_set.filter(type=type).count() + 1}"

    def _get_site_name(self):
        return "Rowan"

    def can_delete_authenticator(self, authenticator):
        left = authenticator.user.authenticator_set.filter(type__in=PRIMARY_FACTORS).exclude(
            pk=authenticator.pk
        )
        return refusal_to_remove(authenticator.user.role, left_after=left.count()) is None


def begin_session(request, person, *, proof: str, own_sign_in: OwnSignIn | None = None) -> None:
    now = timezone.now()
    sessions.begin(
        request.session,
        person,
        device=device_in_words(request.META.get("HTTP_USER_AGENT", "")),
        proof=proof,
        now=now,
        own_sign_in=own_sign_in.pk if own_sign_in else None,
    )
    note_what_waits(request.session, person, now=now)
    # Now, and not once the page is made: whoever ends an own sign-in meanwhile must find what it opened.
    request.session.save()


def shown_by_own_sign_in(request, person: Practitioner, own: OwnSignIn, *, second_step: bool) -> None:
    """The first step, and perhaps the second, as django-allauth remembers them; what was shown before no longer counts."""
    clear_authentication_records(request)
    record_authentication(request, person, BY_OWN_SIGN_IN, own_sign_in=own.pk, second_step=second_step)


def own_sign_in_among(proofs: list[dict]) -> dict | None:
    """How the agency's own sign-in vouched for somebody, when that was the first step."""
    first_step = next((proof for proof in reversed(proofs) if proof["method"] != "mfa"), None)
    return first_step if first_step and first_step["method"] == BY_OWN_SIGN_IN else None


def leave_refused_sign_in(tried: Practitioner | None, why: str) -> None:
    record(
        by=PUBLIC,
        did="tried to sign in",
        about_kind="practitioner" if tried else "",
        about_id=tried.pk if tried else "",
        refused_because=why,
    )


def _person_tried(typed: str) -> Practitioner | None:
    return Practitioner.objects.filter(username=typed).first() if "\x00" not in typed else None


def _second_factor_among(proofs: list[dict]) -> str:
    by_agency = own_sign_in_among(proofs)
    if by_agency and by_agency["second_step"]:
        return BY_OWN_SIGN_IN
    return next((proof["type"] for proof in reversed(proofs) if proof["method"] == "mfa"), "")


def _in_words(proofs: list[dict]) -> str:
    words = {"totp": "code", "webauthn": "passkey", "recovery_codes": "recovery code"}
    ways = [
        "own sign-in and its second step"
        if proof.get("second_step")
        else words.get(proof.get("type", ""), proof["method"])
        for proof in proofs
    ]
    return " and ".join(dict.fromkeys(ways))
