"""Boxes in which words of sexual health are asked about before they are sent, as in the form of a concern; that a pregnancy ends is refused outside health."""

from django import forms

from ..rules.kept_in_health import refusal_of_words_kept_in_health, what_to_think_of


class AsksAboutWordsOfHealth(forms.Form):
    """Asked once, beside the box: pressed again, it is sent as it was written. `in_health`: whoever writes it is a health professional."""

    thought_of = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
    in_health = False
    BOXES: tuple[str, ...] = ()

    def clean(self):
        typed = super().clean()
        has_thought = bool(typed.pop("thought_of", ""))
        for box in self.BOXES:
            words = typed.get(box) or ""
            refusal = None if self.in_health else refusal_of_words_kept_in_health(words)
            if refusal:
                self.add_error(box, refusal)
            elif not has_thought and (notes := what_to_think_of(words)):
                self.add_error(box, " ".join(notes))
                self.data = self.data.copy()
                self.data[self.add_prefix("thought_of")] = "yes"
        return typed
