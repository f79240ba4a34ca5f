"""How a reader narrows a child's timeline."""

from django import forms

from rowan.chronology.models import Compartment
from rowan.records.uploads.kinds import EVERY_KIND, LARGEST_BYTES, MEGABYTE
from rowan.timescales.forms import DayField


class TimelineForm(forms.Form):
    agency = forms.ChoiceField(label="Agency", required=False)
    kind = forms.ChoiceField(label="What happened", required=False)
    on = DayField(label="Start from a date and go back", required=False, help_text="For example, 3 6 2026")

    def __init__(self, *args, agencies, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Every agency"), *agencies]
        self.fields["kind"].choices = [("", "Everything"), *kinds]


class DocumentForm(forms.Form):
    """A document for a child's record, and the part of the record it belongs to."""

    compartment = forms.ChoiceField(label="What is it about?", widget=forms.RadioSelect)
    file = forms.FileField(
        label="Choose a file",
        widget=forms.FileInput,
        allow_empty_file=True,
        help_text=f"{EVERY_KIND}, up to {LARGEST_BYTES // MEGABYTE} MB. Where and when a photograph was taken is removed from it.",
        error_messages={"required": "Choose a file. If you chose one, it was too large to receive."},
    )

    def __init__(self, *args, seen, agency: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["compartment"].choices = [
            (each.value, each.label) for each in Compartment if seen.tells(agency, each.value)
        ]
