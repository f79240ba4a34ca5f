"""One photograph or document that somebody adds to what they tell."""

from django import forms

from rowan.records.uploads.kinds import EVERY_KIND, LARGEST_BYTES, MEGABYTE


class SentFileForm(forms.Form):
    file = forms.FileField(
        label="Choose a picture or document",
        widget=forms.FileInput,
        allow_empty_file=True,
        help_text=f"{EVERY_KIND}, up to {LARGEST_BYTES // MEGABYTE} MB. Where and when a photograph was taken is removed from it.",
        error_messages={
            "required": "Choose a file. If you chose one, it was too large to receive: send a smaller copy.",
            "max_length": "The name of this file is too long. Give it a shorter name.",
        },
    )
