"""How a reader narrows a child's timeline, who has looked at her, or the trail; a document; the answer to a question about looks."""

import re

from django import forms

from rowan.agencies.models import Practitioner
from rowan.chronology.models import Compartment
from rowan.records.uploads.kinds import EVERY_KIND, LARGEST_BYTES, MEGABYTE
from rowan.timescales.forms import DayField

from .rules.acts import ACT_NAMES, refusal_of_days
from .rules.answers import ANSWER_NAMES, refusal_of_words
from .rules.looks import LOOK_NAMES, Look
from .whole_trail import BY_NAMES, REFUSED


class TimelineForm(forms.Form):
    agency = forms.ChoiceField(label="Agency", required=False)
    kind = forms.ChoiceField(label="What happened", required=False)
    on = DayField(label="Start from a date and go back", required=False, help_text="For example, 3 6 2026")

    def __init__(self, *args, agencies, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Every agency"), *agencies]
        self.fields["kind"].choices = [("", "Everything"), *kinds]


class DocumentForm(forms.Form):
    """A document for a child's record, and the part of the record it belongs to."""

    compartment = forms.ChoiceField(label="What is it about?", widget=forms.RadioSelect)
    file = forms.FileField(
        label="Choose a file",
        widget=forms.FileInput,
        allow_empty_file=True,
        help_text=f"{EVERY_KIND}, up to {LARGEST_BYTES // MEGABYTE} MB. Where and when a photograph was taken is removed from it.",
        error_messages={"required": "Choose a file. If you chose one, it was too large to receive."},
    )

    def __init__(self, *args, seen, agency: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["compartment"].choices = [
            (each.value, each.label)
            for each in Compartment
            if each is not Compartment.CONTACTS and seen.tells(agency, each.value)
        ]


class WhoLookedForm(forms.Form):
    """How a reader narrows who has looked. What is not among the choices narrows nothing."""

    who = forms.ChoiceField(label="Person", required=False)
    agency = forms.ChoiceField(label="Agency", required=False)
    kind = forms.ChoiceField(label="Kind of look", required=False)

    def __init__(self, *args, lookers, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        names = {each.who: f"{each.name}, {each.where}" if each.where else each.name for each in lookers}
        self.fields["who"].choices = [("", "Everybody"), *names.items()]
        self.fields["agency"].choices = [("", "Every agency"), *agencies]
        self.fields["kind"].choices = [
            ("", "Every kind"),
            *((each.value, LOOK_NAMES[each]) for each in Look),
        ]

    def asked(self) -> dict[str, str]:
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class TrailForm(forms.Form):
    """How information governance narrows what was done that is about no child."""

    act = forms.ChoiceField(
        label="What was done",
        required=False,
        choices=[("", "Everything"), *ACT_NAMES.items(), (REFUSED, "Refused, whatever it was")],
    )
    by_kind = forms.ChoiceField(label="By", required=False, choices=[("", "Anybody"), *BY_NAMES.items()])
    practitioner = forms.CharField(
        label="One person’s username or whole name",
        help_text="As it stands under Accounts. Leave empty for everybody.",
        required=False,
        max_length=200,
    )
    from_on = DayField(label="First day", required=False, help_text="For example, 3 6 2026")
    until_on = DayField(label="Last day", required=False, help_text="For example, 17 6 2026")

    @classmethod
    def is_asked(cls, params) -> bool:
        return any(name.startswith(tuple(cls.base_fields)) for name in params)

    def clean_practitioner(self) -> Practitioner | None:
        typed = self.cleaned_data["practitioner"].strip()
        if not typed:
            return None
        by_username = Practitioner.objects.filter(username=typed).first()
        found = [by_username] if by_username else Practitioner.objects.filter(display_name__iexact=typed)[:2]
        if len(found) > 1:
            raise forms.ValidationError("Several people have this name: enter a username")
        if not found:
            raise forms.ValidationError("Nobody has this username or name")
        return found[0]

    def clean(self):
        said = super().clean()
        if refusal := refusal_of_days(said.get("from_on"), said.get("until_on")):
            self.add_error("until_on" if said.get("until_on") else "from_on", refusal)
        return said

    def asked(self) -> dict:
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class RecordNumberForm(forms.Form):
    """A child's record by its number: whoever reads the trail sees no name to look for."""

    number = forms.CharField(
        label="Record number",
        help_text="It stands on the page of who has looked, and at the end of the address of a child’s page.",
        max_length=32,
        error_messages={"required": "Enter a record number"},
    )

    def clean_number(self):
        number = self.cleaned_data["number"].strip()
        if not re.fullmatch(r"[0-9a-zA-Z]{1,32}", number):
            raise forms.ValidationError("A record number has up to 32 letters and digits, and nothing else")
        return number


class LooksAnswerForm(forms.Form):
    kind = forms.ChoiceField(
        label="How is it answered?",
        choices=list(ANSWER_NAMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is answered"},
    )
    words = forms.CharField(
        label="How you know, what was looked into, or whom you told",
        help_text="In a few words that somebody else will understand. Leave out what the child’s record says.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Say how you know, what was looked into, or whom you told"},
    )

    def clean_words(self):
        if refused := refusal_of_words(self.cleaned_data["words"]):
            raise forms.ValidationError(refused)
        return self.cleaned_data["words"]
