"""A new value of a setting, from a day on."""

from django import forms

from .forms import DayField
from .rules.settings import Setting, as_typed


class SettingForm(forms.Form):
    value = forms.CharField(label="New value", required=False)
    from_on = DayField(
        label="From which day",
        help_text="Today, or a day within a year.",
        error_messages={"required": "Say from which day"},
    )
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the setting changes"},
    )
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, setting: Setting, **more):
        super().__init__(*args, **more)
        self.setting = setting
        box = self.fields["value"]
        box.help_text = _what_it_takes(setting)
        if not isinstance(setting.default, str):
            box.widget.attrs.update({"inputmode": "decimal", "class": "govuk-input--width-5"})

    def clean_value(self):
        value = as_typed(self.setting, self.cleaned_data["value"].strip())
        if refusal := self.setting.refusal(value):
            # The page is about this setting: its dotted name says nothing to whoever reads it.
            raise forms.ValidationError(refusal.replace(f"{self.setting.name} ", "It ", 1))
        return value


def _what_it_takes(setting: Setting) -> str:
    unit = setting.unit.strip("()")
    if setting.least is not None and setting.most is not None:
        return f"{unit[:1].upper()}{unit[1:]}, from {setting.least:g} to {setting.most:g}."
    return f"{unit[:1].upper()}{unit[1:]}."
