"""What an answer must say, and what it sets going."""

from datetime import date, timedelta

import pytest

from rowan.questions.rules.answers import (
    Act,
    act_due_on,
    act_owed,
    refusal_of_strategy_answer,
    refusal_to_take,
)
from rowan.questions.rules.signs_of_harm import came_with_a_first_file, sign_due_on

TODAY = date(2026, 6, 5)  # a Friday


def refusal(kind, **said):
    given = {
        "text": "",
        "how_known": "",
        "asks_an_agency": False,
        "look_again_on": None,
        "today": TODAY,
    } | said
    return refusal_to_take(kind, **given)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("concern", {}),
        ("strategy", {}),
        ("in_plan", {"text": "The plan of 3 May"}),
        ("explained", {"text": "At her grandmother's", "how_known": "Her mother rang"}),
        ("look_again", {"asks_an_agency": True, "look_again_on": TODAY + timedelta(days=7)}),
    ],
)
def test_a_whole_answer_is_taken(kind, said):
    assert refusal(kind, **said) is None


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("", {}, "Choose"),
        ("in_plan", {"text": " "}, "which plan"),
        ("explained", {"text": "At her grandmother's"}, "how you know"),
        ("look_again", {"look_again_on": TODAY + timedelta(days=7)}, "which agency"),
        ("look_again", {"asks_an_agency": True}, "date after today"),
        ("look_again", {"asks_an_agency": True, "look_again_on": TODAY}, "date after today"),
        (
            "look_again",
            {"asks_an_agency": True, "look_again_on": TODAY + timedelta(days=91)},
            "within 90 days",
        ),
    ],
)
def test_an_answer_that_lacks_something_says_what(kind, said, words):
    assert words in refusal(kind, **said)


def test_a_strategy_discussion_is_owed_the_same_day_and_a_concern_by_the_next_working_day():
    assert act_owed("strategy") == Act.STRATEGY_DISCUSSION
    assert act_due_on(Act.STRATEGY_DISCUSSION, today=TODAY, look_again_on=None) == TODAY
    assert act_due_on(act_owed("concern"), today=TODAY, look_again_on=None) == date(2026, 6, 8)
    assert act_due_on(act_owed("look_again"), today=TODAY, look_again_on=date(2026, 6, 20)) == date(
        2026, 6, 20
    )
    assert act_owed("explained") is None and act_owed("in_plan") is None


def test_a_strategy_answer_needs_a_reason_and_a_manager():
    assert refusal_of_strategy_answer(reason="", manager="A. Manager")
    assert refusal_of_strategy_answer(reason="Enquiry began on 2 June", manager=" ")
    assert refusal_of_strategy_answer(reason="Enquiry began on 2 June", manager="A. Manager") is None


def test_a_sign_of_harm_is_due_the_day_it_reaches_rowan_even_on_a_sunday():
    assert sign_due_on(date(2026, 6, 7), old=False, old_due_working_days=10) == date(2026, 6, 7)


def test_old_signs_of_a_first_file_come_as_a_list_due_in_ten_working_days():
    first = date(2026, 6, 5)
    old = {"known_on": first, "feed_began_on": first, "window_days": 28}
    assert came_with_a_first_file(happened_on=date(2026, 3, 1), **old)
    assert not came_with_a_first_file(happened_on=date(2026, 5, 20), **old)
    assert not came_with_a_first_file(
        happened_on=date(2026, 3, 1), known_on=first, feed_began_on=date(2026, 1, 1), window_days=28
    )
    assert sign_due_on(first, old=True, old_due_working_days=10) == date(2026, 6, 19)
