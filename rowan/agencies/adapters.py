"""Where django-allauth asks Rowan: who is let in, what is said, and how secrets are kept."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from rowan.audit_trail.actions import PUBLIC, record
from rowan.encryption import seal, unseal

from . import sessions
from .models import Practitioner
from .rules.devices import device_in_words
from .rules.second_factor import refusal_to_remove
from .typed_text import note_what_waits

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
        with transaction.atomic():
            super().login(request, user)
            begin_session(request, user, proof=_second_factor_among(proofs))
            record(by=user, did="signed in", particulars={"with": _in_words(proofs)})

    def is_reauthentication_required(self, *, app, **kwargs):
        """Nobody is asked who she is twice within five minutes."""
        proofs = get_authentication_records(context.request, context.request.user)
        return not any(time.time() - proof["at"] < app_settings.REAUTHENTICATION_TIMEOUT for proof in proofs)


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


def begin_session(request, person, *, proof: str) -> None:
    now = timezone.now()
    sessions.begin(
        request.session,
        person,
        device=device_in_words(request.META.get("HTTP_USER_AGENT", "")),
        proof=proof,
        now=now,
    )
    note_what_waits(request.session, person, now=now)


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
    return next((proof["type"] for proof in reversed(proofs) if proof["method"] == "mfa"), "")


def _in_words(proofs: list[dict]) -> str:
    words = {"totp": "code", "webauthn": "passkey", "recovery_codes": "recovery code"}
    ways = [words.get(proof.get("type", ""), proof["method"]) for proof in proofs]
    return " and ".join(dict.fromkeys(ways))
