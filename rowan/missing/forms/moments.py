"""A moment as people type it: the day in three boxes, the time in one. Which of them is wrong is said beside it."""

import re
from datetime import date, datetime, time

from django import forms
from django.utils import timezone

from rowan.timescales.forms import DayField

TIME = re.compile(r"^\s*(\d{1,2})[:.\s]?(\d{2})?\s*(am|pm)?\s*$", re.IGNORECASE)


class TimeField(forms.CharField):
    """22:15, 2215, 10.15pm or 9am."""

    def clean(self, value) -> time | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = TIME.match(typed)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        half = (found[3] or "").lower() if found else ""
        if half:
            hour = 99 if hour > 12 or hour == 0 else hour % 12 + (12 if half == "pm" else 0)
        if hour > 23 or minute > 59:
            raise forms.ValidationError("Enter a time, such as 22:15")
        return time(hour, minute)


class MomentForm(forms.Form):
    """`at` is what its two boxes come to. A later form names what it asks in `day_label` and `time_label`."""

    at_on = DayField(label="", help_text="For example, 3 6 2026")
    at_time = TimeField(
        label="",
        help_text="For example, 22:15. As near as anybody knows.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    asks = "it happened"

    def __init__(self, *args, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["at_on"].label = f"Which day {self.asks}"
        self.fields["at_time"].label = f"What time {self.asks}"
        self.fields["at_on"].error_messages["required"] = f"Enter the day {self.asks}"
        self.fields["at_time"].error_messages["required"] = f"Enter the time {self.asks}"
        self.fields["at_on"].initial = timezone.localdate(now)

    def clean(self):
        typed = super().clean()
        on, at = typed.get("at_on"), typed.get("at_time")
        if isinstance(on, date) and isinstance(at, time):
            typed["at"] = timezone.make_aware(datetime.combine(on, at))
            if typed["at"] > self.now:
                self.add_error("at_time", "That moment has not come yet. Say when it happened")
        return typed
