"""A date as people type it: day, month, year in three boxes (GOV.UK date input); and an absence."""

from datetime import date

from django import forms

from rowan.agencies.models import Half, Practitioner
from rowan.agencies.rules.absences import refusal_of_absence


class DayMonthYear(forms.MultiWidget):
    template_name = "django/forms/widgets/day_month_year.html"
    use_fieldset = True
    parts = [("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4)]

    def __init__(self, attrs=None):
        super().__init__(
            {
                name: forms.TextInput(attrs={"inputmode": "numeric", "class": f"govuk-input--width-{width}"})
                for name, _, width in self.parts
            },
            attrs,
        )

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        # The group's error and hint belong to the fieldset; each box keeps its own label.
        for part, (_, label, width) in zip(context["widget"]["subwidgets"], self.parts, strict=True):
            part["label"] = label
            part["attrs"]["class"] = f"govuk-date-input__input govuk-input--width-{width}"
        return context


class DayField(forms.MultiValueField):
    """Says which part is missing instead of "enter a valid date"."""

    widget = DayMonthYear

    def __init__(self, **options):
        parts = [forms.CharField(required=False) for _ in DayMonthYear.parts]
        super().__init__(parts, require_all_fields=False, **options)

    def compress(self, values):
        typed = [(value or "").strip() for value in values] or ["", "", ""]
        if not any(typed):
            return None
        missing = [
            label.lower() for (_, label, _), value in zip(DayMonthYear.parts, typed, strict=True) if not value
        ]
        if missing:
            raise forms.ValidationError(f"The date must include a {' and a '.join(missing)}")
        try:
            day, month, year = (int(value) for value in typed)
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise forms.ValidationError("Enter a real date, such as 3 6 2026") from None


class AbsenceForm(forms.Form):
    """Whose absence, from when until when, and who stands in. It does not ask why."""

    practitioner = forms.ModelChoiceField(
        label="Who is away", queryset=Practitioner.objects.none(), empty_label=None
    )
    from_on = DayField(
        label="First day away",
        help_text="For example, 3 6 2026",
        error_messages={"required": "Enter the first day away"},
    )
    until_on = DayField(
        label="Last day away (leave empty if nobody knows yet)",
        required=False,
        help_text="For example, 17 6 2026",
    )
    half = forms.ChoiceField(
        label="How much of the day",
        choices=[("", "The whole day, or several days"), *Half.choices],
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )
    stands_in = forms.ModelChoiceField(
        label="Who stands in (optional)",
        queryset=Practitioner.objects.none(),
        required=False,
        empty_label="Nobody in particular: the posts’ order holds",
        help_text="Somebody of the same agency. They are asked first.",
    )

    def __init__(self, *args, whose, colleagues, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["practitioner"].queryset = whose
        self.fields["stands_in"].queryset = colleagues

    def clean(self):
        typed = super().clean()
        if self.errors or "from_on" not in typed:
            return typed
        from_on, until_on, half = typed["from_on"], typed.get("until_on"), typed.get("half", "")
        stands_in = typed.get("stands_in")
        if half and until_on is None:
            typed["until_on"] = until_on = from_on
        refusal = refusal_of_absence(
            from_on=from_on,
            until_on=until_on,
            half=half,
            stands_in_for_oneself=bool(stands_in and stands_in == typed["practitioner"]),
            today=self.today,
        )
        if refusal:
            self.add_error("stands_in" if "stand in" in refusal else "from_on", refusal)
        return typed
