"""Reporting a child missing, and the steps of her episode."""

from django import forms

from ..rules.grades import GRADES
from ..rules.offers import HOWS
from .moments import MomentForm


def text_box(label: str, *, required="", rows=3, **more) -> forms.CharField:
    """A box for words; where one is required, `required` is the sentence that says so."""
    return forms.CharField(
        label=label,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required} if required else {},
        **more,
    )


class ReportForm(MomentForm):
    asks = "the child was last seen"
    last_seen = text_box(
        "Where, with whom and in what (optional)",
        help_text="Where the child was last seen, who was there, clothes, telephone.",
    )
    worry = text_box(
        "Why this is a worry today (optional)", help_text="What somebody told you, and who. Facts first."
    )
    police_reference = forms.CharField(
        label="Police reference (optional)",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )


class NobodyKnownForm(ReportForm):
    called = forms.CharField(label="What people call the child (optional)", required=False, max_length=120)
    known_by = text_box(
        "How the child can be told",
        required="Say how the child can be told: looks, age, clothes",
        help_text="About how old, looks, clothes, what the child said.",
    )
    field_order = ["called", "known_by"]


class StepForm(MomentForm):
    """With the version of the episode that it was opened on."""

    opened_on = forms.IntegerField(widget=forms.HiddenInput)


class GradeForm(StepForm):
    asks = "the police graded it"
    grade = forms.ChoiceField(
        label="How the police grade it",
        choices=GRADES.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the grade the police gave"},
    )
    words = text_box("What the police said (optional)")


class FoundForm(StepForm):
    asks = "the child was found"
    words = text_box("Where, and is the child safe?", required="Say where, and that the child is safe")


class ReturnedForm(StepForm):
    asks = "the child came back"
    words = text_box("How the child got back, and how the child is (optional)")


class AcceptedForm(StepForm):
    asks = "the child said yes"
    words = text_box(
        "When and where it is to be, and with whom (optional)",
        help_text="A neutral, safe place that the child chose, if there is one.",
    )


class DeclinedForm(StepForm):
    asks = "the child said no"
    words = text_box(
        "What the child said",
        help_text="In the child’s words. A no today is not a no for good.",
        required="Say what the child said",
    )


class CarerForm(StepForm):
    asks = "the carer was asked"
    words = text_box(
        "What the carer knows",
        help_text="Why, where, with whom, how the child got back, how the child has been since.",
        required="Say what the carer knows, or that they know nothing",
    )


class OfferForm(StepForm):
    asks = "it was offered"
    how = forms.ChoiceField(
        label="How it was offered",
        choices=HOWS.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was offered"},
    )
    words = text_box("What was said (optional)")
    override_why = text_box(
        "If it goes against what safe contact says: why it must be so (optional)",
        rows=2,
        help_text="Your name and reason are recorded. Leave it empty otherwise.",
    )


class VersionForm(forms.Form):
    """A step that happens as it is recorded."""

    opened_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, **kwargs)


class NotMissingForm(VersionForm):
    words = text_box(
        "How it is known that the child was not missing",
        required="Say how it is known that the child was not missing",
    )


class NotPossibleForm(VersionForm):
    words = text_box(
        "Why it is not possible",
        help_text="What was tried, how often, and what else is done so that the child is heard.",
        required="Say why it is not possible",
    )
    manager = forms.CharField(
        label="Which manager decided",
        max_length=200,
        error_messages={"required": "Name the manager who decided"},
    )


class AssignForm(VersionForm):
    interviewer = forms.ModelChoiceField(
        label="Who holds the interview",
        queryset=None,
        empty_label="Choose somebody",
        help_text="Somebody independent of those who care for the child.",
        error_messages={"required": "Choose who holds the interview"},
    )

    def __init__(self, *args, now, who, **kwargs):
        super().__init__(*args, now=now, **kwargs)
        self.fields["interviewer"].queryset = who
        self.fields["interviewer"].label_from_instance = lambda person: (
            f"{person.display_name}, {person.agency.name}"
        )
