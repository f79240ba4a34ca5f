"""What a person types to sign in."""

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "The user name or the password is not right. Check both and try again",
        "inactive": "This account is closed. Ask whoever looks after Rowan in your agency",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "User name"
        self.fields["username"].error_messages["required"] = "Enter your user name"
        self.fields["password"].error_messages["required"] = "Enter your password"
        # The page's heading is read first; the box does not take the focus from it.
        self.fields["username"].widget.attrs.pop("autofocus", None)
