"""A time as people type it at two in the morning."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from rowan.missing.forms.moments import TimeField


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("22:15", time(22, 15)), ("2215", time(22, 15)), ("10.15pm", time(22, 15)), ("9am", time(9)), ("12am", time(0)), ("12:30 pm", time(12, 30)), ("7", time(7)), ("0:05", time(0, 5))],
    ids=str,
)  # fmt: skip
def test_what_people_type_is_understood(typed, meant):
    assert TimeField().clean(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "22:75", "late", "13pm", "0am", "22:15:00", "-3"])
def test_what_is_no_time_is_said_so(typed):
    with pytest.raises(ValidationError, match="such as 22:15"):
        TimeField().clean(typed)
