"""One's own second factors: making them, confirming with them, taking them away. django-allauth does the work."""

import json

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.mfa.base import views as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.mfa.webauthn.internal import auth as passkey_auth
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.urls import reverse_lazy

from rowan.audit_trail.actions import record
from rowan.refusals import NotPossible

from . import sessions
from .adapters import PRIMARY_FACTORS
from .rules.second_factor import needs_second_factor, refusal_to_remove

MADE, REMOVED = "made a second factor", "removed a second factor"


class SignedInJustNow:
    """Somebody without a password cannot type it again: she signs in by her agency again, within the same five minutes."""

    def dispatch(self, request, *args, **kwargs):
        person = request.user
        if (
            person.is_authenticated
            and not get_reauthentication_flows(person)
            and get_adapter().is_reauthentication_required(app="mfa")
        ):
            raise NotPossible(
                "You signed in more than five minutes ago. Sign out, sign in with your agency again, and then do this at once."
            )
        return super().dispatch(request, *args, **kwargs)


class SecondFactors(second_factor.IndexView):
    template_name = "agencies/second_factors.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "must_enrol": self.request.may_only_enrol,
            "is_compulsory": needs_second_factor(self.request.user.role),
        }


class EnrolApp(SignedInJustNow, totp.ActivateTOTPView):
    template_name = "agencies/enrol_app.html"

    def get_context_data(self, **kwargs):
        made = super().get_context_data(**kwargs)
        secret = made["form"].secret
        return made | {"secret_in_fours": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))}

    def form_valid(self, form):
        with transaction.atomic():
            response = super().form_valid(form)
            _made(self.request, "totp")
        return response


class RemoveApp(totp.DeactivateTOTPView):
    template_name = "agencies/remove_second_factor.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "what": "authenticator app",
            "why_not": _refusal(self.authenticator),
        }

    def form_valid(self, form):
        with transaction.atomic():
            response = super().form_valid(form)
            record(by=self.request.user, did=REMOVED, particulars={"kind": "totp"})
        return response


class RecoveryCodes(recovery_codes.ViewRecoveryCodesView):
    template_name = "agencies/recovery_codes.html"

    def get_context_data(self, **kwargs):
        shown = super().get_context_data(**kwargs)
        record(by=self.request.user, did="looked at own recovery codes")
        return shown


class NewRecoveryCodes(recovery_codes.GenerateRecoveryCodesView):
    template_name = "agencies/new_recovery_codes.html"

    def form_valid(self, form):
        with transaction.atomic():
            response = super().form_valid(form)
            record(by=self.request.user, did=MADE, particulars={"kind": "recovery_codes"})
        return response


class AddPasskey(SignedInJustNow, passkey.AddWebAuthnView):
    template_name = "agencies/add_passkey.html"

    def get_context_data(self, **kwargs):
        shown = super().get_context_data(**kwargs)
        # Asked for again as one that stands alone: kept on the device, and never used without its holder.
        options = passkey_auth.begin_registration(self.request.user, True)
        return shown | {"options": json.dumps(options, cls=DjangoJSONEncoder)}

    def form_valid(self, form):
        with transaction.atomic():
            response = super().form_valid(form)
            _made(self.request, "webauthn")
        return response


class RenamePasskey(passkey.EditWebAuthnView):
    template_name = "agencies/rename_passkey.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form):
        with transaction.atomic():
            response = super().form_valid(form)
            record(by=self.request.user, did="renamed a passkey")
        return response


class RemovePasskey(passkey.RemoveWebAuthnView):
    template_name = "agencies/remove_second_factor.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "what": f"passkey {self.object.wrap().name}",
            "why_not": _refusal(self.object),
        }

    def form_valid(self, form):
        if why_not := _refusal(self.object):
            raise NotPossible(why_not + ".")
        with transaction.atomic():
            response = super().form_valid(form)
            record(by=self.request.user, did=REMOVED, particulars={"kind": "webauthn"})
        return response


class ConfirmPassword(account.ReauthenticateView):
    template_name = "agencies/confirm_password.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"next": self.get_next_url() or ""}


class ConfirmCode(second_factor.ReauthenticateView):
    template_name = "agencies/confirm_code.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"next": self.get_next_url() or ""}


class ConfirmPasskey(passkey.ReauthenticateWebAuthnView):
    template_name = "agencies/confirm_passkey.html"

    def get_context_data(self, **kwargs):
        shown = super().get_context_data(**kwargs)
        options = json.dumps(shown["js_data"]["request_options"], cls=DjangoJSONEncoder)
        return shown | {"next": self.get_next_url() or "", "options": options}


class ChangePassword(account.PasswordChangeView):
    template_name = "agencies/change_password.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form):
        form.user.password_to_change = False
        with transaction.atomic():
            response = super().form_valid(form)
            record(by=self.request.user, did="changed own password")
        return response


def _made(request, kind: str) -> None:
    """Made in this very session, so this session has shown it."""
    sessions.prove(request.session, request.user, kind)
    record(by=request.user, did=MADE, particulars={"kind": kind})


def _refusal(authenticator: Authenticator) -> str | None:
    left = Authenticator.objects.filter(user=authenticator.user, type__in=PRIMARY_FACTORS)
    return refusal_to_remove(authenticator.user.role, left_after=left.exclude(pk=authenticator.pk).count())
