"""A time as people type it at two in the morning."""

import pytest
from django.core.exceptions import ValidationError

from rowan.missing.forms.moments import TimeField


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("22:15", "22:15"), ("2215", "22:15"), ("10.15pm", "22:15"), ("9am", "09:00"), ("12am", "00:00"), ("12:30 pm", "12:30"), ("7", "07:00"), ("0:05", "00:05")],
)  # fmt: skip
def test_what_people_type_is_understood(typed, meant):
    assert TimeField().clean(typed).strftime("%H:%M") == meant


@pytest.mark.parametrize("typed", ["25:00", "22:75", "late", "13pm", "0am", "22:15:00", "-3"])
def test_what_is_no_time_is_said_so(typed):
    with pytest.raises(ValidationError, match="such as 22:15"):
        TimeField().clean(typed)
