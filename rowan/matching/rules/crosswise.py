"""Names the wrong way round: one record's first name stands where another's surname should, and the other way about."""

from collections.abc import Callable

from rowan.matching.rules.identity import Identity
from rowan.matching.rules.names import Likeness, alike_or_cut_short, family_name_parts, sounds_like


def stand_crosswise(one: Identity, other: Identity) -> bool:
    """Whether first name and surname stand in each other's place."""
    if _first_is_surname(one, other, alike_or_cut_short) and _first_is_surname(
        other, one, alike_or_cut_short
    ):
        return True
    # Where one of the two stands crosswise to the letter, the other may have been taken down by ear.
    return any(
        _first_is_surname_to_the_letter(its, their) and _first_is_surname(their, its, sounds_like)
        for its, their in ((one, other), (other, one))
    )


def _first_is_surname(one: Identity, other: Identity, may_be: Callable[[str, str], bool]) -> bool:
    """Whether the one's first name, or a form of it, stands where the other's surname should."""
    if one.known_as & other.surnames_known_as:
        return True
    return any(
        its == part or may_be(its, part)
        for its in one.first_names
        for name in other.surnames
        for part in family_name_parts(name)
    )


def how_alike_crosswise(one: Identity, other: Identity) -> Likeness:
    exactly = _first_is_surname_to_the_letter(one, other) and _first_is_surname_to_the_letter(other, one)
    return Likeness.SAME if exactly else Likeness.KNOWN_AS


def _first_is_surname_to_the_letter(one: Identity, other: Identity) -> bool:
    parts = {part for name in other.surnames for part in family_name_parts(name)}
    return bool(parts.intersection(one.first_names))
