"""What a person types to record an agreement, to look at it again, and to end it."""

from datetime import date

from django import forms

from rowan.agencies.models import Agency, Practitioner
from rowan.timescales.forms import DayField

from ..models import Agreement
from ..rules.agreements import Agreed, what_is_missing
from ..rules.law import Kind, to_choose_from
from ..rules.who_decides import KEEPS_AGREEMENTS


def _words(label: str, *, rows: int = 3, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AgreementForm(forms.Form):
    name = forms.CharField(label="What it is called", required=False, max_length=200)
    parties = forms.ModelMultipleChoiceField(
        label="Which agencies agreed",
        queryset=Agency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_parties = forms.CharField(label="Other bodies, in words (optional)", required=False, max_length=400)
    purpose = _words("What it is for")
    what = _words("What is shared under it, and with whom", rows=4)
    article6 = forms.ChoiceField(label="Lawful basis", required=False)
    condition = forms.ChoiceField(label="Condition for sensitive information", required=False)
    duty = forms.ChoiceField(label="Duty or power", required=False)
    document_reference = forms.CharField(
        label="Where the signed document is kept",
        help_text="A reference or a place, not the document itself",
        required=False,
        max_length=200,
    )
    from_on = DayField(label="First day", required=False, help_text="For example, 3 6 2027")
    until_on = DayField(
        label="Last day (leave empty if it has none)",
        required=False,
        help_text="After it the agreement has lapsed, and nothing more is shared under it.",
    )
    review_on = DayField(
        label="When it is looked at again", required=False, help_text="For example, 3 6 2028"
    )
    owner = forms.ModelChoiceField(
        label="Who owns it",
        help_text="They see to its review. When they are away or leave, it passes to somebody who is there.",
        queryset=Practitioner.objects.none(),
        required=False,
        empty_label="Choose somebody",
    )
    why = _words("What changed, and why")

    def __init__(
        self, *args, by, today: date, settings, replaces: Agreement | None = None, makers_agency, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.by, self.today, self.settings, self.replaces = by, today, settings, replaces
        self.makers_agency = makers_agency
        self.fields["parties"].queryset = Agency.objects.order_by("name")
        self.fields["owner"].queryset = (
            Practitioner.objects.filter(is_active=True, role__in=[role.value for role in KEEPS_AGREEMENTS])
            .select_related("agency")
            .order_by("display_name", "pk")
        )
        self.fields["owner"].label_from_instance = lambda person: (
            f"{person.display_name}, {person.agency.name}"
        )
        for box, kind in (
            ("article6", Kind.ARTICLE_6),
            ("condition", Kind.CONDITION),
            ("duty", Kind.DUTY),
        ):
            self.fields[box].choices = [
                ("", "Choose one"),
                *((law.key, law.name) for law in to_choose_from(kind, settings, today)),
            ]
        if replaces is None:
            del self.fields["why"]

    def said(self) -> Agreed:
        typed = self.cleaned_data
        known = {name: typed[name] for name in Agreed.__dataclass_fields__ if typed.get(name)}
        owner = typed.get("owner")
        known["parties"] = frozenset(agency.pk for agency in typed.get("parties") or ())
        return Agreed(**known, owners_agency=owner.agency_id if owner else None)

    def clean(self):
        typed = super().clean()
        self.cleaned_data = typed
        lacks = what_is_missing(
            self.said(),
            makers_agency=self.makers_agency,
            replaced_from=self.replaces.from_on if self.replaces else None,
            today=self.today,
            settings=self.settings,
        )
        for box, words in lacks.items():
            if box not in self.errors:
                self.add_error(box, words)
        return typed


class LookAgainForm(forms.Form):
    """Nothing changes but the day of the next review."""

    review_on = DayField(
        label="When it is looked at again next",
        help_text="For example, 3 6 2028",
        error_messages={"required": "Give the day of the next review"},
    )
    why = forms.CharField(
        label="Who looked at it, and what they found",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say who looked at it, and what they found"},
    )


class EndAgreementForm(forms.Form):
    why = forms.CharField(
        label="Why it ends",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it ends"},
    )
