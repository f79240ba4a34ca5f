"""How alike two people's names are: the same, known as, alike, or other; written by anybody, in any order."""

import re
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

# What a name is also known as: a plain first name, and the numbers of the lines of `known_as/first_names.csv` it stands in.
KnownAs = Mapping[str, frozenset[int]]

# One slip of the keyboard is believed from this length on, two from the next: Ali and Ala are two names.
ONE_SLIP_FROM_LETTERS = 4
TWO_SLIPS_FROM_LETTERS = 9
# Of names that begin with one letter (Jaro and Winkler): Haanna and Hannah, Kayia and Kavya.
NEARLY_THE_SAME_SPELLING = 0.85
# Two names of the same two consonants may be one from so many letters on.
FEW_CONSONANTS_FROM_LETTERS = 5
# A short form at the head of a name (Con for Connor) counts from this length.
SHORT_FORM_FROM_LETTERS = 3
# First of several given names in many families, and borne by brothers side by side: alone it does not say which of them.
_BORNE_BY_BROTHERS = frozenset(
    {
        "muhammad", "mohammed", "mohammad", "muhammed", "mohamed", "mohamad", "muhamed", "mahamed", "maxamed", "mohamud", "mohamoud", "muhammet",
        "mehmet", "mamadou", "mohd", "md", "syed", "sayed", "saiid", "abdul", "abdel", "abdal", "abu",
    }
)  # fmt: skip
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
    if short <= SHORT_FORM_FROM_LETTERS or sound(one) != sound(other):
        return False
    # Of two consonants alone a name says less: its vowels must be nearly the same too, as in Zeeshan and Zishan.
    return len(sound(one)) > 2 or (short >= FEW_CONSONANTS_FROM_LETTERS and slips_apart(one, other, 2))


def lines_of(names: Iterable[str], known: KnownAs) -> frozenset[int]:
    """All the lines that any of these plain names stands in."""
    return frozenset(line for name in names for line in known.get(name, ()))


@lru_cache(maxsize=100_000)
def head_of_given_names(name: str) -> str:
    """The first of several given names, which another agency may have alone: of "temitope ade" the first; or nothing."""
    head, _, more = name.partition(" ")
    return head if more and len(head) >= SHORT_FORM_FROM_LETTERS and head not in _BORNE_BY_BROTHERS else ""


def with_heads(first_names: tuple[str, ...]) -> tuple[str, ...]:
    """All that a child's first names may be cut short to, after the names themselves."""
    return tuple(
        dict.fromkeys([*first_names, *(head for name in first_names if (head := head_of_given_names(name)))])
    )


def alike_or_cut_short(one: str, other: str) -> bool:
    """Whether two first names may be one: spelt or shortened differently, or one of them without the given names that follow the first."""
    if alike(one, other):
        return True
    if " " in one and " " in other:
        return False
    return any(
        head and alike(head, whole)
        for head, whole in ((head_of_given_names(one), other), (head_of_given_names(other), one))
    )


def first_name_likeness(
    one: tuple[str, ...], other: tuple[str, ...], known_one: frozenset[int], known_other: frozenset[int]
) -> Likeness:
    """Between all the first names each goes by (first and preferred), plain."""
    if not one or not other:
        return Likeness.UNKNOWN
    if one[0] == other[0]:
        return Likeness.SAME
    # A preferred name is a short form like any other: one twin may go by what the other is called.
    if set(one) & set(other) or known_one & known_other:
        return Likeness.KNOWN_AS
    if any(alike_or_cut_short(its, their) for its in one for their in other):
        return Likeness.ALIKE
    return Likeness.OTHER


def same_given_names(one: frozenset[str], other: frozenset[str]) -> bool:
    """Two names or more, and the same, in whatever order: no twin has both of the other's."""
    return len(one) > 1 and one == other


def another_form_of_the_first_name(
    first_of_one: frozenset[str],
    first_of_other: frozenset[str],
    words_of_one: frozenset[str],
    words_of_other: frozenset[str],
) -> Likeness:
    """For names that a shared number says may be one child's, though they look different: one of several given names, a father's
    name or the family's where another agency has the child's own, or the same name written down by somebody of another language.
    """
    if first_of_one & words_of_other or first_of_other & words_of_one:
        return Likeness.KNOWN_AS
    pairs = [(its, their) for its in first_of_one for their in words_of_other]
    pairs += [(their, its) for their in first_of_other for its in words_of_one]
    if any(sounds_like(*pair) for pair in pairs):
        return Likeness.ALIKE
    return Likeness.OTHER


@lru_cache(maxsize=200_000)
def sounds_like(one: str, other: str) -> bool:
    """Whether two plain names may be one name heard and spelt by two people: Reema and Rima, Nahid and Naheed."""
    if min(len(one), len(other)) < SHORT_FORM_FROM_LETTERS:
        return False
    if alike(one, other) or sound(one) == sound(other):
        return True
    return one[0] == other[0] and JaroWinkler.similarity(one, other) >= NEARLY_THE_SAME_SPELLING


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
