"""Numbers of pupils, patients and schools: what is wrong with one is said, and the number is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs

from rowan.records.rules.identifiers import (
    UPN_LETTERS,
    fault_in_nhs_number,
    fault_in_source_id,
    fault_in_upn,
    is_temporary_upn,
    tidy_nhs_number,
    tidy_school_number,
)
from rowan.records.rules.masking import masked
from rowan.records.rules.postcodes import AREAS, fault_in_postcode, tidy_postcode


@pytest.mark.parametrize("upn", ["B801200005001", "M80120000500A"])
def test_a_pupil_number_with_the_right_check_letter_has_no_fault(upn):
    assert fault_in_upn(upn) is None


@given(st.text("0123456789", min_size=12, max_size=12))
def test_exactly_one_letter_fits_any_twelve_figures(figures):
    assert sum(fault_in_upn(letter + figures) is None for letter in UPN_LETTERS) == 1


@pytest.mark.parametrize(
    ("upn", "fault"),
    [
        ("A801200005001", "pupil number has a wrong check letter"),
        ("I801200005001", "pupil number begins with a letter never issued"),
        ("M80120000500O", "pupil number ends with a letter never issued"),
        ("X98765432123", "pupil number is not a letter, eleven figures and a figure or letter"),
    ],
)
def test_a_faulty_pupil_number_says_what_is_wrong(upn, fault):
    assert fault_in_upn(upn) == fault


def test_a_pupil_number_that_ends_in_a_letter_is_temporary():
    assert is_temporary_upn("M80120000500A")
    assert not is_temporary_upn("B801200005001")


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("9434765919", None),
        ("943476591", "NHS number has nine figures (a spreadsheet drops a leading nought)"),
        ("9.43E+09", "NHS number was rounded by a spreadsheet"),
        ("0000000000", "NHS number stands for none"),
        ("9999999999", "NHS number stands for none"),
        ("9000000015", "NHS number has a wrong check figure"),
    ],
)
def test_an_nhs_number_is_checked_and_never_dropped(number, fault):
    assert fault_in_nhs_number(number) == fault


@given(st.from_regex(r"[0-9]{10}", fullmatch=True) | st.from_regex(r"\d{10}", fullmatch=True))
def test_an_nhs_number_is_faulty_just_where_the_library_finds_it_so(number):
    named = number not in {"0000000000", "9999999999"}
    assert (fault_in_nhs_number(number) is None) == (named and nhs.is_valid(number))


def test_numbers_are_tidied_of_what_people_put_between_figures():
    assert tidy_nhs_number("943 476-5919") == "9434765919"
    assert [tidy_school_number(text) for text in ("8852001", "885/2001", "8852001.0")] == ["8852001"] * 3


def test_an_id_that_a_spreadsheet_rounded_is_marked_and_one_that_only_looks_it_is_not():
    assert fault_in_source_id("1.23E+11")
    assert fault_in_source_id("3E5") is None
    assert fault_in_source_id("000123") is None


@pytest.mark.parametrize("text", ["zq12ab", "ZQ1 2AB", " ZQ12AB ", "ZQ1  2AB"])
def test_a_postcode_is_written_one_way(text):
    assert tidy_postcode(text) == "ZQ1 2AB"


def test_a_postcode_area_must_exist_or_come_with_the_directory():
    assert fault_in_postcode("EG19 7TT") == "there is no such postcode area"
    assert fault_in_postcode("ZQ1 2AB", AREAS | {"ZQ"}) is None
    assert fault_in_postcode("Y0 2RV") == "there is no such postcode area"
    assert fault_in_postcode("nope") == "not shaped like a postcode"
    assert fault_in_postcode("ZZ99 3VZ") is None


def test_a_masked_value_shows_its_first_character_and_how_long_it_is():
    assert masked("Simpson") == "S… (6 to 10 characters)"
    assert masked("") == "(empty)"
