"""A county's children as triage meets them: what schools wrote stands in the index, what another agency wrote is what somebody tells.

What is told is never in the index itself: it is a fresh writing-down, with that agency's own mistakes (`synthetic/mistakes.py`).
"""

from dataclasses import dataclass
from hashlib import sha256

from rowan.people.models import Address, KnownAs, Name, Person
from rowan.people.rules.finding import Sought, sounds_of
from rowan.synthetic.chance import stream
from rowan.synthetic.mistakes import write_down
from tests.invented_children import UNTIL, children

AT_ONCE = 5_000


@dataclass(frozen=True)
class Told:
    person_id: str
    sought: Sought


def write_index(count: int, seed: int, *, ask_about: int) -> list[Told]:
    """Put the county's children where a night would have put them. Says what will be told of some of them."""
    chance = stream(seed, "told of", count)
    every = max(1, count // ask_about)
    told: list[Told] = []
    rows: list[list] = [[], [], [], []]
    for number, child in enumerate(children(count, seed)):
        person_id = sha256(f"{seed} {number}".encode()).hexdigest()[:32]
        _add(rows, chance, child, person_id, number)
        if number % every == 0:
            agency = ("police", "council")[number // every % 2]
            told.append(Told(person_id, _sought(write_down(chance, child, agency, UNTIL))))
        if len(rows[0]) >= AT_ONCE:
            _write(rows)
    _write(rows)
    return told


def _add(rows: list[list], chance, child, person_id: str, number: int) -> None:
    people, known, names, homes = rows
    wrote = write_down(chance, child, "school", UNTIL)
    of = {"person_id": person_id, "since_run": 1}
    people.append(Person(id=person_id, founded_run=1))
    known.append(
        KnownAs(**of, first_name=wrote.first, surname=wrote.surname, birth_date=wrote.birth, school_code=f"school-{number % 90}")
    )  # fmt: skip
    called = {(wrote.first, wrote.surname)}
    if wrote.preferred_first:
        called.add((wrote.preferred_first, wrote.surname))
    for first, surname in sorted(called):
        key = sha256(f"{person_id}{first}{surname}".encode()).hexdigest()
        names.append(
            Name(**of, key=key, agency_code="school", first_name=first, surname=surname, kind="as recorded", sounds=sounds_of(first, surname))
        )  # fmt: skip
    homes.append(
        Address(**of, key=person_id, agency_code="school", address=wrote.address, postcode=wrote.postcode)
    )


def _write(rows: list[list]) -> None:
    for model, some in zip((Person, KnownAs, Name, Address), rows, strict=True):
        model.objects.bulk_create(some, batch_size=1_000)
        some.clear()


def _sought(wrote) -> Sought:
    return Sought(
        first_name=wrote.first, surname=wrote.surname, birth_date=wrote.birth, address=wrote.address, postcode=wrote.postcode
    )  # fmt: skip
