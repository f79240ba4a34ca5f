"""Names of invented people: drawn from common names of many cultures, never from a list of real persons."""

from random import Random

from rowan.synthetic.chance import stream
from rowan.synthetic.rates import FIGURES, FirstName


def first_name(chance: Random, names: str, sex: str, taken: set[str]) -> tuple[str, FirstName]:
    """A given name as her family spells it, and the entry it came from. Siblings do not share one."""
    while True:
        entry = FIGURES.first_names[(names, sex)].draw(chance)
        spelled = chance.choice(entry.spellings) if entry.spellings and chance.random() < 0.3 else entry.name
        if spelled not in taken:
            return spelled, entry


def surname(chance: Random, names: str) -> tuple[str, str]:
    """A family name as boys and as girls carry it."""
    if names in {"british", "caribbean"} and chance.random() < FIGURES["surname_from_the_long_tail"]:
        starts, ends = FIGURES.surname_parts
        name = chance.choice(starts) + chance.choice(ends)
        return name, name
    entry = FIGURES.surnames[names].draw(chance)
    if not entry.for_girls and entry.spellings and chance.random() < 0.2:
        spelled = chance.choice(entry.spellings)
        return spelled, spelled
    return entry.name, entry.for_girls or entry.name


_ADULTS = [
    "british",
    "british",
    "british",
    "polish",
    "pakistani",
    "romanian",
    "caribbean",
    "nigerian",
    "irish",
    "turkish",
]


def adult(chance: Random, with_surname: float = 0.4) -> str:
    """Somebody older whom a note mentions."""
    names = chance.choice(_ADULTS)
    sex = chance.choice("MMF")
    name, entry = first_name(chance, names, sex, set())
    if entry.known_as and chance.random() < 0.4:
        name = chance.choice(entry.known_as)
    if chance.random() < with_surname:
        pair = surname(chance, names)
        name = f"{name} {pair[sex == 'F']}"
    return name


def staff(seed: int, place: str, number: int) -> str:
    """A member of staff, the same whenever asked."""
    chance = stream(seed, "staff", place, number)
    title = chance.choice(["Mr", "Mrs", "Ms", "Miss"])
    return f"{title} {surname(chance, chance.choice(_ADULTS))[title != 'Mr']}"


def worker(seed: int, place: str, number: int) -> tuple[str, str]:
    """A social worker and a telephone number from Ofcom's range for drama."""
    chance = stream(seed, "worker", place, number)
    names, sex = chance.choice(_ADULTS), chance.choice("FFM")
    name = f"{first_name(chance, names, sex, set())[0]} {surname(chance, names)[sex == 'F']}"
    return name, f"01632 960{chance.randrange(1000):03d}"
