"""From where on a pattern of looks is worth a question, and how the question is put."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from rowan.single_view.rules import patterns
from rowan.single_view.rules.answers import refusal_of_words, refusal_to_read, whom_to_ask
from rowan.single_view.rules.patterns import ASKS, Pattern, Staff
from rowan.single_view.rules.settings import SETTINGS

VALUES = {setting.name: setting.default for setting in SETTINGS}
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("staff", "surname", "shared"),
    [
        ("Joan Eccles", "Eccles", True),
        ("Dr Joan Eccles", "ECCLES", True),
        ("Joan Smith-Jones", "Jones", True),
        ("Joan Jones", "Smith-Jones", True),
        ("Rhys O’Neil", "ONeil", True),
        ("Zoë Łukasz", "Lukasz", True),
        ("Sam James Hughes", "James", False),  # a second forename is no family name
        ("Joan Eccles", "Eccleston", False),
        ("Joan Eccles", "", False),
        ("", "Eccles", False),
    ],
)
def test_a_surname_is_shared_whole_or_by_half_of_a_double_barrelled_one(staff, surname, shared):
    assert patterns.shares_surname(Staff.named(staff), surname) is shared


def test_ones_own_name_is_first_name_and_surname_both():
    joan = Staff.named("Joan Eccles")
    assert patterns.is_own_name(joan, "Joan Mary", "Eccles")
    assert not patterns.is_own_name(joan, "Mary Joan", "Eccles")
    assert not patterns.is_own_name(joan, "Joan", "Larkfield")
    assert not patterns.is_own_name(Staff.named("Eccles"), "", "Eccles")


def test_a_common_surname_asks_only_without_a_part_and_says_that_it_is_common():
    common, rare = 25, 24
    assert patterns.asks_about_surname(rare, ["part"], VALUES)
    assert not patterns.asks_about_surname(common, ["part"], VALUES)
    assert patterns.asks_about_surname(common, ["part", "emergency"], VALUES)
    said = patterns.explain(Pattern.SURNAME, patterns.surname_figures(common, VALUES), VALUES)
    assert "It is a common surname here: 25 children known to the hub bear it." in said
    alone = patterns.explain(Pattern.SURNAME, patterns.surname_figures(1, VALUES), VALUES)
    assert "One child known to the hub bears it." in alone
    before = patterns.explain(Pattern.SURNAME, patterns.surname_figures(0, VALUES), VALUES)
    assert "by a name the hub does not call her by today" in before


def test_children_of_one_postcode_ask_from_three_in_two_homes_and_no_postcode_is_told():
    one_home = [("ZQ1 2AB", "3 Row", child) for child in "abc"]
    assert patterns.neighbours(one_home, VALUES) == []
    two_homes = [*one_home[:2], ("zq1 2ab", "5 Row", "c"), ("ZQ9 9ZZ", "1 Lane", "d")]
    assert patterns.neighbours(two_homes, VALUES) == [({"children": 3, "homes": 2}, {"a", "b", "c"})]
    assert patterns.neighbours([("", "x", child) for child in "abc"], VALUES) == []


@pytest.mark.parametrize(
    ("local", "out"),
    [
        (datetime(2026, 11, 23, 6, 59), True),  # a Monday
        (datetime(2026, 11, 23, 7, 0), False),
        (datetime(2026, 11, 23, 19, 59), False),
        (datetime(2026, 11, 23, 20, 0), True),
        (datetime(2026, 11, 22, 12, 0), True),
        (datetime(2026, 12, 25, 12, 0), True),
    ],
)
def test_out_of_hours_is_before_seven_from_eight_and_on_days_off(local, out):
    assert patterns.is_out_of_hours(local.replace(tzinfo=LONDON), VALUES) is out


def test_breadth_is_held_against_the_middle_of_the_others_in_the_role():
    assert patterns.breadth(39, [1, 1, 1], VALUES) is None
    assert patterns.breadth(40, [2, 13, 90], VALUES) == {"children": 40, "usual": 13, "others": 3}
    assert patterns.breadth(40, [2, 14, 90], VALUES) is None


def test_with_too_few_others_nothing_is_called_usual_and_it_says_so():
    figures = patterns.breadth(40, [100], VALUES)
    assert figures == {"children": 40, "usual": None, "others": 1}
    assert "too few others in their role (1)" in patterns.explain(Pattern.BREADTH, figures, VALUES)


def test_hours_are_held_against_the_role_too():
    assert patterns.hours(3, [0, 0, 0], VALUES) is None
    assert patterns.hours(4, [0, 1, 2], VALUES)
    assert patterns.hours(4, [4, 5, 2], VALUES) is None, "a role that works nights is not asked about nights"


@pytest.mark.parametrize("others", [[], [0, 0, 0], [3, 9, 14], [100, 2, 2, 2]])
def test_more_of_the_same_never_takes_a_question_back(others):
    asked = [bool(patterns.breadth(children, others, VALUES)) for children in range(200)]
    assert asked == sorted(asked) and asked[-1]


FIGURES = {
    Pattern.OWN_NAME: {},
    Pattern.SURNAME: {"bearers": 3, "common": False},
    Pattern.NEIGHBOURS: {"children": 3, "homes": 2},
    Pattern.HOURS: {"days": 5, "usual": 1, "others": 4},
    Pattern.BREADTH: {"children": 60, "usual": 9.5, "others": 4},
    Pattern.REFUSED: {"records": 9},
}


@pytest.mark.parametrize("pattern", Pattern)
def test_each_pattern_asks_with_the_settings_it_names_accuses_nobody_and_says_what_it_does_not_know(pattern):
    used = {name: VALUES[name] for name in ASKS[pattern].settings}
    said = " ".join(
        [patterns.explain(pattern, FIGURES[pattern], used), ASKS[pattern].title, ASKS[pattern].ordinary]
    ).lower()
    for word in ("suspicio", "misuse", "breach", "abus", "score", "risk", "snoop", "illegal"):
        assert word not in said
    assert ASKS[pattern].does_not_know.startswith("Rowan ")


def test_it_goes_to_the_officer_with_fewest_then_up_the_chain_and_never_to_its_subject():
    assert whom_to_ask([1, 2], [9], never={3}, load={1: 4, 2: 1}) == 2
    assert whom_to_ask([1], [9], never={1}, load={}) == 9
    assert whom_to_ask([1], [1, 9], never={1}, load={}) == 9
    assert whom_to_ask([1], [1], never={1}, load={}) is None


def test_to_its_subject_and_to_whoever_is_kept_out_it_looks_as_if_there_were_none():
    def refusal(**what):
        asks = {
            "there": True,
            "about_them": False,
            "kept_out": False,
            "is_governance": True,
            "is_asked": False,
        }
        return refusal_to_read(**{**asks, **what})

    assert refusal() is None
    assert refusal(is_governance=False, is_asked=True) is None
    assert refusal(about_them=True) == refusal(kept_out=True) == refusal(there=False)
    assert refusal(is_governance=False) == refusal(is_governance=False, there=False) != refusal(there=False)


def test_a_word_is_no_answer():
    assert refusal_of_words("Fine")
    assert refusal_of_words("She is the duty officer") is None
