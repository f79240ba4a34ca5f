"""What a person types about something overdue, in a disagreement, and to say who stands at a level."""

from datetime import date

from django import forms

from rowan.agencies.models import Agency, Post
from rowan.timescales.forms import DayField

from .actions.overdue import what_is_missing_to_answer
from .actions.places import ENTERED
from .rules.disagreements import ABOUT, HOW, Said, what_is_missing
from .rules.ladder import LEVEL_NAMES


class AnswerOverdueForm(forms.Form):
    words = forms.CharField(
        label="What is done about it", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    until_on = DayField(
        label="By which day it is done",
        required=False,
        help_text="After that it goes up. For example, 3 6 2026",
    )

    def __init__(self, *args, today: date, by_the_hour: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.by_the_hour = today, by_the_hour
        if by_the_hour:
            del self.fields["until_on"]

    def clean(self):
        typed = super().clean()
        said = typed.get("words") or "", typed.get("until_on"), self.today
        lacks = what_is_missing_to_answer(*said, by_the_hour=self.by_the_hour)
        for box, words in lacks.items():
            if box not in self.errors:
                self.add_error(box, words)
        return typed


class RaiseForm(forms.Form):
    immediate_danger = forms.TypedChoiceField(
        label="Is the child in danger now?",
        choices=[("yes", "Yes: it goes straight to the safeguarding lead, today"), ("no", "No")],
        coerce=lambda said: said == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the child is in danger now"},
    )
    about = forms.ChoiceField(
        label="What it is about", choices=list(ABOUT.items()), required=False, widget=forms.RadioSelect
    )
    with_agency = forms.ModelChoiceField(
        label="Which agency you disagree with",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Choose an agency",
    )
    what = forms.CharField(
        label="What you disagree about, and why", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    sought = forms.CharField(
        label="What you want to happen", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    safe_meanwhile = forms.CharField(
        label="What is done now to keep the child safe",
        help_text="Who sees the child, how often, and what happens if they are worried.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["with_agency"].queryset = Agency.objects.order_by("name")

    def clean(self):
        typed = super().clean()
        said = Said(
            typed.get("about") or "",
            typed.get("with_agency") is not None,
            *(typed.get(name) or "" for name in ("what", "sought", "safe_meanwhile")),
        )
        for box, words in what_is_missing(said).items():
            if box not in self.errors:
                self.add_error(box, words)
        return typed


class RespondForm(forms.Form):
    words = forms.CharField(
        label="What you answer",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you answer"},
    )


class GoUpForm(forms.Form):
    why = forms.CharField(
        label="Why it is not resolved at this stage",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is not resolved at this stage"},
    )
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)


class ResolveForm(forms.Form):
    how = forms.ChoiceField(
        label="How it was resolved",
        choices=list(HOW.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was resolved"},
    )
    words = forms.CharField(
        label="What was agreed, and what happens now",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what was agreed"},
    )


class LearnForm(forms.Form):
    words = forms.CharField(
        label="What was learnt",
        help_text="For both agencies. If nothing was, say so.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what was learnt, or that nothing was"},
    )


class PlaceForm(forms.Form):
    level = forms.ChoiceField(
        label="Which level",
        choices=[(level.value, LEVEL_NAMES[level]) for level in LEVEL_NAMES if level in ENTERED],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the level"},
    )
    post = forms.ModelChoiceField(
        label="Which post",
        queryset=Post.objects.none(),
        empty_label="Choose a post",
        error_messages={"required": "Choose the post"},
    )
    order = forms.IntegerField(
        label="In which place it is asked", initial=1, min_value=1, max_value=20,
        error_messages={"required": "Give a number: 1 is asked first"},
    )  # fmt: skip
    from_on = DayField(label="From which day", error_messages={"required": "Give the first day"})
    until_on = DayField(label="Until which day (leave empty if it goes on)", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.select_related("agency").order_by("agency__name", "title")
        self.fields["post"].label_from_instance = lambda post: f"{post.title}, {post.agency.name}"

    def clean(self):
        typed = super().clean()
        first, last = typed.get("from_on"), typed.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "The last day is not before the first")
        return typed
