"""Every figure of the county is a row of a file, with its source."""

import csv
import re

import pytest

from rowan.synthetic.naming import _ALTERED
from rowan.synthetic.rates import FIGURES, FOLDER

FILES = sorted(FOLDER.glob("*.csv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_row_names_its_source(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert not [row for row in rows if not (row.get("source") or "").strip()]
    assert not [row for row in rows if None in row]


def test_no_rate_is_named_twice():
    with open(FOLDER / "rates.csv", encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert len(names) == len(set(names))


def test_every_family_has_names_for_girls_and_boys_and_surnames():
    for family in FIGURES.families.things:
        for names in filter(None, (family["names"], family["other_parents_names"])):
            assert len(FIGURES.first_names[(names, "F")].things) >= 20
            assert len(FIGURES.first_names[(names, "M")].things) >= 20
            assert len(FIGURES.surnames[names].things) >= 15


def test_every_custom_of_names_is_known_and_of_a_tradition_in_the_county():
    traditions = {family["names"] for family in FIGURES.families.things}
    assert set(FIGURES.name_customs) <= traditions
    assert {custom for customs in FIGURES.name_customs.values() for custom in customs} == set(_ALTERED)
    assert all(sum(customs.values()) < 0.3 for customs in FIGURES.name_customs.values())


def test_every_code_of_august_2024_is_there_and_no_older_one():
    expected = re.findall(r"\S+", "B C C1 C2 D E G I J1 K L M N O P Q R S T U V W X Y1 Y2 Y3 Y4 Y5 Y6 Y7 Z #")
    assert set(FIGURES.marks) == set(expected)


def test_households_are_about_one_hundred_in_every_hundred():
    assert sum(family for family in FIGURES.families.weights) == pytest.approx(100, abs=1)
    assert sum(FIGURES[f"household_children_{n}"] for n in range(1, 6)) == pytest.approx(1)
