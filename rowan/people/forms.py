"""What a person types about safe contact."""

from django import forms

from rowan.timescales.forms import DayField

from .rules.safe_contact import FLAG_NAMES, Flag, refusal_of_flag


class SafeContactForm(forms.Form):
    flag = forms.ChoiceField(
        label="What must be heeded?",
        choices=[(flag.value, name) for flag, name in FLAG_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what must be heeded"},
    )
    words = forms.CharField(
        label="In words",
        help_text="For example, the language, the name, or who is trusted and how to reach them",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    said_by = forms.CharField(
        label="Who said so", max_length=200, error_messages={"required": "Say who said so"}
    )
    said_on = DayField(
        label="When they said it",
        help_text="For example, 3 6 2026",
        error_messages={"required": "Enter the date"},
    )
    # Which flags stood when the form was opened: somebody else may say another name or language meanwhile.
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        typed = super().clean()
        flag = typed.get("flag")
        if flag and (refused := refusal_of_flag(Flag(flag), typed.get("words", ""), "x")):
            self.add_error("words", refused)
        if typed.get("said_on") and typed["said_on"] > self.today:
            self.add_error("said_on", "The date must be today or earlier")
        return typed


class EndForm(forms.Form):
    why = forms.CharField(
        label="Why it no longer holds",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )
