"""The day a law came into force, and where that is published."""

from django import forms

from rowan.timescales.forms import DayField


class DateLawForm(forms.Form):
    on = DayField(
        label="The day it came, or comes, into force",
        help_text="For example, 1 4 2027. Leave empty if that is not known: nobody can then rest a decision on it.",
        required=False,
    )
    why = forms.CharField(
        label="Where that is published",
        help_text="The regulations, by name and number; or why the day is not known after all.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say where the day is published, or why it is not known"},
    )
