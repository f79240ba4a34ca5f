"""Same, not same or unsure: what two records say about each other."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from rowan.matching.rules.birth_dates import BirthLikeness
from rowan.matching.rules.identity import READ
from rowan.matching.rules.judgement import (
    Compared,
    Home,
    Verdict,
    compare,
    contradict,
    in_words,
    judge,
    without_homes,
)
from rowan.matching.rules.names import Likeness
from rowan.matching.weighing import weighed_columns
from tests.people_to_match import BORN, NHS, OTHER_NHS, OTHER_UPN, UPN, person

title = "When two records are one child"

STRONG, WEAK = 25.0, -20.0
MIA = {"first_name": "Mia", "surname": "Ode", "birth_date": BORN}
HOME = {"address": "3 Elm Road, Town", "postcode": "ZQ1 2AB"}
ELSEWHERE = {"address": "90 Oak Way, Town", "postcode": "ZQ2 9XY"}
POLICE = "police-invented-constabulary:person"
CASES = "council-899:cin"


def verdict(one, other, bits=STRONG):
    assert judge(one, other, bits).verdict == judge(other, one, bits).verdict
    return judge(one, other, bits).verdict


def words(one, other, bits=STRONG):
    return judge(one, other, bits).words


def test_sex_ethnicity_religion_and_school_type_are_not_even_read():
    assert not {"sex", "ethnicity", "laestab", "language", "disabilities", "ward"} & set(READ)


def test_one_nhs_number_name_and_birth_date_is_one_child():
    one, other = person(**MIA, nhs_number=NHS), person(1, CASES, **MIA, nhs_number=NHS)
    assert verdict(one, other, WEAK) is Verdict.SAME
    assert words(one, other) == "same NHS number, name and birth date"


def test_a_number_is_not_trusted_when_name_and_birth_date_disagree():
    one = person(**MIA, upn=UPN)
    other = person(1, CASES, first_name="Leo", surname="Ode", birth_date=date(2014, 9, 20), upn=UPN)
    assert verdict(one, other) is Verdict.NOT_SAME
    assert contradict(one, other)


def test_a_number_with_a_wrong_check_letter_is_no_number():
    wrong = "A" + UPN[1:]
    one, other = person(**MIA, upn=wrong), person(1, CASES, first_name="Mia", surname="Ode", upn=wrong)
    assert verdict(one, other, WEAK) is Verdict.NOT_SAME


def test_a_former_pupil_number_still_finds_her():
    one = person(**MIA, upn=UPN)
    other = person(1, "school-8994002:admission", **MIA, upn=OTHER_UPN, former_upn=UPN)
    assert verdict(one, other, WEAK) is Verdict.SAME


def test_a_name_changed_with_the_number_kept_is_one_child():
    one = person(**MIA, upn=UPN)
    other = person(1, CASES, first_name="Mia", surname="Hart", birth_date=BORN, upn=UPN)
    assert verdict(one, other, WEAK) is Verdict.SAME


def test_the_councils_case_and_its_903_record_are_one_child():
    case = person(0, CASES, "77", **MIA, cross_903="50001")
    looked_after = person(1, "council-899:903", "50001", birth_date=BORN)
    assert verdict(case, looked_after, WEAK) is Verdict.SAME
    assert words(case, looked_after) == "same council 903 number and birth date"
    assert verdict(case, person(1, "council-899:903", "50001"), WEAK) is Verdict.SAME
    another = person(1, "council-899:903", "50001", birth_date=date(2015, 1, 20))
    assert verdict(case, another, WEAK) is Verdict.NOT_SAME
    other_council = person(1, "council-898:903", "50001", birth_date=BORN)
    assert verdict(case, other_council, WEAK) is Verdict.NOT_SAME


def test_twins_are_never_the_same():
    mia = person(**MIA, **HOME)
    eva = person(1, POLICE, first_name="Tom", surname="Ode", birth_date=BORN, **HOME)
    assert verdict(mia, eva) is not Verdict.SAME
    with_the_sisters_number = person(
        1, CASES, first_name="Tom", surname="Ode", birth_date=BORN, upn=UPN, **HOME
    )
    assert verdict(person(**MIA, **HOME, upn=UPN), with_the_sisters_number) is not Verdict.SAME


def test_twins_at_one_school_are_not_even_asked_about_when_their_numbers_differ():
    mia = person(**MIA, **HOME, upn=UPN)
    tom = person(1, source_id="101", first_name="Tom", surname="Ode", birth_date=BORN, upn=OTHER_UPN, **HOME)
    assert verdict(mia, tom) is Verdict.NOT_SAME
    assert contradict(mia, tom)


def test_a_twin_whose_middle_name_is_the_others_first_name_is_still_a_twin():
    mia = person(**MIA, **HOME, upn=UPN)
    tom = {"first_name": "Tom", "middle_names": "Mia", "surname": "Ode", "birth_date": BORN} | HOME
    assert verdict(mia, person(1, source_id="101", **tom, upn=OTHER_UPN)) is Verdict.NOT_SAME
    assert verdict(mia, person(1, POLICE, **tom)) is not Verdict.SAME


def test_twins_who_may_go_by_one_short_name_are_kept_apart_by_their_numbers():
    emily = {
        "first_name": "Emily",
        "preferred_first_name": "Millie",
        "surname": "Ode",
        "birth_date": BORN,
    } | HOME
    amelia = {"first_name": "Amelia", "surname": "Ode", "birth_date": BORN} | HOME
    one, other = person(**emily, upn=UPN), person(1, source_id="101", **amelia, upn=OTHER_UPN)
    assert verdict(one, other) is not Verdict.SAME
    assert contradict(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Reema", "", "Sayed"), ("Rima", "", "Sayed")),
        (("Nahid", "Nazmul", "Hoque"), ("Hoque", "Nazmul", "Naheed")),
        (("Foysal", "", "Uddin"), ("Arif Foysal", "", "Bibi")),
        (("Sumayra", "", "Waqas"), ("Mahmud", "", "Sumayra")),
        (("Haanna", "", "Dickson"), ("Hannah", "", "Dickson")),
        (("Chidimma", "", "Ogunleye"), ("Chi-Chi", "Damilola", "Ogunleye")),
    ],
)
def test_a_number_finds_a_name_in_another_spelling_order_or_custom(one, other):
    """As heard by somebody of another language; the family's or the father's name where another agency has the child's own."""
    one, other = (
        person(
            place, source, first_name=first, middle_names=middle, surname=surname, birth_date=BORN, upn=UPN, **HOME
        )
        for place, source, (first, middle, surname) in ((0, POLICE, one), (1, CASES, other))
    )  # fmt: skip
    assert verdict(one, other, WEAK) is Verdict.SAME
    assert contradict(one, other) is None


@pytest.mark.parametrize("first", ["Leo", "Ravi", "Sayed"])
def test_a_number_with_quite_another_first_name_waits_for_a_person(first):
    """It may be a twin's number. That both are Sayed by surname says nothing of which."""
    rima = person(first_name="Rima", surname="Sayed", birth_date=BORN, upn=UPN, **HOME)
    other = person(1, CASES, first_name=first, surname="Sayed", birth_date=BORN, upn=UPN, **HOME)
    assert verdict(rima, other) is Verdict.UNSURE


def test_the_same_two_given_names_in_another_order_are_one_child():
    one = person(0, POLICE, first_name="Alfy Andrew", surname="Rowstead", birth_date=BORN, **HOME)
    other = person(
        1, CASES, first_name="Andrew", middle_names="Alfy", surname="Rowstead", birth_date=BORN, **HOME
    )
    assert verdict(one, other) is Verdict.SAME
    twin = person(
        1, CASES, first_name="Alfy", middle_names="George", surname="Rowstead", birth_date=BORN, **HOME
    )
    andrew = person(0, POLICE, first_name="Andrew Alfy", surname="Rowstead", birth_date=BORN, **HOME)
    assert verdict(andrew, twin) is Verdict.UNSURE


def test_a_child_who_goes_by_her_middle_name_is_found_by_her_number():
    rose = {"first_name": "Rose", "middle_names": "Mia", "surname": "Ode", "birth_date": BORN, "upn": UPN}
    assert verdict(person(**MIA, upn=UPN), person(1, CASES, **rose), WEAK) is Verdict.SAME


def test_two_children_of_one_name_and_birthday_with_numbers_and_homes_of_their_own_are_two():
    one = person(**MIA, **HOME, upn=UPN)
    other = person(1, "school-8994002:admission", **MIA, **ELSEWHERE, upn=OTHER_UPN)
    assert verdict(one, other) is not Verdict.SAME
    assert contradict(one, other) == "different pupil numbers"


def test_one_mistaken_number_does_not_part_a_child_from_herself():
    one = person(**MIA, **HOME, upn=UPN)
    other = person(1, CASES, **MIA, **HOME, upn=OTHER_UPN)
    assert verdict(one, other) is Verdict.SAME
    both = person(1, CASES, **MIA, **HOME, upn=OTHER_UPN, nhs_number=OTHER_NHS)
    assert verdict(person(**MIA, **HOME, upn=UPN, nhs_number=NHS), both) is not Verdict.SAME


@pytest.mark.parametrize(
    "other",
    [
        {"first_name": "Ode", "surname": "Mia", "birth_date": BORN},
        {"first_name": "Mia", "surname": "Ode", "birth_date": date(2011, 3, 5)},
        {"first_name": "Mya", "preferred_first_name": "Mia", "surname": "Ode", "birth_date": BORN},
        {"first_name": "Mia", "surname": "Ode-Hart", "birth_date": date(2011, 5, 1)},
    ],
)
def test_names_and_dates_written_otherwise_are_the_same_when_all_of_it_weighs_enough(other):
    assert verdict(person(**MIA, **HOME), person(1, POLICE, **other, **HOME)) is Verdict.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [(("Chaudhry", "Zain"), ("Zan", "Chaudhry")), (("Husain-Ali", "Rafiq"), ("Rafiq", "Hussain"))],
)
def test_names_the_wrong_way_round_and_taken_down_by_ear_are_one_child(one, other):
    names = [dict(zip(("first_name", "surname"), each, strict=True)) for each in (one, other)]
    ones, others = (
        person(place, f"{place}-x:person", **each, **HOME, birth_date=BORN)
        for place, each in enumerate(names)
    )
    assert verdict(ones, others) is Verdict.SAME


def test_twins_of_nearly_one_name_are_two_though_one_was_written_the_wrong_way_round():
    one = person(first_name="Alexandru", surname="Popa", **HOME, birth_date=BORN, upn=UPN)
    other = person(1, first_name="Popa", surname="Alexander", **HOME, birth_date=BORN, upn=OTHER_UPN)
    assert verdict(one, other) is not Verdict.SAME


@pytest.mark.parametrize("address", ["62 School Grove, Town", "Flat 2, 6 School Grove, Town"])
def test_a_different_number_is_not_explained_by_a_neighbours_home(address):
    """Two children of one name and birthday in one street: the house number is no slip of the keyboard."""
    names = {"first_name": "Dev", "surname": "Patel", "birth_date": BORN, "postcode": "ZQ1 2AB"}
    one = person(**names, address="6 School Grove, Town", upn=UPN)
    other = person(1, CASES, **names, address=address, upn=OTHER_UPN)
    assert verdict(one, other) is Verdict.UNSURE
    assert contradict(one, other)
    at_home = person(1, CASES, **names, address="6 Shcool Grove, Town", upn=OTHER_UPN)
    assert verdict(one, at_home) is Verdict.SAME


def test_a_different_number_is_not_explained_by_a_preferred_name():
    one = person(first_name="Charlie", surname="Ode", birth_date=BORN, upn=UPN, **HOME)
    names = {
        "first_name": "Charlotte",
        "preferred_first_name": "Charlie",
        "surname": "Ode",
        "birth_date": BORN,
    }
    assert verdict(one, person(1, CASES, **names, upn=OTHER_UPN, **HOME)) is Verdict.UNSURE
    assert verdict(one, person(1, CASES, **names, **HOME)) is Verdict.SAME


def test_one_school_holds_nobody_twice_so_two_numbers_there_are_two_children():
    one = person(0, "school-8994001:pupil", **MIA, **HOME, upn=UPN)
    other = person(1, "school-8994001:pupil", "101", **MIA, **HOME, upn=OTHER_UPN)
    elsewhere = person(2, "school-8994002:pupil", **MIA, **HOME, upn=OTHER_UPN)
    assert contradict(one, other) == "two pupils of one school"
    assert not contradict(one, elsewhere)


def test_without_a_number_weight_decides_and_between_join_and_ask_somebody_is_asked():
    one, other = person(**MIA), person(1, POLICE, **MIA)
    assert verdict(one, other, 10.0) is Verdict.SAME
    assert verdict(one, other, 0.0) is Verdict.UNSURE
    assert verdict(one, other, -10.0) is Verdict.NOT_SAME


def test_a_birth_date_that_differs_is_never_outweighed_by_name_and_home():
    one = person(**MIA, **HOME)
    other = person(1, POLICE, first_name="Mia", surname="Ode", birth_date=date(2016, 11, 27), **HOME)
    assert verdict(one, other) is Verdict.UNSURE


def test_a_record_without_a_name_says_nothing_by_birth_date_alone():
    assert verdict(person(**MIA), person(1, "council-899:903", "5", birth_date=BORN)) is Verdict.NOT_SAME


def test_how_is_said_in_words_a_social_worker_reads():
    police = person(
        1, POLICE, first_name="TILDA", surname="ODE", birth_date=date(2011, 3, 5), postcode="ZQ12AB"
    )
    found = words(person(**MIA, **HOME), police)
    assert found == "same postcode, surname same, birth date with day and month swapped, different first name"


def withheld(digest: str, postcode_digest: str) -> dict:
    return {
        "address": f"§sealed:{digest * 32}:withheld-addresses:token",
        "postcode": f"§sealed:{postcode_digest * 32}:withheld-addresses:token",
    }


def test_two_records_of_one_withheld_address_agree_by_digest_and_none_is_read():
    one = person(**MIA, **withheld("a", "b"))
    other = person(1, CASES, **MIA, **withheld("a", "b"))
    elsewhere = person(2, POLICE, **MIA, **withheld("c", "d"))
    assert compare(one, other).home is Home.ADDRESS
    assert compare(one, elsewhere).home is Home.OTHER
    weighed = weighed_columns(one)
    assert (weighed["address"], weighed["postcode"], weighed["district"]) == ("a" * 32, "b" * 32, None)
    assert (one.address, one.postcode) == ("", "")


def test_without_homes_the_words_are_those_of_two_records_whose_homes_nobody_knows():
    """For a reader who may not know where they live: whatever else agrees or differs is said as it was."""
    kinds = product(Likeness, Likeness, (False, True), BirthLikeness, Home, ((), ("NHS number",), ("NHS number", "pupil number")), ((), ("pupil number",)))  # fmt: skip
    tried = 0
    for first, surname, swapped, birth, home, shared, differing in kinds:
        found = Compared(first, surname, swapped, birth, home, shared, differing, False)
        unknown = in_words(replace(found, home=Home.UNKNOWN)).replace("nothing in common", "")
        assert without_homes(in_words(found)).replace("nothing in common", "") == unknown, in_words(found)
        tried += 1
    assert tried > 1000
