"""What a person types about a child's or a family's answer to a service. The one form that asks for consent, and to nothing but a service."""

from datetime import date

from django import forms

from rowan.timescales.forms import DayField

from ..rules.service_consents import (
    ASKED_NAMES,
    SAID_NAMES,
    UNDER_13,
    UNDERSTANDS,
    Answer,
    Asked,
    what_is_missing,
)


def _words(label: str, hint: str = "", rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _radios(label: str, choices, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.RadioSelect, help_text=hint
    )


class ServiceConsentForm(forms.Form):
    service = forms.CharField(
        label="Which service",
        help_text="For example, a mentor from Alder Mentoring",
        required=False,
        max_length=200,
    )
    compartment = _radios("What kind of service", [])
    what_for = _words("What the service is for")
    said = _radios("What was the answer?", [(said.value, name) for said, name in SAID_NAMES.items()])
    asked = _radios(
        "Who was asked?",
        [(asked.value, name) for asked, name in ASKED_NAMES.items() if asked is not Asked.NOBODY],
        "Leave empty if nobody was asked.",
    )
    asked_words = forms.CharField(
        label="Which parent or carer (if one was asked)", required=False, max_length=200
    )
    childs_view = _words("What the child thinks of it, in her or his words", "Or why that is not known.")
    understands = _radios(
        "Does the child understand the service, and what agreeing means?", UNDERSTANDS.items()
    )
    under_13 = _radios("Is the child under 13?", UNDER_13.items())
    why = _words("Why nobody was asked, or anything else about the answer (optional)")
    on = DayField(label="When it was said", required=False, help_text="For example, 3 6 2027")

    def __init__(self, *args, kinds, before: str, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.before, self.today = before, today
        self.fields["compartment"].choices = kinds

    def answer(self) -> Answer:
        typed = self.cleaned_data
        return Answer(**{name: typed[name] for name in Answer.__dataclass_fields__ if typed.get(name)})

    def clean(self):
        typed = super().clean()
        self.cleaned_data = typed
        for box, words in what_is_missing(self.answer(), before=self.before, today=self.today).items():
            if box not in self.errors:
                self.add_error(box, words)
        return typed
