"""A new value of a setting, from a day on."""

from django import forms

from .declared import may_be_tried
from .dry_runs import refusal_to_change_untried
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
    untried = forms.BooleanField(
        label="Change it though nobody tried this value on the past year", required=False
    )
    opened_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, setting: Setting, **more):
        super().__init__(*args, **more)
        self.setting = setting
        _asks_for(setting, self.fields["value"])
        if not self.is_bound or not may_be_tried(setting.name):
            # Asked only of whoever sends a value that nobody tried.
            del self.fields["untried"]

    def clean_value(self):
        return _taken(self.setting, self.cleaned_data["value"])

    def clean(self):
        sent = super().clean()
        untried = sent.pop("untried", False)
        if "value" in sent and (
            refusal := refusal_to_change_untried(self.setting.name, sent["value"], untried)
        ):
            self.add_error("untried", refusal)
        return sent


class TryForm(forms.Form):
    """A value to try on the past year."""

    value = forms.CharField(label="Value to try", required=False)

    def __init__(self, *args, setting: Setting, **more):
        super().__init__(*args, **more)
        self.setting = setting
        _asks_for(setting, self.fields["value"])

    def clean_value(self):
        return _taken(self.setting, self.cleaned_data["value"])


def _asks_for(setting: Setting, box: forms.Field) -> None:
    box.help_text = _what_it_takes(setting)
    if not isinstance(setting.default, str):
        box.widget.attrs.update({"inputmode": "decimal", "class": "govuk-input--width-5"})


def _taken(setting: Setting, typed: str):
    value = as_typed(setting, typed.strip())
    if refusal := setting.refusal(value):
        # The page is about this setting: its dotted name says nothing to whoever reads it.
        raise forms.ValidationError(refusal.replace(f"{setting.name} ", "It ", 1))
    return value


def _what_it_takes(setting: Setting) -> str:
    unit = setting.unit.strip("()")
    if setting.least is not None and setting.most is not None:
        return f"{unit[:1].upper()}{unit[1:]}, from {setting.least:g} to {setting.most:g}."
    return f"{unit[:1].upper()}{unit[1:]}."
