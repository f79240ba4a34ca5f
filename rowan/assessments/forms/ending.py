"""What a person types to ask for a step-down or closing, to decide it, and when looking back."""

from datetime import date

from django import forms

from rowan.timescales.forms import DayField

from ..rules.settings import LOOK_BACK_WITHIN
from ..rules.states import STATE_MEANS, STATE_NAMES, says_less
from ..rules.step_down import Asked, what_is_missing
from ..rules.steps import Step
from .boxes import opened_on, radios, say_what_is_missing, somebody, words


class StepDownForm(forms.Form):
    to = radios(
        "What do you ask for?",
        [
            (Step.WATCHED, "Step down: less is done, and somebody looks back"),
            (Step.CLOSED, "Close the hub’s work, with a day to look back"),
        ],
    )
    state = radios("Where the child stands after this", [])
    evidence = words(
        "What has changed, and how you know",
        "Evidence: what somebody saw, heard or did. Time that has passed is none, and neither is silence.",
        rows=5,
    )
    childs_view = words(
        "What the child thinks of this",
        "In her or his own words if you can. If the child would not say, write how you asked.",
    )
    look_back_on = DayField(
        label="When somebody looks back", required=False, help_text="For example, 3 6 2026"
    )
    second = somebody(
        "Who decides as the second person",
        "Choose who decides. It cannot be you",
        "Nothing moves before they agree.",
    )

    def __init__(self, *args, seconds, labels, stands: str, why_not, settings, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.stands, self.why_not, self.settings, self.today = stands, why_not, settings, today
        self.fields["second"].queryset = seconds
        self.fields["state"].choices = [
            (state.value, f"{name} (locally: {labels[state]}). {STATE_MEANS[state]}")
            for state, name in STATE_NAMES.items()
            if not stands or state == stands or says_less(stands, state)
        ]

    def asked(self) -> Asked:
        typed = self.cleaned_data
        return Asked(
            *(typed.get(name) or "" for name in ("to", "state", "evidence", "childs_view")),
            look_back_on=typed.get("look_back_on"),
        )

    def clean(self):
        self.cleaned_data = super().clean()
        within = int(str(self.settings[LOOK_BACK_WITHIN.name]))
        say_what_is_missing(
            self,
            what_is_missing(self.asked(), stands=self.stands, today=self.today, look_back_within_days=within),
        )
        to = self.asked().to
        if to and "to" not in self.errors and (refusal := self.why_not(to)):
            self.add_error("to", refusal)
        return self.cleaned_data


class DecideForm(forms.Form):
    agreed = forms.ChoiceField(
        label="Do you agree?",
        choices=[("yes", "I agree: it happens now"), ("no", "I do not agree: everything stays as it is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree"},
    )
    words = words("Why", needed="Say why you agree or do not")


class LookBackForm(forms.Form):
    opened_on = opened_on()
    found = words(
        "How the child is now, and how you know",
        rows=5,
        needed="Say how the child is now, and how you know",
    )
    childs_view = words("What the child says (optional)")
    works_again = forms.ChoiceField(
        label="What follows?",
        choices=[("yes", "The hub works with the child again"), ("no", "It stays as it is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what follows"},
    )
    again_on = DayField(
        label="When somebody looks back again",
        required=False,
        help_text="Needed while the child is stepped down and not closed. For example, 3 6 2026",
    )

    def __init__(self, *args, is_closed: bool, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_closed, self.today = is_closed, today

    def clean(self):
        typed = super().clean()
        stays, again_on = typed.get("works_again") == "no", typed.get("again_on")
        if "again_on" in self.errors:
            return typed
        if stays and again_on is None and not self.is_closed:
            self.add_error("again_on", "Give the day somebody looks back again. A look back closes nothing")
        elif stays and again_on is not None and again_on <= self.today:
            self.add_error("again_on", "The day to look back again is after today")
        return typed
