"""How somebody who was only told of is looked for: by which keys, and what age and school add to matching's own weights.

Nothing here weighs a child's danger: it says whose record a name, a birth date and an address may be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rowan.matching.rules.names import KnownAs, sound
from rowan.records.rules.spelling import plain

LETTERS_OF_A_SOUND = 3
SHOWN = 5
# Matching has no weight for an age or a school, since records hold birth dates and numbers. Whoever tells of a child often knows no
# more. In bits: of two children, one of the age told is some five times likelier to be meant; of the school told, some thirty times.
AGE_FITS, AGE_DOES_NOT_FIT = 2.3, -5.0
SAME_SCHOOL, OTHER_SCHOOL = 5.0, -1.5
# Somebody is suggested only when something speaks for it at all.
SUGGESTED_FROM_BITS = 3.0
# So near that it is very likely the same person.
VERY_LIKELY_FROM_BITS = 18.0


@dataclass(frozen=True)
class Sought:
    """Somebody as told."""

    first_name: str = ""
    surname: str = ""
    birth_date: date | None = None
    age: int | None = None
    school: str = ""
    address: str = ""
    postcode: str = ""
    number: str = ""  # a UPN or NHS number

    @property
    def in_words(self) -> str:
        """For the trail, which keeps a search's words apart."""
        said = (
            self.first_name,
            self.surname,
            self.birth_date,
            self.age,
            self.school,
            self.postcode,
            self.number,
        )
        return " ".join(str(each) for each in said if each)

    @property
    def says_enough(self) -> bool:
        """One name alone, or an age, is nobody: too many would answer to it."""
        said = sum(bool(each) for each in (self.first_name, self.surname, self.school, self.age))
        return bool(self.birth_date or self.postcode or self.number) or said >= 2


def sounds_of(first_name: str | None, surname: str | None) -> str:
    """The key a name is found by, however it is spelt: `kir|smt`."""
    return "|".join(sound(plain(name or ""))[:LETTERS_OF_A_SOUND] for name in (first_name, surname))


def sounds_to_look_for(sought: Sought, known: KnownAs, names_of: dict[int, frozenset[str]]) -> set[str]:
    """As written, swapped, with the first name in its other forms, and with each half of a double-barrelled surname."""
    if not (sought.first_name and sought.surname):
        return set()
    first = plain(sought.first_name)
    firsts = {first} | {name for line in known.get(first, ()) for name in names_of.get(line, ())}
    surnames = {sought.surname, *plain(sought.surname).split()}
    found = {sounds_of(name, surname) for name in firsts for surname in surnames}
    return found | {sounds_of(sought.surname, sought.first_name)}


def birth_dates_to_look_for(born: date) -> set[date]:
    """The date itself, with day and month swapped, and with one part a little off."""
    found = {born}
    if born.day <= 12:
        found.add(date(born.year, born.day, born.month))
    found |= {born + timedelta(days=days) for days in (-10, -1, 1, 10)}
    found |= {made for parts in _slips(born) if (made := _date(*parts))}
    return found


def _slips(born: date) -> Iterable[tuple[int, int, int]]:
    for years in (-10, -1, 1, 10):
        yield born.year + years, born.month, born.day
    for month in range(1, 13):
        yield born.year, month, born.day
    for day in range(1, 32):
        yield born.year, born.month, day


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def bits_of_age(told: int | None, born: date | None, today: date) -> float:
    if told is None or born is None:
        return 0.0
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return AGE_FITS if abs(age - told) <= 1 else AGE_DOES_NOT_FIT


def bits_of_school(told: set[str], school: str) -> float:
    if not told or not school:
        return 0.0
    return SAME_SCHOOL if school in told else OTHER_SCHOOL
