"""What a person types to set an action, and to say what came of it."""

from datetime import date

from django import forms

from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import SEES_NO_CHILD
from rowan.timescales.forms import DayField

from .rules.steps import OUTCOMES, STEP_NAMES, Ended, what_is_missing_to_end, what_is_missing_to_set


class OwnerField(forms.ModelChoiceField):
    """Somebody by name, with their agency: an action has both."""

    def __init__(self, **options):
        super().__init__(queryset=Practitioner.objects.none(), required=False, **options)

    def label_from_instance(self, owner) -> str:
        return f"{owner.display_name}, {owner.agency.name}"


def whom_to_ask():
    return (
        Practitioner.objects.filter(is_active=True)
        .exclude(role__in=SEES_NO_CHILD)
        .select_related("agency")
        .order_by("display_name", "pk")
    )


class SetActionForm(forms.Form):
    what = forms.CharField(
        label="What is to be done",
        help_text="One thing, so that it can be said whether it was done.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = OwnerField(label="Who does it", empty_label="Choose somebody")
    due_on = DayField(label="By which day", required=False, help_text="For example, 3 6 2026")

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["owner"].queryset = whom_to_ask()

    def clean(self):
        typed = super().clean()
        lacks = what_is_missing_to_set(
            typed.get("what") or "",
            typed.get("due_on"),
            has_owner=typed.get("owner") is not None,
            today=self.today,
        )
        for box, words in lacks.items():
            if box not in self.errors:
                self.add_error(box, words)
        return typed


class EndActionForm(forms.Form):
    to = forms.ChoiceField(
        label="What came of it?",
        choices=[(step.value, STEP_NAMES[step]) for step in OUTCOMES],
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="In words",
        help_text="What was done, or why it was not.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = DayField(
        label="If it is carried forward: by which day now", required=False, help_text="For example, 3 6 2026"
    )
    owner = OwnerField(label="If it is carried forward: who does it", empty_label="Whoever has it now")

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["owner"].queryset = whom_to_ask()

    def clean(self):
        typed = super().clean()
        said = Ended(typed.get("to") or "", typed.get("words") or "", typed.get("due_on"))
        for box, words in what_is_missing_to_end(said, today=self.today).items():
            if box not in self.errors:
                self.add_error(box, words)
        return typed
