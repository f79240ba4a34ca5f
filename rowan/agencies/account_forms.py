"""What an administrator types about somebody's account."""

from django import forms

from .account_details import details_version
from .models import Agency, Practitioner
from .rules.roles import ROLE_NAMES

ROLES = [("", "Choose a role"), *((role.value, name) for role, name in ROLE_NAMES.items())]


class DetailsForm(forms.Form):
    """What an account says of somebody, apart from how she signs in and what she may do."""

    display_name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="As colleagues know it.",
        error_messages={"required": "Enter a name"},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.all(),
        label="Agency",
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency"},
    )
    team = forms.CharField(label="Team (optional)", max_length=200, required=False)
    email = forms.EmailField(
        label="Work e-mail (optional)",
        required=False,
        error_messages={"invalid": "This is no e-mail address"},
    )
    phone = forms.CharField(label="Work phone (optional)", max_length=40, required=False)


class ChangedDetailsForm(DetailsForm):
    # What the account said as the form was opened: somebody else may change it meanwhile.
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, person: Practitioner, **kwargs):
        said = {
            "display_name": person.display_name,
            "agency": person.agency_id,
            "team": person.team.name if person.team else "",
            "email": person.email,
            "phone": person.phone,
            "opened_on": details_version(person),
        }
        super().__init__(*args, initial=said, **kwargs)


class NewAccountForm(DetailsForm):
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9.\-]{1,58}$",
        label="User name",
        help_text="What the person types to sign in: small letters, figures, dots and hyphens.",
        error_messages={
            "required": "Enter a user name",
            "invalid": "A user name has small letters, figures, dots and hyphens only",
        },
    )
    role = forms.ChoiceField(label="Role", choices=ROLES, error_messages={"required": "Choose a role"})
    field_order = ["username", "display_name", "role"]

    def clean_username(self):
        name = self.cleaned_data["username"]
        if Practitioner.objects.filter(username=name).exists():
            raise forms.ValidationError("Somebody signs in by this name already. Choose another")
        return name


class WhyForm(forms.Form):
    why = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why"}
    )


class RoleForm(WhyForm):
    role = forms.ChoiceField(label="New role", choices=ROLES, error_messages={"required": "Choose a role"})
    # The role as the form was opened: somebody else may change it meanwhile.
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["role", "why", "opened_on"]

    def __init__(self, *args, now: str, **kwargs):
        super().__init__(*args, initial={"opened_on": now}, **kwargs)
        self.now = now

    def clean_role(self):
        if self.cleaned_data["role"] == self.now:
            raise forms.ValidationError("This is the role now. Choose another")
        return self.cleaned_data["role"]
