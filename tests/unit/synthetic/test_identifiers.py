"""Numbers of the invented county: right by their own rules, and nobody's."""

from hypothesis import given
from hypothesis import strategies as st

from rowan.synthetic.identifiers import (
    UPN_LETTERS,
    Counters,
    nhs_check_digit,
    upn,
    upn_check_letter,
    with_wrong_check_letter,
)


def test_the_check_letter_is_that_of_two_published_numbers():
    assert upn_check_letter("801200005001") == "B"
    assert upn_check_letter("80120000500A") == "M"


@given(st.integers(0, 9999), st.integers(2000, 2099), st.integers(0, 5000), st.booleans())
def test_a_pupil_number_has_thirteen_signs_and_ends_in_a_letter_when_temporary(
    school, year, serial, temporary
):
    number = upn("899", f"{school:04d}", year, serial, temporary)
    assert len(number) == 13
    assert number[0] == upn_check_letter(number[1:])
    assert number[-1].isalpha() is temporary
    assert not set(number) & set("IOS")


def test_a_wrong_check_letter_is_a_letter_and_wrong():
    number = upn("899", "2000", 2015, 7)
    wrong = with_wrong_check_letter(number)
    assert wrong[0] in UPN_LETTERS
    assert wrong[0] != upn_check_letter(wrong[1:])


def test_nhs_numbers_come_from_the_range_never_issued_and_pass_their_check():
    counters = Counters(seed=4)
    numbers = [counters.nhs_number() for _ in range(5000)]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("999") and len(number) == 10 for number in numbers)
    assert all(nhs_check_digit(number[:9]) == int(number[9]) for number in numbers)


def test_the_councils_numbers_are_given_once():
    counters = Counters(seed=4)
    numbers = [counters.council_child() for _ in range(20_000)]
    assert len(set(numbers)) == len(numbers)
