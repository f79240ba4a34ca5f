"""To whom the register goes and why; why an address leaves against safe contact; and a second person's answer."""

from django import forms

from rowan.access.rules import hiding

from ..rules.approvals import WHY_IT_MAY_GO, Act, refusal_of_reason


class RegisterForm(forms.Form):
    to = forms.CharField(
        label="Who receives it",
        help_text="A name or post, and the body",
        max_length=200,
        error_messages={"required": "Say who receives it"},
    )
    purpose = forms.CharField(
        label="What for", max_length=80, error_messages={"required": "Say what it is for"}
    )
    approval = forms.UUIDField(required=False, widget=forms.HiddenInput)


class OverrideForm(forms.Form):
    """Asked where safe contact says that the address is withheld and the file would hold it."""

    override_why = forms.CharField(
        label="Why the file must hold the address all the same",
        help_text="Your name and this reason are recorded.",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the file must hold the address all the same"},
    )

    def clean_override_why(self):
        if refused := hiding.refusal_of_reason(self.cleaned_data["override_why"]):
            raise forms.ValidationError(refused)
        return self.cleaned_data["override_why"]


class DeleteForm(forms.Form):
    why = forms.CharField(
        label="Why it should be deleted",
        help_text="Such as: it was added to the wrong record, or its time in the retention schedule is over.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it should be deleted"},
    )


class DecideActForm(forms.Form):
    decided = forms.ChoiceField(
        label="Your decision",
        choices=[("approve", "Approve"), ("refuse", "Refuse")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one"},
    )
    reason = forms.CharField(
        label="If you refuse: why", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, act: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.act = act
        if act == Act.DELETE:
            self.fields["reason"].label = "Why"
            self.fields["reason"].help_text = f"To approve: {WHY_IT_MAY_GO[0].lower()}{WHY_IT_MAY_GO[1:]}"

    def clean(self):
        typed = super().clean()
        approved = typed.get("decided") == "approve"
        if typed.get("decided") and (
            refusal := refusal_of_reason(self.act, approved=approved, reason=typed.get("reason", ""))
        ):
            self.add_error("reason", refusal)
        return typed
