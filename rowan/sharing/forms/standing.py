"""A standing decision: everything a decision says, but for what differs from child to child."""

from django import forms

from rowan.timescales.forms import DayField

from ..actions.standing import NONE_IN_FORCE, lacking_to_set_up, of_no_party, refusal_to_set_up
from ..models import Agreement, StandingKind
from ..rules.who_decides import WHOSE_NAMES, Whose
from .decision import SaysForm


class StandingForm(SaysForm):
    name = forms.CharField(label="What it is called", max_length=200, required=False)
    kind = forms.ChoiceField(
        label="What it is for", choices=StandingKind.choices, widget=forms.RadioSelect, required=False
    )
    agreement = forms.ModelChoiceField(
        label="Which agreement (not for a meeting)",
        queryset=Agreement.objects.none(),
        required=False,
        empty_label="Choose an agreement",
    )
    families_told = forms.CharField(
        label="When and how families are told",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Where a family is not told, or not yet safely, use the full form for that child.",
    )
    from_on = DayField(label="First day", required=False, help_text="For example, 3 6 2027")
    until_on = DayField(label="Last day", required=False, help_text="For a meeting, the same day")

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, by=by, sees_joint=True, shows=lambda compartment: True, **kwargs)
        self.by = by
        self.fields["agreement"].queryset = Agreement.objects.on(self.today).filter(parties=by.agency)
        self.fields["whose"].choices = [
            (whose.value, name)
            for whose, name in WHOSE_NAMES.items()
            if whose == Whose.OWN or refusal_to_set_up(by.role, whose) is None
        ]
        self.order_fields(["name", "kind", "agreement", "from_on", "until_on"])

    def clean(self):
        typed = super().clean()
        self.cleaned_data = typed
        lacks = lacking_to_set_up(
            self.said(),
            kind=typed.get("kind") or "",
            agreement=typed.get("agreement"),
            families_told=typed.get("families_told") or "",
            from_on=typed.get("from_on"),
            until_on=typed.get("until_on"),
            today=self.today,
        )
        kind, agreement = typed.get("kind") or "", typed.get("agreement")
        lacks |= of_no_party(agreement, kind, self.by.agency, typed.get("recipient_agency"))
        if kind == StandingKind.AGREEMENT and not self.fields["agreement"].queryset.exists():
            lacks["agreement"] = NONE_IN_FORCE
        if not (typed.get("name") or "").strip():
            lacks["name"] = "Give it a name"
        if not typed.get("kind"):
            lacks["kind"] = "Say whether it is for an agreement or a meeting"
            lacks.pop("agreement", None)
        for box, words in lacks.items():
            if box not in self.errors:
                self.add_error(box, words)
        return typed
