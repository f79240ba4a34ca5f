"""What a person types beside the versions: the child was seen, an agency disagrees, the statutory system says, the move at 18."""

from datetime import date

from django import forms

from rowan.agencies.models import Agency
from rowan.timescales.forms import DayField

from ..rules.statutory import FACT_NAMES, what_is_missing
from .boxes import radios, say_what_is_missing, words


class SeenForm(forms.Form):
    on = DayField(
        label="When the child was seen",
        help_text="For example, 3 6 2026",
        error_messages={"required": "Give the day the child was seen"},
    )
    seen_by = forms.CharField(
        label="Who saw the child", max_length=200, error_messages={"required": "Say who saw the child"}
    )
    words = words("How, where, and whether alone (optional)")

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self):
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError("Give the day the child was seen, today or before")
        return self.cleaned_data["on"]


class DissentForm(forms.Form):
    agency = forms.ModelChoiceField(
        label="Which agency does not agree",
        queryset=Agency.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose the agency", "invalid_choice": "Choose the agency"},
    )
    said_by = forms.CharField(label="Who said so", max_length=200, error_messages={"required": "Say who said so"})  # fmt: skip
    words = words(
        "What they do not agree with, and why",
        "It changes nothing by itself. It stays on record beside what it is about, and the lead professional is told.",
        rows=5,
        needed="Say what your agency does not agree with, and why",
    )

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class StatutoryForm(forms.Form):
    fact = radios("What the statutory system says", FACT_NAMES.items())
    on = DayField(label="When it happened", required=False, help_text="For example, 3 6 2026")
    reference = forms.CharField(label="The statutory system’s own reference", required=False, max_length=60)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        typed = super().clean()
        boxes = typed.get("fact") or "", typed.get("on"), typed.get("reference") or ""
        say_what_is_missing(self, what_is_missing(*boxes, self.today))
        return typed


class TransitionForm(forms.Form):
    to_whom = forms.CharField(
        label="Who works with the young person from 18 on",
        max_length=200,
        help_text="A service and a named person there.",
        error_messages={"required": "Say who works with the young person from 18 on"},
    )
    plan = words("What is agreed, and from when", rows=4, needed="Say what is agreed, and from when")
    young_persons_view = words(
        "What the young person thinks of it", needed="Say what the young person thinks of it"
    )
