"""Agencies write children down with mistakes, each at its own rate, and never a different child."""

from collections import Counter
from datetime import date, timedelta

import pytest

from rowan.synthetic.chance import stream
from rowan.synthetic.children import Families
from rowan.synthetic.land import Land
from rowan.synthetic.mistakes import other_birth_date, slip, without_accents, write_down
from rowan.synthetic.naming import as_an_agency_has_it, without_marks

UNTIL, SINCE = date(2026, 7, 20), date(2024, 9, 1)


@pytest.fixture(scope="module")
def children():
    return Families(3, 0, Land(3, 1), UNTIL, SINCE, 1).draw(600)


def wrong_share(children, agency) -> float:
    chance = stream(1, agency)
    written = [(child, write_down(chance, child, agency, UNTIL)) for child in children for _ in range(3)]
    return sum(
        (w.first, w.surname, w.birth) != (c.first, c.surname_on(UNTIL), c.birth) for c, w in written
    ) / len(written)


def test_the_police_make_more_mistakes_than_the_council_and_the_council_more_than_schools(children):
    school, council, police = (wrong_share(children, agency) for agency in ("school", "council", "police"))
    assert 0.02 < school < council < police < 0.5


def test_a_swapped_birth_date_is_a_date(children):
    chance = stream(2, "x")
    seen = Counter()
    for child in children * 5:
        written = write_down(chance, child, "police", UNTIL)
        seen[written.birth == child.birth] += 1
        assert abs(written.birth - child.birth) < timedelta(days=740)  # a swap and a slip in the year at once
    assert seen[True] > 0.9 * sum(seen.values())


def test_a_slip_changes_one_place():
    chance = stream(5, "slip")
    for _ in range(200):
        assert slip(chance, "Alexandra") != ""
        assert abs(len(slip(chance, "Alexandra")) - 9) <= 1
    assert slip(chance, "Li") == "Li"


def test_another_birth_date_differs_when_there_is_one():
    chance = stream(6, "birth")
    assert all(other_birth_date(chance, date(2012, 2, 29)) is not None for _ in range(50))


def test_accents_can_be_lost():
    assert without_accents("Wiśniewska Małgorzata Ștefan Çelik") == "Wisniewska Malgorzata Stefan Celik"


def test_a_child_with_a_nickname_keeps_her_given_name_somewhere(children):
    chance = stream(7, "known as")
    with_nickname = [c for c in children if c.known_as]
    assert len(with_nickname) > 40
    names = Counter(write_down(chance, c, "council", UNTIL).first == c.known_as for c in with_nickname * 5)
    assert names[True] and names[False] > names[True]


def test_names_of_every_tradition_are_written_down_wrong_in_ways_of_their_own():
    chance = stream(8, "customs")
    child = Families(4, 0, Land(4, 1), UNTIL, SINCE, 1).draw(1)[0]
    child.first, child.surname, child.sex, child.middle = "Amina", "Kowalska", "F", "Rose"
    child.boys_surname, child.fathers_name = "Kowalski", "Yusuf"
    seen = {
        names: {
            as_an_agency_has_it(chance, _of(child, names), "Amina", "Kowalska", "police") for _ in range(400)
        }
        for names in ("chinese", "somali", "sikh", "polish", "traveller")
    }
    assert ("Kowalska", "Amina") in seen["chinese"]
    assert ("Amina", "Yusuf") in seen["somali"]
    assert {("Amina", "Kaur"), ("Amina Kaur", "Kowalska")} <= seen["sikh"]
    assert ("Amina", "Kowalski") in seen["polish"]
    assert {("Amina Rose", "Kowalska"), ("Rose", "Kowalska")} <= seen["chinese"]
    assert seen["traveller"] == {("Amina", "Kowalska")}


def _of(child, names):
    child.family = {**child.family, "names": names}
    return child


def test_marks_in_names_are_lost_in_two_ways():
    chance = stream(9, "marks")
    assert {without_marks(chance, "O'Brien") for _ in range(20)} == {"OBrien", "O Brien"}


def test_an_agency_may_hold_the_other_parents_address_but_not_of_a_looked_after_child(children):
    chance = stream(10, "other parent")
    two_homes = [c for c in children if c.other_home]
    assert 0.15 < len(two_homes) / len(children) < 0.4
    held = [write_down(chance, c, "police", UNTIL).postcode.replace(" ", "") for c in two_homes]
    other = [c.other_home.place.postcode.replace(" ", "") for c in two_homes]
    assert 0.05 < sum(h == o for h, o in zip(held, other, strict=True)) / len(held) < 0.35
