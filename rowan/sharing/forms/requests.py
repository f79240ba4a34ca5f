"""What a person types to ask an agency, and to say what came of it."""

from datetime import date

from django import forms

from rowan.agencies.models import Agency
from rowan.timescales.forms import DayField

from ..rules.deciding import PURPOSES
from ..rules.law import Kind, to_choose_from
from ..rules.requests import GROUNDS, Asked, what_is_missing_to_ask


class AskForm(forms.Form):
    asked_agency = forms.ModelChoiceField(
        label="Which agency to ask",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Choose an agency",
    )
    asked_person = forms.CharField(label="Which person there (optional)", required=False, max_length=200)
    what = forms.CharField(
        label="What you ask for",
        help_text="Name what you need, for which dates. Ask for no more.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    purpose = forms.ChoiceField(
        label="What it is for", required=False, choices=[("", "Choose one"), *PURPOSES.items()]
    )
    purpose_words = forms.CharField(
        label="What it is for, in your words (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    article6 = forms.ChoiceField(label="Lawful basis", required=False)
    duty = forms.ChoiceField(label="Duty or power", required=False)
    due_on = DayField(label="When you need the answer", required=False)

    def __init__(self, *args, today: date, settings, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.settings = today, settings
        self.fields["asked_agency"].queryset = Agency.objects.order_by("name")
        for box, kind in (("article6", Kind.ARTICLE_6), ("duty", Kind.DUTY)):
            self.fields[box].choices = [
                ("", "Choose one"),
                *((law.key, law.name) for law in to_choose_from(kind, settings, today)),
            ]

    def clean(self):
        typed = super().clean()
        asked = Asked(
            typed.get("asked_agency") is not None,
            *(typed.get(name) or "" for name in ("what", "purpose", "purpose_words", "article6", "duty")),
            due_on=typed.get("due_on"),
        )
        for box, words in what_is_missing_to_ask(asked, today=self.today, settings=self.settings).items():
            if box not in self.errors:
                self.add_error(box, words)
        return typed


class AnswerRequestForm(forms.Form):
    words = forms.CharField(
        label="What they answered",
        help_text="In short, and where the answer itself is kept. When your own agency answers, record a decision to share as well.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what they answered"},
    )


class RefuseRequestForm(forms.Form):
    ground = forms.ChoiceField(
        label="On what ground",
        choices=GROUNDS.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the ground"},
    )
    words = forms.CharField(
        label="What they said",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, in their words"},
    )


class WithdrawRequestForm(forms.Form):
    words = forms.CharField(
        label="Why it is withdrawn",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is withdrawn"},
    )
