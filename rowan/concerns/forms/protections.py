"""What is typed about section 45, the National Referral Mechanism, the duty to report, and somebody who is part known."""

from django import forms

from rowan.timescales.forms import DayField

from ..rules.protections import ABOUT_NAMES, ACTS, MOVES, PURPOSES, STATE_NAMES, About, State
from .kept_in_health import AsksAboutWordsOfHealth
from .triage import OpenedOn, SearchForm


class BeginForm(forms.Form):
    about = forms.ChoiceField(
        label="What is considered?", choices=[(each.value, name) for each, name in ABOUT_NAMES.items()], widget=forms.RadioSelect,
        error_messages={"required": "Choose what is considered"},
    )  # fmt: skip
    learned_on = DayField(
        label="Duty to report: when it was learned", required=False, help_text="For example, 3 6 2026"
    )
    words = forms.CharField(
        label="What it rests on (optional)", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class StepForm(forms.Form):
    to = forms.ChoiceField(
        label="What is the next step?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the step"},
    )
    on = DayField(
        label="On which day", help_text="For example, 3 6 2026", error_messages={"required": "Enter the day"}
    )
    act = forms.ChoiceField(
        label="What was done to the child (the act)",
        required=False,
        choices=[("", "Choose one"), *ACTS.items()],
    )
    purpose = forms.ChoiceField(
        label="What for (the purpose)", required=False, choices=[("", "Choose one"), *PURPOSES.items()]
    )
    reference = forms.CharField(label="Reference", required=False, max_length=60)
    to_whom = forms.CharField(label="Who was told", required=False, max_length=200)
    words = forms.CharField(
        label="In words, or why", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    stood_at = forms.CharField(required=False, widget=forms.HiddenInput)
    FIELD_OF = (
        ("A child’s referral", "act"), ("Give the reference", "reference"), ("Say who", "to_whom"), ("Say why", "words"), ("That day", "on"),
    )  # fmt: skip

    def __init__(self, *args, protection, **kwargs):
        super().__init__(*args, **kwargs)
        after = MOVES[State(protection.state)]
        self.fields["to"].choices = [(each.value, STATE_NAMES[each]) for each in State if each in after]
        if protection.about != About.NRM:
            for box in ("act", "purpose"):
                del self.fields[box]

    def field_of(self, reason: str) -> str:
        return next((field for begins, field in self.FIELD_OF if reason.startswith(begins)), "to")


class LookForSomebodyForm(SearchForm):
    """Somebody of any age: a driver is no child."""

    age = forms.IntegerField(
        label="Age, if the birth date is not known", required=False, min_value=0, max_value=110
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "address" in self.fields:
            self.fields["address"].label = "Where they live or stay"


class ResolveForm(AsksAboutWordsOfHealth, OpenedOn):
    """One of those that the search found; empty where an earlier answer was a mistake."""

    BOXES = ("how_known",)
    into = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    how_known = forms.CharField(
        label="How you know",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say how you know"},
    )

    def clean(self):
        typed = super().clean()
        if self.data.get("then") == "choose" and not typed.get("into"):
            self.add_error(None, "Look again, and choose one of those found")
        return typed

    def field_of(self, reason: str) -> str | None:
        return None if reason.startswith("There is nobody") else "how_known"


class UndoForm(ResolveForm):
    """Beside the other on one page, so its box has an id of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs, auto_id="id_undo_%s")
        self.fields["how_known"].label = "How you know that it was somebody else"
