"""How a reader narrows a child's timeline."""

from django import forms

from rowan.timescales.forms import DayField


class TimelineForm(forms.Form):
    agency = forms.ChoiceField(label="Agency", required=False)
    kind = forms.ChoiceField(label="What happened", required=False)
    on = DayField(label="Start from a date and go back", required=False, help_text="For example, 3 6 2026")

    def __init__(self, *args, agencies, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Every agency"), *agencies]
        self.fields["kind"].choices = [("", "Everything"), *kinds]
