"""A look into a licensing register is for one person or vehicle, with a reason."""

import pytest

from rowan.concerns.rules.licensing import ONE_AT_A_TIME, refusal_of_look

WHOLE = {
    "register": "drivers", "kept_by": "The city", "sought": "Driver of a silver hatchback", "why": "Two children named him",
    "found": "found", "details": "Licensed since 2024",
}  # fmt: skip


def test_a_whole_look_is_taken():
    assert refusal_of_look(**WHOLE) is None


@pytest.mark.parametrize("many", ["Taz\nJay", "AB12 CDE, FG34 HIJ", "Taz; Jay", "Taz | Jay", "a" * 121])
def test_more_than_one_is_never_looked_up_at_once(many):
    assert refusal_of_look(**WHOLE | {"sought": many}) == ONE_AT_A_TIME


@pytest.mark.parametrize("box", ["register", "kept_by", "sought", "why", "found"])
def test_who_looked_for_what_and_why_are_all_said(box):
    assert refusal_of_look(**WHOLE | {box: " "})


def test_what_was_not_found_has_no_licence():
    assert "Nothing was found" in refusal_of_look(**WHOLE | {"found": "not_found"})
    assert refusal_of_look(**WHOLE | {"found": "not_found", "details": ""}) is None
