"""What a person types to open the work, to write a version, and to approve one. Narrative first; the lists come after it."""

from datetime import date

from django import forms

from rowan.chronology.rules.observations import KIND_NAMES, observations_of
from rowan.timescales.forms import DayField

from ..rules.settings import REVIEW_WITHIN
from ..rules.states import (
    CONFIDENCE_NAMES,
    STATE_MEANS,
    STATE_NAMES,
    TREND_NAMES,
    URGENCY_NAMES,
    refusal_of_state,
)
from ..rules.written import LISTS, VIEWS, WRITTEN_AS_NAMES, Said, what_is_missing
from .boxes import opened_on, radios, say_what_is_missing, somebody, words


class OpenForm(forms.Form):
    why = words(
        "Why the hub works with this child now",
        rows=4,
        needed="Say why the hub works with this child now",
    )
    lead = somebody(
        "Lead professional",
        "Choose the lead professional",
        "Answers for the work from now on. The first thing owed is a screening.",
    )

    def __init__(self, *args, leads, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads


class HandOverForm(OpenForm):
    opened_on = opened_on()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"].label = "Why it is handed over"
        self.fields["why"].error_messages["required"] = "Say why it is handed over"
        self.fields["lead"].label = "Lead professional from now on"
        self.fields["lead"].help_text = "What is owed goes with it."


class WriteForm(forms.Form):
    """The boxes of one version. Its order is the order in which one thinks: what is the worry, what do others say, what was seen, where does she stand."""

    opened_on = opened_on()
    written_as = radios("What is this?", WRITTEN_AS_NAMES.items(), "A screen asks whether to look closer; an assessment looks closer.")  # fmt: skip
    narrative = words(
        "What is the harm or worry, in your own words",
        "What has happened, who is worried about whom, what changed. This is what the page is for; the lists below are a prompt, never a measure.",
        rows=8,
    )
    childs_words = words(
        "The child’s own words (optional)", "As said, apart from what you make of it.", rows=3
    )
    child_view = words("What the child thinks of it", "Whether the child sees harm in it or not.")
    child_not_sought = words("Or: not sought, because", rows=2)
    carer_view = words("What a parent or carer thinks of it")
    carer_not_sought = words("Or: not sought, because", rows=2)
    school_view = words("What the school thinks of it")
    school_not_sought = words("Or: not sought, because", rows=2)
    noticed_S = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    harm_words = words(
        "What was seen or said, and by whom", "Needed when you choose a sign of harm. First hand or told?"
    )
    harm_seen_on = DayField(
        label="When it was last seen or said", required=False, help_text="For example, 3 6 2026"
    )
    noticed_I = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    noticed_V = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    noticed_P = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    state = radios("Where the child stands", [])
    why_state = words("Why it is this", "What you saw or know. Nothing is added up.", rows=4)
    over_a_sign_why = words(
        "Why a sign of harm is not harm (only a manager writes this)",
        "Leave empty unless you are a manager, there is a sign of harm, and you say the child is not experiencing harm.",
    )
    urgency = radios("How soon something has to happen", URGENCY_NAMES.items())
    confidence = radios("How good the information is", CONFIDENCE_NAMES.items())
    trend = radios("Better or worse", TREND_NAMES.items())
    review_on = DayField(
        label="When it is looked at again", required=False, help_text="For example, 3 6 2026"
    )
    second = somebody("Who looks at it as the second person", "Choose who looks at it. It cannot be you")

    def __init__(
        self, *args, seconds, labels, stands: str, sign_on_record: bool, is_manager: bool, settings, today: date, **kwargs
    ):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.stands, self.sign_on_record, self.is_manager = stands, sign_on_record, is_manager
        self.settings, self.today = settings, today
        self.fields["second"].queryset = seconds
        self.fields["state"].choices = [
            (state.value, f"{name} (locally: {labels[state]}). {STATE_MEANS[state]}")
            for state, name in STATE_NAMES.items()
        ]
        for kind in LISTS:
            field = self.fields[f"noticed_{kind.value}"]
            field.label = KIND_NAMES[kind]
            field.choices = [(each.code, f"{each.about}: {each.words}") for each in observations_of(kind)]

    def said(self) -> Said:
        typed = self.cleaned_data
        ticked = tuple(code for kind in LISTS for code in typed.get(f"noticed_{kind.value}") or [])
        boxes = {
            name: typed.get(name)
            for name in Said.__dataclass_fields__
            if name != "noticed" and typed.get(name)
        }
        return Said(**{"written_as": "", **boxes}, noticed=ticked)

    def clean(self):
        self.cleaned_data = super().clean()
        said = self.said()
        within = int(str(self.settings[REVIEW_WITHIN.name]))
        say_what_is_missing(
            self, what_is_missing(said, stands=self.stands, today=self.today, review_within_days=within)
        )
        refusal = refusal_of_state(
            said.state,
            sign_of_harm=bool(said.signs) or self.sign_on_record,
            why=said.over_a_sign_why,
            is_manager=self.is_manager,
        )
        if refusal and said.state:
            say_what_is_missing(self, {"state": refusal})
        return self.cleaned_data

    @property
    def views(self):
        """Each view beside its honest other answer."""
        return [(name, self[f"{whose}_view"], self[f"{whose}_not_sought"]) for whose, name in VIEWS.items()]


def as_typed(version) -> dict:
    """A new version starts from what the last one said, but for when it is looked at again."""
    boxes = {name: getattr(version, name) for name in Said.__dataclass_fields__ if name not in {"noticed", "review_on", "over_a_sign_why"}}  # fmt: skip
    ticked = list(version.noticed.values_list("kind", "code"))
    return boxes | {
        f"noticed_{kind.value}": [code for of, code in ticked if of == kind.value] for kind in LISTS
    }


def as_kept(boxes) -> dict:
    """The form as it was kept, box by box, without complaining of what is not typed yet."""
    fields = WriteForm.base_fields
    return {name: field.widget.value_from_datadict(boxes, {}, name) for name, field in fields.items()}


class ApproveForm(forms.Form):
    approved = forms.ChoiceField(
        label="What do you say to it?",
        choices=[("yes", "Approve it"), ("no", "Send it back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you approve it"},
    )
    words = words("In words", "Needed when you send it back: what is missing or wrong.")

    def clean(self):
        typed = super().clean()
        if typed.get("approved") == "no" and not typed.get("words"):
            self.add_error("words", "Say what is missing or wrong")
        return typed
