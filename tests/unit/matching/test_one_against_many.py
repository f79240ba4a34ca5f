"""A name held against many weighs with each what it weighs with that one alone."""

from itertools import product
from json import loads
from pathlib import Path

import pytest

from rowan.matching import known_names
from rowan.matching.known_names import known_as
from rowan.matching.rules.one_against_many import LESS, Against
from rowan.matching.rules.one_by_one import SWAPPED, Weights, described, first_name_level

FIRST_NAMES = (
    "Marcus",
    "Adeyemi",
    "Lizzie",
    "Elizabeth",
    "Temitope Ade",
    "Temitope",
    "Kaitlyn",
    "Caitlin",
    "Al",
    "",
)
SURNAMES = (
    "Adeyemi",
    "Marcus",
    "Elizabeth",
    "Baker-Hill",
    "Hill",
    "Larkfeild",
    "Larkfield",
    "Markus",
    "Temitope",
    "",
)
NAMES = list(product(FIRST_NAMES, SURNAMES))
OFTEN = {"first_name": 0.0004, "surname": 0.02}


def called(first_name, surname):
    return described(first_name, surname, None, known_as())


@pytest.fixture(scope="module")
def weights():
    stored = Path(known_names.__file__).parent / "weights" / "1.json"
    return Weights(loads(stored.read_text(encoding="utf-8")))


def test_every_name_weighs_what_it_weighs_alone_or_less_than_was_asked_for(weights):
    swapped = left = 0
    for told in NAMES:
        names = Against(called(*told), weights, OFTEN, called)
        for other in NAMES:
            alone = weights.of_names(called(*told), called(*other), OFTEN)
            assert names.bits(*other, LESS) == alone, (told, other)
            assert alone <= names.most
            for at_least in (0.0, 9.0):
                bits = names.bits(*other, at_least)
                assert bits == alone or (bits == LESS and alone < at_least), (told, other)
                left += bits == LESS
            swapped += first_name_level(called(*told), called(*other)) == SWAPPED
    # Both were among them: names that stand crosswise, and names that need not be looked at whole.
    assert swapped > 20 and left > 1_000
