"""A date as people type it: day, month, year in three boxes (GOV.UK date input)."""

from datetime import date

from django import forms


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
