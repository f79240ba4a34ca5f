"""How alike two people's names are: the same, known as, alike, or other; written by anybody, in any order."""

import re
from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

# What a name is also known as: a plain first name, and the numbers of the lines of `known_as/first_names.csv` it stands in.
KnownAs = Mapping[str, frozenset[int]]

# One slip of the keyboard is believed from this length on, two from the next: Ali and Ala are two names.
ONE_SLIP_FROM_LETTERS = 4
TWO_SLIPS_FROM_LETTERS = 9
# A short form at the head of a name (Con for Connor) counts from this length.
SHORT_FORM_FROM_LETTERS = 3
# Words before a family name that agencies leave out or put in.
_SMALL_WORDS = frozenset(
    {"al", "el", "bin", "ibn", "de", "da", "dos", "di", "van", "von", "le", "la", "ap", "ab"}
)


class Likeness(IntEnum):
    """How alike two statements are. Higher is more alike; UNKNOWN says nothing."""

    UNKNOWN = -1
    OTHER = 0
    ALIKE = 1
    KNOWN_AS = 2
    SAME = 3


@lru_cache(maxsize=100_000)
def family_name_parts(surname: str) -> tuple[str, ...]:
    """The ways a plain surname may be cut short: whole, run together, each half of a double-barrelled one."""
    words = surname.split()
    parts = {surname, "".join(words)} | {word for word in words if len(word) > 2 and word not in _SMALL_WORDS}
    kept = [word for word in words if word not in _SMALL_WORDS]
    return tuple(sorted(parts | ({" ".join(kept)} if kept else set())))


def slips_apart(one: str, other: str, most: int) -> bool:
    """Whether one becomes the other by at most so many slips: a letter added, dropped, changed, or two swapped."""
    return OSA.distance(one, other, score_cutoff=most) <= most


# Spellings that sound the same to whoever takes a name down by telephone.
_SOUNDS = (
    ("ough", "o"), ("sch", "s"), ("ph", "f"), ("th", "t"), ("gh", "g"), ("kh", "k"), ("ck", "k"), ("cz", "c"), ("sz", "s"),
    ("sh", "s"), ("ch", "c"), ("rz", "s"), ("wr", "r"), ("kn", "n"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"),
    ("q", "k"), ("x", "ks"), ("z", "s"), ("j", "y"), ("w", "v"), ("dg", "g"),
)  # fmt: skip


@lru_cache(maxsize=100_000)
def sound(name: str) -> str:
    """Roughly how a plain name sounds: its first letter's sound and its consonants."""
    for written, heard in _SOUNDS:
        name = name.replace(written, heard)
    head, rest = name[:1], re.sub(r"[aeiouyh ]", "", name[1:])
    head = "a" if head in "aeiouy" and head else head
    return re.sub(r"(.)\1+", r"\1", head + rest)


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Whether two plain names may be one, spelt or shortened differently."""
    short = min(len(one), len(other))
    if not short:
        return False
    if short >= ONE_SLIP_FROM_LETTERS and slips_apart(
        one, other, 2 if short >= TWO_SLIPS_FROM_LETTERS else 1
    ):
        return True
    if short >= SHORT_FORM_FROM_LETTERS and (one.startswith(other) or other.startswith(one)):
        return True
    return short > SHORT_FORM_FROM_LETTERS and len(sound(one)) > 2 and sound(one) == sound(other)


def first_name_likeness(
    one: tuple[str, ...], other: tuple[str, ...], known_one: frozenset[int], known_other: frozenset[int]
) -> Likeness:
    """Between all the first names each goes by (first and preferred), plain."""
    if not one or not other:
        return Likeness.UNKNOWN
    if set(one) & set(other):
        return Likeness.SAME
    if known_one & known_other:
        return Likeness.KNOWN_AS
    if any(alike(its, their) for its in one for their in other):
        return Likeness.ALIKE
    return Likeness.OTHER


def surname_likeness(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Between all the surnames each goes by (surname and preferred), plain. Half of a double-barrelled name is KNOWN_AS."""
    if not one or not other:
        return Likeness.UNKNOWN
    if set(one) & set(other):
        return Likeness.SAME
    parts_of_one = {part for name in one for part in family_name_parts(name)}
    parts_of_other = {part for name in other for part in family_name_parts(name)}
    if parts_of_one & parts_of_other:
        return Likeness.KNOWN_AS
    if any(alike(its, their) for its in one for their in other):
        return Likeness.ALIKE
    return Likeness.OTHER
