"""What is typed about a look into a licensing register."""

from django import forms

from rowan.timescales.forms import DayField

from ..rules.licensing import FOUND_NAMES, LONGEST_SOUGHT, ONE_AT_A_TIME, REGISTER_NAMES
from .kept_in_health import AsksAboutWordsOfHealth


class LicensingForm(AsksAboutWordsOfHealth):
    BOXES = ("why", "details")
    register = forms.ChoiceField(
        label="Which register", choices=[(each.value, name) for each, name in REGISTER_NAMES.items()], widget=forms.RadioSelect,
        error_messages={"required": "Choose the register"},
    )  # fmt: skip
    kept_by = forms.CharField(
        label="Which council or body keeps it", max_length=200, error_messages={"required": "Say which council or body keeps it"}
    )  # fmt: skip
    sought = forms.CharField(
        label="Who or what was looked for",
        help_text="One person, or one number plate. Never a list.",
        max_length=LONGEST_SOUGHT,
        error_messages={"required": "Say who or what was looked for", "max_length": ONE_AT_A_TIME},
    )
    why = forms.CharField(
        label="Why it was looked up", widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": "Say why it was looked up"}
    )  # fmt: skip
    looked_on = DayField(
        label="On which day", help_text="For example, 3 6 2026", error_messages={"required": "Enter the day"}
    )
    found = forms.ChoiceField(
        label="What was found?", choices=[(each.value, name) for each, name in FOUND_NAMES.items()], widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was found"},
    )  # fmt: skip
    details = forms.CharField(
        label="The licence, as far as it bears on this worry (optional)",
        help_text="Only the triage desk reads this.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def field_of(self, reason: str) -> str | None:
        starts = {"Give one": "sought", "Nothing was": "details", "That day": "looked_on"}
        return next((box for begins, box in starts.items() if reason.startswith(begins)), None)
