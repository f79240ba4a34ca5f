"""How alike two birth dates are: the same, day and month swapped, one slip, or other."""

from datetime import date
from enum import IntEnum


class BirthLikeness(IntEnum):
    UNKNOWN = -1
    OTHER = 0
    SLIP = 1
    SWAPPED = 2
    SAME = 3


def birth_likeness(one: date | None, other: date | None) -> BirthLikeness:
    if one is None or other is None:
        return BirthLikeness.UNKNOWN
    if one == other:
        return BirthLikeness.SAME
    if one.year == other.year and one.month == other.day and one.day == other.month:
        return BirthLikeness.SWAPPED
    return BirthLikeness.SLIP if _one_slip(one, other) else BirthLikeness.OTHER


def _one_slip(one: date, other: date) -> bool:
    """One figure wrong, two neighbouring figures swapped, one off in a single part, or a day that was set to the first."""
    same_year, same_month, same_day = one.year == other.year, one.month == other.month, one.day == other.day
    if same_year + same_month + same_day < 2:
        return False
    if same_year and same_month and 1 in (one.day, other.day):
        return True
    if not same_day:
        gap, its, their = abs(one.day - other.day), f"{one.day:02d}", f"{other.day:02d}"
    elif not same_month:
        gap, its, their = abs(one.month - other.month), f"{one.month:02d}", f"{other.month:02d}"
    else:
        gap, its, their = abs(one.year - other.year), str(one.year), str(other.year)
    wrong = sum(a != b for a, b in zip(its, their, strict=True))
    return gap == 1 or wrong == 1 or (wrong == 2 and sorted(its) == sorted(their))
