"""What a person types to sign in, in Rowan's own words."""

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django import forms


def _plain(field: forms.Field, label: str, hint: str = "", missing: str = "") -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    if missing:
        field.error_messages["required"] = missing


class SignInForm(account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], "User name", missing="Enter your user name")
        _plain(self.fields["password"], "Password", missing="Enter your password")


class CodeForm(second_factor.AuthenticateForm):
    """A code of the authenticator app, or one of the recovery codes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], "Code", "Six digits from your authenticator app, or a recovery code.")


class ConfirmCodeForm(second_factor.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], "Code", "Six digits from your authenticator app, or a recovery code.")


class ConfirmPasswordForm(account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], "Password", missing="Enter your password")


class EnrolAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], "Code", "Six digits that the app shows now.")


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], "Your password now", missing="Enter your password")
        _plain(
            self.fields["password1"],
            "New password",
            "At least 12 characters. Three words that do not belong together are good.",
            missing="Enter a new password",
        )
        _plain(self.fields["password2"], "New password again", missing="Enter the new password again")


class AddPasskeyForm(passkey.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A passkey always asks its holder for a finger, a face or a PIN, so it always stands alone.
        self.fields.pop("passwordless", None)
        _plain(
            self.fields["name"], "Name", "So that you can tell this passkey from others: work laptop, phone."
        )


class RenamePasskeyForm(passkey.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _plain(self.fields["name"], "Name", missing="Enter a name")


def _as_code(field: forms.Field, label: str, hint: str) -> None:
    _plain(field, label, hint, missing="Enter the code")
    field.widget.attrs |= {"inputmode": "numeric", "class": "govuk-input--width-10"}
