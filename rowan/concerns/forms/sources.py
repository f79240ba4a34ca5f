"""Which concern's source, and why its unit has to know."""

from django import forms


class WhoASourceIsForm(forms.Form):
    reference = forms.CharField(
        label="The concern’s reference",
        help_text="The desk says it on the telephone. It stands on top of the concern.",
        max_length=12,
        error_messages={"required": "Enter the concern’s reference"},
    )
    why = forms.CharField(
        label="Why your unit has to know who it is",
        help_text="A second person of your unit reads this before they decide.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why your unit has to know who it is"},
    )
