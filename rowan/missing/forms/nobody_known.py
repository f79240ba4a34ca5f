"""Saying which child it is whom nobody knew, and whether a report of the same child is the same absence."""

from django import forms

from rowan.concerns.forms.protections import ResolveForm

from ..one_absence import ASKS, GONE, HEARD, ONE, TWO


class WhoForm(ResolveForm):
    """Asked only where the child is reported missing already."""

    one_absence = forms.ChoiceField(
        label="Is it one absence?",
        required=False,
        choices=[
            (ONE, "Yes, one absence: one clock and one line on the board, with everything that both say"),
            (TWO, "No, two absences: each keeps its own clock"),
        ],
        widget=forms.RadioSelect,
    )

    def asked_of(self, other) -> None:
        self.with_other = other is not None
        if other is None:
            self.fields["one_absence"].widget = forms.HiddenInput()

    def field_of(self, reason: str) -> str | None:
        if reason in {ASKS, GONE, HEARD}:
            return "one_absence" if self.with_other else None
        return super().field_of(reason)
