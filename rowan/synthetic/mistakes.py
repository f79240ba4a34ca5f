"""How agencies write a person down: nicknames, other spellings, slips of the keyboard, swapped dates, old addresses.

Each agency has its own rates (figures/rates.csv). Nothing here depends on who the child is beyond her name's own variants.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from random import Random

from rowan.synthetic import naming
from rowan.synthetic.rates import FIGURES

_NEXT_KEY = dict(zip("abcdefghijklmnopqrstuvwxyz", "snvfrdgjokllnbipowatdyicesxtuz"[:26], strict=True))


@dataclass
class Written:
    first: str
    middle: str
    surname: str
    preferred_first: str
    birth: date
    address: str
    postcode: str


def without_accents(text: str) -> str:
    plain = text.translate(str.maketrans("łŁıøđ", "lLiod"))
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))


def slip(chance: Random, text: str) -> str:
    """One slip of the keyboard: two letters swapped, one dropped, one doubled, one replaced by its neighbour."""
    if len(text) < 3:
        return text
    place = chance.randrange(1, len(text) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if kind == 1:
        return text[:place] + text[place + 1 :]
    if kind == 2:
        return text[: place + 1] + text[place:]
    return text[:place] + _NEXT_KEY.get(text[place].lower(), "e") + text[place + 1 :]


def other_birth_date(chance: Random, birth: date) -> date:
    """A digit wrong in the day, the month or the year."""
    for _ in range(20):
        try:
            kind = chance.randrange(3)
            if kind == 0:
                return birth.replace(day=birth.day + chance.choice([-10, -1, 1, 10]))
            if kind == 1:
                return birth.replace(month=birth.month + chance.choice([-1, 1]))
            return birth.replace(year=birth.year + chance.choice([-1, 1]))
        except ValueError:
            continue
    return birth


def write_down(chance: Random, child, agency: str, on: date) -> Written:
    """What an agency has for a child, mistakes included."""

    def happens(what: str) -> bool:
        return chance.random() < FIGURES[f"{what}.{agency}"]

    first, surname, birth = child.first, child.surname_on(on), child.birth
    if child.known_as and happens("nickname_as_first_name"):
        first = child.known_as
    if happens("other_spelling"):
        others = FIGURES.surname_spellings.get(surname, ())
        pick = [("first", s) for s in child.spellings if s != first] + [("surname", s) for s in others]
        if pick:
            which, spelled = chance.choice(pick)
            first, surname = (spelled, surname) if which == "first" else (first, spelled)
    if (
        "-" in surname
        and agency != "school"
        and chance.random() < FIGURES["surname_half_of_double_barrelled"]
    ):
        surname = chance.choice(surname.split("-"))
    first, surname = naming.as_an_agency_has_it(chance, child, first, surname, agency)
    if ("'" in surname or "-" in first + surname) and chance.random() < FIGURES["marks_in_names_lost"]:
        first, surname = naming.without_marks(chance, first), naming.without_marks(chance, surname)
    if happens("typing_error_in_name"):
        if chance.random() < 0.5:
            first = slip(chance, first)
        else:
            surname = slip(chance, surname)
    if not (first + surname).isascii() and chance.random() < FIGURES["accents_lost"]:
        first, surname = without_accents(first), without_accents(surname)
    if happens("names_swapped_round"):
        first, surname = surname, first
    if birth.day <= 12 and happens("birth_date_day_and_month_swapped"):
        birth = date(birth.year, birth.day, birth.month)
    if happens("birth_date_typing_error"):
        birth = other_birth_date(chance, birth)
    if agency == "police" and chance.random() < FIGURES["birth_date_first_of_month.police"]:
        birth = birth.replace(day=1)
    home = child.home_on(on)
    if happens("address_out_of_date"):
        home = child.home_before(home)
    elif child.other_home and child.looked_after is None and happens("other_parents_address"):
        home = child.other_home
    address, postcode = home.address, home.place.postcode
    if happens("address_typing_error"):
        address = slip(chance, address)
    if happens("postcode_missing"):
        postcode = ""
    elif chance.random() < FIGURES["postcode_without_space"]:
        postcode = postcode.replace(" ", "")
    preferred = ""
    if (
        child.known_as
        and first != child.known_as
        and chance.random() < FIGURES.rates.get(f"preferred_name_kept.{agency}", 0)
    ):
        preferred = child.known_as
    return Written(
        first, child.middle if agency == "school" else "", surname, preferred, birth, address, postcode
    )
