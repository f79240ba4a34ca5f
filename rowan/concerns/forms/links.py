"""For whom a one-time link is made."""

from django import forms

from rowan.agencies.models import Agency

from ..rules.who_raises import RAISES_NAMES


class LinkForm(forms.Form):
    agency = forms.ModelChoiceField(
        label="Which agency, if it is on this list",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Not on the list",
    )
    for_whom = forms.CharField(
        label="For whom",
        help_text="A name or a post, such as “reception at the leisure centre”",
        max_length=300,
        error_messages={"required": "Say for whom the link is"},
    )
    raises = forms.ChoiceField(
        label="What they are",
        choices=[("", "Choose one"), *((each.value, name) for each, name in RAISES_NAMES.items())],
        error_messages={"required": "Choose what they are"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.order_by("name")
