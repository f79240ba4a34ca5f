"""A date in three boxes: read, or refused in words that say which box."""

from datetime import date

import pytest
from django import forms

from rowan.timescales.forms import DayField


def read(day, month, year, required=False):
    return DayField(required=required).clean([day, month, year])


def test_a_date_is_read_with_or_without_noughts_and_spaces():
    assert read("3", "6", "2026") == date(2026, 6, 3)
    assert read(" 03 ", "06", "2026") == date(2026, 6, 3)


def test_nothing_typed_is_no_date():
    assert read("", "", "") is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("3", "", "2026"), "The date must include a month"),
        (("", "", "2026"), "The date must include a day and a month"),
        (("31", "2", "2026"), "Enter a real date"),
        (("three", "6", "2026"), "Enter a real date"),
        (("3", "6", "0"), "Enter a real date"),
        (("3", "6", "9" * 40), "Enter a real date"),
    ],
)
def test_what_is_wrong_is_said(typed, words):
    with pytest.raises(forms.ValidationError, match=words):
        read(*typed)


def test_a_date_that_must_be_given_is_asked_for():
    with pytest.raises(forms.ValidationError):
        read("", "", "", required=True)
