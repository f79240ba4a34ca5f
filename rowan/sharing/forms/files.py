"""To whom the register goes and why; and a second person's answer."""

from django import forms


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

    def clean(self):
        typed = super().clean()
        if typed.get("decided") == "refuse" and not typed.get("reason"):
            self.add_error("reason", "Say why you refuse")
        return typed
