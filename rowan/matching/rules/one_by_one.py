"""Weighs two people one at a time with the very weights Splink learnt, for a page that cannot wait for a night.

The levels are those of `matching/comparisons.py`, in plain Python and in the same order; a test holds both against each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log2
from typing import Any

from rapidfuzz.distance import JaroWinkler

from rowan.matching.rules.names import KnownAs, family_name_parts, lines_of, slips_apart, with_heads
from rowan.records.rules.postcodes import tidy_postcode
from rowan.records.rules.spelling import plain

NOT_KNOWN = "not known"
SAME = "same"
SWAPPED = "first name and surname swapped"
OTHER = "other"
ALIKE_FROM = 0.9


@dataclass(frozen=True)
class Described:
    """Somebody as far as weighing looks: names, birth date and home, plain."""

    first_names: tuple[str, ...] = ()
    known_as: frozenset[int] = frozenset()
    surnames: tuple[str, ...] = ()
    surnames_known_as: frozenset[int] = frozenset()
    born: str = ""  # 20100403
    address: str = ""
    postcode: str = ""

    # Worked out once: whoever is sought is held against thousands.
    @cached_property
    def first_name(self) -> str:
        return self.first_names[0] if self.first_names else ""

    @cached_property
    def surname(self) -> str:
        return self.surnames[0] if self.surnames else ""

    @cached_property
    def surname_parts(self) -> frozenset[str]:
        return frozenset(part for name in self.surnames for part in family_name_parts(name))


def described(
    first_name: str,
    surname: str,
    born: date | None,
    known: KnownAs,
    *,
    address: str = "",
    postcode: str = "",
) -> Described:
    first, last = plain(first_name), plain(surname)
    first_names = with_heads((first,)) if first else ()
    return Described(
        first_names=first_names,
        known_as=lines_of(first_names, known),
        surnames=(last,) if last else (),
        surnames_known_as=lines_of((last,), known),
        born=born.strftime("%Y%m%d") if born else "",
        address=plain(address),
        postcode=tidy_postcode(postcode),
    )


class Weights:
    """What each level of each comparison is worth, in bits; how often the sought names occur is told at weighing."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self.bits: dict[tuple[str, str], float] = {}
        self.same: dict[str, float] = {}
        self.often: dict[str, float] = {}
        for comparison in stored["comparisons"]:
            name = comparison["output_column_name"]
            for level in comparison["comparison_levels"]:
                label = level["label_for_charts"]
                if level.get("is_null_level"):
                    self.bits[name, label] = 0.0
                    continue
                self.bits[name, label] = log2(level["m_probability"] / level["u_probability"])
                if level.get("tf_adjustment_column"):
                    self.same[name], self.often[name] = level["m_probability"], level["u_probability"]

    def of_names(self, one: Described, other: Described, how_often: Mapping[str, float]) -> float:
        return self.of_first_name(one, other, how_often) + self.of_surname(one, other, how_often)

    def of_first_name(self, one: Described, other: Described, how_often: Mapping[str, float]) -> float:
        return self._name("first_name", first_name_level(one, other), how_often)

    def of_surname(self, one: Described, other: Described, how_often: Mapping[str, float]) -> float:
        return self._name("surname", surname_level(one, other), how_often)

    def of_birth(self, one: Described, other: Described) -> float:
        return self.bits["birth_date", birth_level(one, other)]

    def of_home(self, one: Described, other: Described) -> float:
        return self.bits["home", home_level(one, other)]

    def most_of(self, comparison: str, how_often: Mapping[str, float]) -> float:
        """More than this no names weigh in this comparison."""
        return max(
            self._name(comparison, label, how_often) for each, label in self.bits if each == comparison
        )

    def _name(self, comparison: str, label: str, how_often: Mapping[str, float]) -> float:
        if label == SAME and (often := how_often.get(comparison)):
            return log2(self.same[comparison] / often)
        return self.bits[comparison, label]


def first_name_level(one: Described, other: Described) -> str:
    if not one.first_name or not other.first_name:
        return NOT_KNOWN
    if one.first_name == other.first_name:
        return SAME
    if _swapped(one, other):
        return SWAPPED
    if set(one.first_names) & set(other.first_names):
        return "preferred name the same"
    if one.known_as & other.known_as:
        return "known as"
    return "alike" if _alike(one.first_name, other.first_name) else OTHER


def surname_level(one: Described, other: Described) -> str:
    if not one.surname or not other.surname:
        return NOT_KNOWN
    if one.surname == other.surname:
        return SAME
    if _swapped(one, other):
        return SWAPPED
    if one.surname_parts & other.surname_parts:
        return "part of a double-barrelled name"
    return "alike" if _alike(one.surname, other.surname) else OTHER


def birth_level(one: Described, other: Described) -> str:
    its, their = one.born, other.born
    if not its or not their:
        return NOT_KNOWN
    if its == their:
        return SAME
    if its[:4] == their[:4] and its[4:6] == their[6:] and its[6:] == their[4:6]:
        return "day and month swapped"
    if slips_apart(its, their, 1):
        return "one figure off"
    alike = (its[:4] == their[:4]) + (its[4:6] == their[4:6]) + (its[6:] == their[6:])
    return "two of day, month and year" if alike == 2 else OTHER


def home_level(one: Described, other: Described) -> str:
    if not (one.postcode and other.postcode) and not (one.address and other.address):
        return NOT_KNOWN
    codes = {one.postcode, other.postcode}
    if one.address and one.address == other.address and (len(codes) == 1 or "" in codes):
        return "same address"
    if one.postcode and one.postcode == other.postcode:
        return "same postcode"
    if one.postcode and other.postcode and _district(one.postcode) == _district(other.postcode):
        return "same postcode district"
    return OTHER


def _district(postcode: str) -> str:
    return postcode.partition(" ")[0]


def _swapped(one: Described, other: Described) -> bool:
    # First what costs least and rules out almost everybody.
    if one.surname not in other.first_names and other.surname not in one.first_names:
        return False
    if not all((one.first_name, one.surname, other.first_name, other.surname)):
        return False
    if one.first_name == other.first_name or one.surname == other.surname:
        return False
    return _crosses(one, other) or _crosses(other, one)


def _crosses(one: Described, other: Described) -> bool:
    """The one's surname is the other's first name, and its first name at least nearly the other's surname."""
    return one.surname in other.first_names and _nearly_the_surname(one, other)


def _nearly_the_surname(one: Described, other: Described) -> bool:
    return (
        bool(set(one.first_names) & other.surname_parts)
        or bool(one.known_as & other.surnames_known_as)
        or JaroWinkler.similarity(one.first_name, other.surname) >= ALIKE_FROM
    )


def may_be_swapped(one: Described, other: Described) -> bool:
    """As far as the other's first names tell, whatever its surname: if not, `of_names` never finds the two swapped."""
    if not (one.surname and other.first_names):
        return False
    return one.surname in other.first_names or _nearly_the_surname(other, one)


def _alike(one: str, other: str) -> bool:
    if len(one) <= 3 or len(other) <= 3:
        return False
    return slips_apart(one, other, 1) or JaroWinkler.similarity(one, other) >= ALIKE_FROM
