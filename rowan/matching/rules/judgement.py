"""Same, not same or unsure: what two records of people say about each other, in words a social worker reads.

Numbers with a valid check figure come first, and are never trusted alone when name and birth date disagree. Children of
one birth date, surname and home with different first names are twins until somebody says otherwise.
"""

import re
from dataclasses import dataclass
from enum import Enum

from rowan.matching.rules.birth_dates import BirthLikeness, birth_likeness
from rowan.matching.rules.crosswise import how_alike_crosswise, stand_crosswise
from rowan.matching.rules.identity import Identity
from rowan.matching.rules.names import (
    Likeness,
    another_form_of_the_first_name,
    first_name_likeness,
    same_given_names,
    slips_apart,
    surname_likeness,
)

# From so many bits of weight (names, birth date and home; Splink's) two records are joined, and from so many somebody is
# asked. Chosen on the county of seed 9002 (docs/matching.md), which trained nothing and tests nothing.
JOIN_FROM_BITS = 4.0
ASK_FROM_BITS = -4.0
# By how much a weight may change until the next full run, as names become commoner or rarer and records more.
BITS_OF_A_WEEK = 0.5
# What a number adds to a pair's strength when it is decided in which order records are joined.
BITS_OF_A_SHARED_NUMBER = 20.0
BITS_OF_A_DIFFERING_NUMBER = -10.0


_FIGURES = re.compile(r"\d+")
WEIGHED_AGAIN = "; weighed again at the next full run"


class Verdict(Enum):
    SAME = "same"
    NOT_SAME = "not same"
    UNSURE = "unsure"


class Home(Enum):
    UNKNOWN = "unknown"
    OTHER = "other"
    POSTCODE = "same postcode"
    ADDRESS = "same address"


@dataclass(frozen=True, slots=True)
class Compared:
    """How two records agree and differ."""

    first: Likeness
    surname: Likeness
    swapped: bool  # first name and surname stand in each other's place
    birth: BirthLikeness
    home: Home
    shared: tuple[str, ...]  # numbers they share, in words
    differing: tuple[str, ...]  # lasting numbers in which they differ, in words
    same_source_id: bool

    @property
    def names_known(self) -> bool:
        return self.first != Likeness.UNKNOWN or self.surname != Likeness.UNKNOWN

    @property
    def first_agrees(self) -> bool:
        return self.first >= Likeness.ALIKE

    @property
    def surname_agrees(self) -> bool:
        return self.surname >= Likeness.ALIKE

    @property
    def birth_agrees(self) -> bool:
        return self.birth >= BirthLikeness.SLIP

    @property
    def home_agrees(self) -> bool:
        return self.home in (Home.POSTCODE, Home.ADDRESS)


@dataclass(frozen=True, slots=True)
class Judged:
    verdict: Verdict
    strength: float  # in bits: stronger pairs are joined first
    words: str


def compare(one: Identity, other: Identity) -> Compared:
    shared, differing = _shared(one, other), _differing(one, other)
    first, surname, swapped = compare_names(one, other, a_number_says_so=bool(shared and not differing))
    return Compared(
        first=first,
        surname=surname,
        swapped=swapped,
        birth=birth_likeness(one.birth_date, other.birth_date),
        home=_home(one, other),
        shared=shared,
        differing=differing,
        same_source_id=one.own_number == other.own_number,
    )


def compare_names(
    one: Identity, other: Identity, *, a_number_says_so: bool
) -> tuple[Likeness, Likeness, bool]:
    """First names, surnames, and whether they stand in each other's place."""
    first = first_name_likeness(one.first_names, other.first_names, one.known_as, other.known_as)
    surname = surname_likeness(one.surnames, other.surnames)
    swapped = max(first, surname) < Likeness.KNOWN_AS and stand_crosswise(one, other)
    if swapped:
        first = surname = how_alike_crosswise(one, other)
    if first < Likeness.KNOWN_AS and same_given_names(one.given_names, other.given_names):
        first = Likeness.KNOWN_AS
    # Only with a number behind it: a twin's middle name is now and then the other's first name, and twins are named to sound alike.
    if first == Likeness.OTHER and a_number_says_so:
        first = another_form_of_the_first_name(
            one.first_words, other.first_words, _words_beside_the_family_name(one, other), _words_beside_the_family_name(other, one)
        )  # fmt: skip
    return first, surname, swapped


def judge(one: Identity, other: Identity, bits: float) -> Judged:
    """The machine's judgement on one pair. `bits` is Splink's weight of names, birth date and home."""
    found = compare(one, other)
    strength = (
        bits + BITS_OF_A_SHARED_NUMBER * len(found.shared) + BITS_OF_A_DIFFERING_NUMBER * len(found.differing)
    )
    return Judged(verdict_of(found, bits), strength, in_words(found))


def verdict_of(found: Compared, bits: float) -> Verdict:
    return _by_numbers(found) if found.shared else _by_weight(found, bits)


def judge_until_all_are_weighed(one: Identity, other: Identity, bits: float) -> Judged:
    """The judgement on a pair weighed between two full runs, by how common names were at the last: what hangs by so little is not joined yet."""
    judged = judge(one, other, bits)
    if (
        judged.verdict is Verdict.SAME
        and judge(one, other, bits - BITS_OF_A_WEEK).verdict is not Verdict.SAME
    ):
        return Judged(Verdict.UNSURE, judged.strength, judged.words + WEIGHED_AGAIN)
    return judged


def contradict(one: Identity, other: Identity) -> str | None:
    """Why two records may never stand in one person by machine, whatever joins them; or None."""
    return contradiction_in(compare(one, other), two_pupils=_two_pupils_of_one_school(one, other))


def contradiction_in(found: Compared, *, two_pupils: bool) -> str | None:
    if found.first == Likeness.OTHER and found.birth == BirthLikeness.OTHER:
        return "first name and birth date differ"
    if found.differing and not _explains_differing(found):
        return f"different {' and '.join(found.differing)}"
    # One roll holds nobody twice: there two numbers are two children, however much else is the same.
    if two_pupils and (found.first == Likeness.OTHER or found.differing):
        return "two pupils of one school"
    return None


def only_a_number_differs(one: Identity, other: Identity) -> bool:
    """Name and birth date are the same, a number is not: two children of one name, or one child and a mistaken number."""
    found = compare(one, other)
    if found.birth != BirthLikeness.SAME or len(found.differing) != 1:
        return False
    return found.first == Likeness.UNKNOWN or _same_name(found)


def a_number_is_mistaken(one: Identity, other: Identity) -> bool:
    """A number differs, and so much else is the same (home, or another number) that it is the number which is wrong."""
    return _explains_differing(compare(one, other))


def _by_numbers(found: Compared) -> Verdict:
    """They share a number that belongs to one person, if nobody mistyped."""
    if not found.names_known or found.first == Likeness.UNKNOWN:
        return _by_number_without_a_name(found)
    if found.differing and not _explains_differing(found):
        # One number says yes, another no: somebody else's number is on one of the two records.
        return Verdict.UNSURE if found.first_agrees and found.birth_agrees else Verdict.NOT_SAME
    if found.first_agrees and found.birth_agrees:
        return Verdict.SAME
    if found.first_agrees and found.birth == BirthLikeness.UNKNOWN:
        return Verdict.SAME if found.surname_agrees else Verdict.UNSURE
    if found.first_agrees and found.surname_agrees:
        # Only the birth date disagrees: brothers and sisters do not share a first name.
        exact = found.first >= Likeness.KNOWN_AS and found.surname >= Likeness.KNOWN_AS
        return Verdict.SAME if exact and not found.same_source_id else Verdict.UNSURE
    if found.birth >= BirthLikeness.SWAPPED:
        if found.same_source_id and found.surname_agrees:
            return Verdict.SAME
        return Verdict.UNSURE if found.surname_agrees or len(found.shared) > 1 else Verdict.NOT_SAME
    return Verdict.NOT_SAME


def _by_number_without_a_name(found: Compared) -> Verdict:
    if found.differing and not _explains_differing(found):
        return Verdict.UNSURE if found.birth_agrees else Verdict.NOT_SAME
    if found.birth_agrees:
        return Verdict.SAME
    if found.birth == BirthLikeness.UNKNOWN:
        bridged = COUNCIL_903 in found.shared or found.same_source_id
        return Verdict.SAME if bridged else Verdict.UNSURE
    return Verdict.NOT_SAME


def _by_weight(found: Compared, bits: float) -> Verdict:
    """They share no number: names, birth date and home must carry it."""
    if found.first == Likeness.UNKNOWN or bits < ASK_FROM_BITS:
        return Verdict.NOT_SAME
    if found.differing:
        if _explains_differing(found) and bits >= JOIN_FROM_BITS:
            return Verdict.SAME
        close = found.first_agrees and found.surname_agrees and found.birth == BirthLikeness.SAME
        return Verdict.UNSURE if close and found.home_agrees else Verdict.NOT_SAME
    if found.first == Likeness.OTHER:
        # Twins, or a short name we do not know.
        twins_or_short_name = (
            found.surname >= Likeness.KNOWN_AS and found.birth == BirthLikeness.SAME and found.home_agrees
        )
        return Verdict.UNSURE if twins_or_short_name else Verdict.NOT_SAME
    if bits >= JOIN_FROM_BITS and _enough_agrees(found):
        return Verdict.SAME
    return Verdict.UNSURE


def _enough_agrees(found: Compared) -> bool:
    """However rare the names, one statement that disagrees outright must be made good by the others."""
    if found.birth == BirthLikeness.OTHER or found.birth == BirthLikeness.UNKNOWN:
        return False
    if not found.surname_agrees:
        return found.birth == BirthLikeness.SAME and found.home_agrees and found.first >= Likeness.KNOWN_AS
    return True


def _explains_differing(found: Compared) -> bool:
    """Whether one number is likelier mistaken than the person: everything else is the same, home or another number too."""
    if len(found.differing) != 1 or found.birth != BirthLikeness.SAME:
        return False
    if found.first == Likeness.UNKNOWN:
        return COUNCIL_903 in found.shared
    # Not a short form: twins Emily and Amelia may both go by Millie.
    same_name = found.first == Likeness.SAME and found.surname_agrees
    # Not a neighbour's home: two children of one name and birthday may live in one street.
    return same_name and (found.home is Home.ADDRESS or bool(found.shared))


def _same_name(found: Compared) -> bool:
    return found.first >= Likeness.KNOWN_AS and found.surname_agrees


def _two_pupils_of_one_school(one: Identity, other: Identity) -> bool:
    return (
        one.source == other.source and one.source_id != other.source_id and one.source.startswith("school-")
    )


COUNCIL_903 = "council 903 number"


def _shared(one: Identity, other: Identity) -> tuple[str, ...]:
    return shared_in_words(
        nhs=bool(one.nhs_number) and one.nhs_number == other.nhs_number,
        upn=bool(one.upns & other.upns or one.temporary_upns & other.temporary_upns),
        council=bool(one.council_903) and one.council_903 == other.council_903,
        own=one.own_number == other.own_number,
    )


def shared_in_words(*, nhs: bool, upn: bool, council: bool, own: bool) -> tuple[str, ...]:
    at_the_agency = own and not council
    said = ((nhs, "NHS number"), (upn, "pupil number"), (council, COUNCIL_903), (at_the_agency, "number at the agency"))  # fmt: skip
    return tuple(words for is_so, words in said if is_so)


def _differing(one: Identity, other: Identity) -> tuple[str, ...]:
    return differing_in_words(
        nhs=bool(one.nhs_number and other.nhs_number) and one.nhs_number != other.nhs_number,
        upn=bool(one.upn and other.upn) and not one.upns & other.upns,
    )


def differing_in_words(*, nhs: bool, upn: bool) -> tuple[str, ...]:
    return tuple(words for is_so, words in ((nhs, "NHS numbers"), (upn, "pupil numbers")) if is_so)


def _words_beside_the_family_name(one: Identity, other: Identity) -> frozenset[str]:
    """Each word of the one's name, but for a surname both have: a sister has that too."""
    return one.first_words | one.given_names | (one.family_words - other.family_words)


def _home(one: Identity, other: Identity) -> Home:
    same_postcode = bool(one.same_postcode) and one.same_postcode == other.same_postcode
    other_postcode = bool(one.same_postcode and other.same_postcode) and not same_postcode
    if not other_postcode and _same_address(one, other):
        return Home.ADDRESS
    if same_postcode:
        return Home.POSTCODE
    known = (one.same_postcode and other.same_postcode) or (one.same_address and other.same_address)
    return Home.OTHER if known else Home.UNKNOWN


def _same_address(one: Identity, other: Identity) -> bool:
    """A slip apart at most; a withheld one to the letter, by its digest."""
    if one.address and other.address:
        return one_address(one.address, other.address)
    return bool(one.same_address) and one.same_address == other.same_address


def one_address(one: str, other: str) -> bool:
    """Whether two plain addresses are a slip apart at most. Not in a figure: that is the neighbours' house."""
    return slips_apart(one, other, 1) and _FIGURES.findall(one) == _FIGURES.findall(other)


def in_words(found: Compared) -> str:
    """How two records were matched, as a page says it: "same NHS number, name and birth date"."""
    same = list(found.shared)
    alike_too, differs = [], [f"different {number}" for number in found.differing]
    if found.swapped:
        alike_too.append("names the other way round")
    elif found.first >= Likeness.KNOWN_AS and found.surname == Likeness.SAME:
        if found.first == Likeness.SAME:
            same.append("name")
        else:
            alike_too.append("surname same and first name a form of the other")
    elif found.first_agrees and found.surname_agrees:
        alike_too.append("names alike")
    elif found.first_agrees:
        alike_too.append("first name same" if found.first == Likeness.SAME else "first name alike")
        differs += ["different surname"] if found.surname == Likeness.OTHER else []
    elif found.names_known:
        alike_too += ["surname same"] if found.surname_agrees else []
        differs += ["different first name"] if found.first == Likeness.OTHER else []
    if found.birth == BirthLikeness.SAME:
        same.append("birth date")
    elif found.birth == BirthLikeness.SWAPPED:
        alike_too.append("birth date with day and month swapped")
    elif found.birth == BirthLikeness.SLIP:
        alike_too.append("birth date one slip apart")
    elif found.birth == BirthLikeness.OTHER:
        differs.append("different birth date")
    if found.home_agrees:
        same.append("address" if found.home == Home.ADDRESS else "postcode")
    elif found.home == Home.OTHER and not found.shared:
        differs.append("different home")
    parts = ([f"same {_listed(same)}"] if same else []) + alike_too + differs
    return ", ".join(parts) or "nothing in common"


_SAME_HOME_ALONE = re.compile(r"^same (?:address|postcode)(?:, |$)")
_SAME_HOME_TOO = re.compile(r"^(same .+?) and (?:address|postcode)(?=, |$)")
_OTHER_HOME = re.compile(r"(?:^|, )different home(?=, |$)")


def without_homes(words: str) -> str:
    """The same words for somebody who may not know where they live: nothing of a home, agreeing or not. May leave nothing to say."""
    said = _SAME_HOME_ALONE.sub("", words)
    if found := _SAME_HOME_TOO.match(said):
        # What stood before the home is the end of the list now.
        before, comma, last = found[1].rpartition(", ")
        said = (f"{before} and {last}" if comma else found[1]) + said[found.end() :]
    return _OTHER_HOME.sub("", said).removeprefix(", ")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
