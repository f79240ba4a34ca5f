"""How alike two names are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.matching.known_names import known_as
from rowan.matching.rules.names import (
    Likeness,
    first_name_likeness,
    slips_apart,
    surname_likeness,
    with_heads,
)
from rowan.records.rules.spelling import plain

title = "One name, many spellings"


def first(one, other):
    one, other = plain(one), plain(other)
    lines = known_as()
    return first_name_likeness((one,), (other,), lines.get(one, frozenset()), lines.get(other, frozenset()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("William", "Billy"),
        ("Mohammed", "Muhammad"),
        ("Aleksandra", "Ola"),
        ("Katarzyna", "Kasia"),
        ("Oluwaseun", "Seun"),
        ("Yusuf", "Yousef"),
        ("Siobhan", "Shivaun"),
        ("Georgios", "Yiorgos"),
        ("Fatima", "Faduma"),
        ("Harpreet", "Preeti"),
        ("Maxamed", "Mohammed"),
        ("Katarzyna", "Catherine"),
    ],
)
def test_short_forms_and_spellings_of_many_cultures_are_known(one, other):
    assert first(one, other) == Likeness.KNOWN_AS


def test_accents_capitals_and_hyphens_make_no_difference():
    assert plain("ŁUKASZ") == plain("Łukasz") == "lukasz"
    assert plain("Al-Ḥasan") == "al hasan"
    assert plain("O’Neil") == plain("O'NEIL") == "oneil"


@pytest.mark.parametrize(
    ("one", "other"), [("Tom", "Ben"), ("Ali", "Ala"), ("Emma", "Emily"), ("Ruby", "Rosa")]
)
def test_other_names_are_other(one, other):
    assert first(one, other) < Likeness.KNOWN_AS


def test_a_slip_of_the_keyboard_is_alike_not_the_same():
    assert first("Dungate", "Dungaet") == Likeness.ALIKE
    assert first("Marlowe", "Sutton") == Likeness.OTHER


@pytest.mark.parametrize(
    ("one", "other"), [("Temitope-Chiamaka", "Temitope"), ("Dan-Taye", "Daniel"), ("Husain Ali", "Hussain")]
)
def test_the_first_of_several_given_names_may_stand_alone(one, other):
    assert first(one, other) >= Likeness.ALIKE


@pytest.mark.parametrize(("one", "other"), [("Temitope Ade", "Temitope Chiamaka"), ("Emily Isla", "Isla")])
def test_one_given_name_of_several_is_not_enough_when_both_have_more_or_it_is_not_the_first(one, other):
    assert first(one, other) == Likeness.OTHER


def test_a_name_that_brothers_share_is_not_taken_for_the_whole():
    assert with_heads(("temitope ade",)) == ("temitope ade", "temitope")
    assert with_heads(("muhammad junaid", "jo ann")) == ("muhammad junaid", "jo ann")


@pytest.mark.parametrize(("one", "other"), [("Zeeshan", "Zishan"), ("Mihir", "Meehir"), ("Nahid", "Naheed")])
def test_one_name_written_by_two_languages_is_alike(one, other):
    assert first(one, other) == Likeness.ALIKE


@pytest.mark.parametrize(("one", "other"), [("Rory", "Rhea"), ("Sami", "Sumaya")])
def test_two_consonants_alone_make_no_name_alike(one, other):
    assert first(one, other) == Likeness.OTHER


def test_half_of_a_double_barrelled_surname_is_a_form_of_it():
    assert surname_likeness(("clarke sedcliffe",), ("clarke",)) == Likeness.KNOWN_AS
    assert surname_likeness(("al hassan",), ("al rashid",)) == Likeness.OTHER


def test_a_name_not_given_says_nothing():
    assert first_name_likeness((), ("mia",), frozenset(), frozenset()) == Likeness.UNKNOWN


NAMES = st.text("abcd", max_size=6)


def slow_distance(one, other):
    """Slips between two words, by the definition."""
    if not one or not other:
        return len(one) + len(other)
    ways = [slow_distance(one[1:], other) + 1, slow_distance(one, other[1:]) + 1]
    ways.append(slow_distance(one[1:], other[1:]) + (one[0] != other[0]))
    if len(one) > 1 and len(other) > 1 and one[:2] == other[1::-1]:
        ways.append(slow_distance(one[2:], other[2:]) + 1)
    return min(ways)


@given(NAMES, NAMES, st.integers(0, 3))
def test_slips_are_counted_as_the_slow_definition_counts_them(one, other, most):
    assert slips_apart(one, other, most) == (slow_distance(one, other) <= most)


@given(st.sampled_from(["mo", "muhammad", "mia", "amelia", "jo", "joseph", "li"]), NAMES)
def test_likeness_is_the_same_both_ways(one, other):
    assert first(one, other) == first(other, one)
