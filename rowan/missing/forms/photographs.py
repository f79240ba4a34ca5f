"""One photograph for the “if missing” sheet."""

from django import forms

from rowan.records.uploads.kinds import LARGEST_BYTES, MEGABYTE


class PhotographForm(forms.Form):
    file = forms.FileField(
        label="Choose a photograph",
        widget=forms.FileInput,
        allow_empty_file=True,
        help_text=f"JPEG or PNG, up to {LARGEST_BYTES // MEGABYTE} MB. The face, as the child looks now, and nobody else in it. Where and when it was taken is removed.",
        error_messages={
            "required": "Choose a photograph. If you chose one, it was too large to receive: send a smaller copy.",
            "max_length": "The name of this file is too long. Give it a shorter name.",
        },
    )
