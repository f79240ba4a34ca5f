"""Which open concern the answer to a question joins."""

from django import forms


class JoinForm(forms.Form):
    concern = forms.UUIDField(
        label="Which concern does your answer join?",
        error_messages={"required": "Choose a concern", "invalid": "Choose one of these concerns"},
    )
