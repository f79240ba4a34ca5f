"""The boxes that these forms share."""

from django import forms


def words(label: str, hint: str = "", *, rows: int = 3, needed: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(needed),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": needed} if needed else None,
    )


def radios(label: str, choices, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(key.value if hasattr(key, "value") else key, name) for key, name in choices],
        required=False,
        widget=forms.RadioSelect,
        help_text=hint,
    )


def opened_on() -> forms.CharField:
    """What stood there when the form was opened: somebody else may write meanwhile."""
    return forms.CharField(required=False, widget=forms.HiddenInput)


class SomebodyField(forms.ModelChoiceField):
    """A practitioner, told apart by role and agency."""

    def label_from_instance(self, somebody) -> str:
        return f"{somebody.display_name}, {somebody.get_role_display().lower()}, {somebody.agency.name}"


def somebody(label: str, needed: str, hint: str = "") -> SomebodyField:
    return SomebodyField(
        label=label,
        queryset=None,
        empty_label="Choose somebody",
        help_text=hint,
        error_messages={"required": needed, "invalid_choice": needed},
    )


def say_what_is_missing(form: forms.Form, lacks: dict[str, str]) -> None:
    for box, missing in lacks.items():
        if box not in form.errors:
            form.add_error(box, missing)
