"""How agencies trip over names that do not follow the pattern of their forms (figures/name_customs.csv)."""

from random import Random

from rowan.synthetic import names
from rowan.synthetic.rates import FIGURES


def as_an_agency_has_it(chance: Random, child, first: str, surname: str, agency: str) -> tuple[str, str]:
    """First name and surname, which one custom of the family's at most has altered."""
    drawn = chance.random() / FIGURES[f"naming_custom.{agency}"]
    for custom, share in FIGURES.name_customs.get(child.family["names"], {}).items():
        if drawn < share:
            return _ALTERED[custom](chance, child, first, surname)
        drawn -= share
    return first, surname


def _family_name_first(chance: Random, child, first: str, surname: str) -> tuple[str, str]:
    return surname, first


def _fathers_name(chance: Random, child, first: str, surname: str) -> tuple[str, str]:
    return first, child.fathers_name or surname


def _religious_name(chance: Random, child, first: str, surname: str) -> tuple[str, str]:
    own = "Singh" if child.sex == "M" else "Kaur"
    if surname == own:
        return first, surname
    return (f"{first} {own}", surname) if chance.random() < 0.5 else (first, own)


def _boys_form(chance: Random, child, first: str, surname: str) -> tuple[str, str]:
    return first, child.boys_surname if child.boys_surname and surname == child.surname else surname


def _two_first_names(chance: Random, child, first: str, surname: str) -> tuple[str, str]:
    """Both in one cell, run together, or the other one alone."""
    other = child.middle or names.first_name(chance, child.family["names"], child.sex, {first})[0]
    return chance.choice([f"{first} {other}", f"{first}-{other}", f"{other} {first}", other]), surname


_ALTERED = {
    "family name first": _family_name_first,
    "father's name as surname": _fathers_name,
    "religious name as surname": _religious_name,
    "boys' form for girls": _boys_form,
    "two first names": _two_first_names,
}


def without_marks(chance: Random, name: str) -> str:
    """O'Brien as OBrien or O Brien; Al-Hassan as AlHassan or Al Hassan."""
    between = chance.choice(["", " "])
    return name.replace("'", between).replace("-", between)
