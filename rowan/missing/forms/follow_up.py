"""An action after an episode, what came of it, and the “if missing” sheet."""

from datetime import date

from django import forms

from rowan.timescales.forms import DayField

from ..rules.sheet import BOX_NAMES, HINTS
from .episodes import text_box


class ActionForm(forms.Form):
    what = text_box("What is to be done", required="Say what is to be done")
    owner = forms.ModelChoiceField(
        label="Whose it is",
        queryset=None,
        empty_label="Choose somebody",
        error_messages={"required": "Choose whose it is"},
    )
    due_on = DayField(
        label="By when",
        help_text="For example, 3 6 2026",
        error_messages={"required": "Enter the day by when"},
    )

    def __init__(self, *args, who, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["owner"].queryset = who
        self.fields["owner"].label_from_instance = lambda person: (
            f"{person.display_name}, {person.agency.name}"
        )

    def clean_due_on(self):
        on = self.cleaned_data["due_on"]
        if on and on < self.today:
            raise forms.ValidationError("Choose a day that is not over")
        return on


class DoneForm(forms.Form):
    outcome = text_box("What came of it", required="Say what came of it")


class SheetForm(forms.Form):
    opened_on = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for box, name in BOX_NAMES.items():
            self.fields[box] = text_box(name, help_text=HINTS[box])

    def clean(self):
        typed = super().clean()
        if not any(typed.get(box) for box in BOX_NAMES):
            self.add_error(next(iter(BOX_NAMES)), "Fill in at least one box")
        return typed


class PrintForm(forms.Form):
    """For whom. Without a decision it stays at the reader's own desk."""

    decision = forms.ModelChoiceField(
        label="For whom it is printed",
        queryset=None,
        required=False,
        empty_label="For me: it stays with those who work with the child",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, decisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions
        self.fields["decision"].label_from_instance = lambda made: (
            f"For {made.recipient_person or 'somebody'}, {made.recipient}: it leaves Rowan, under the decision of {made.at.day} {made.at:%B %Y}"
        )
