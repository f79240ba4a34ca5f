"""An answer about two records, and why one is taken back."""

from django import forms

ANSWERS = [
    ("same", "The same person"),
    ("not_same", "Not the same person"),
    ("unsure", "I cannot tell"),
]


class PairForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Are these two records one person?",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )
    why = forms.CharField(
        label="How you know, or what you would need to know",
        help_text="In words that somebody else will understand. Both children’s workers may read them.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=400,
        error_messages={"required": "Say how you know, or what you would need to know"},
    )


class TakeBackForm(forms.Form):
    why = forms.CharField(
        label="Why it is taken back",
        help_text="From the next night on everything stands exactly as it stood before.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=400,
        error_messages={"required": "Say why it is taken back"},
    )
