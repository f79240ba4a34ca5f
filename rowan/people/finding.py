"""Finds whom a few details may be about: looks their keys up in the web database and weighs what answers with matching's own weights.

The keys stand in the very rows that are looked at (`Name.sounds`, a birth date, a postcode), so they change in the same transaction as
the names do. Somebody hidden from the reader is left out before anything is weighed, counted or cut.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from django.db.models import Q

from rowan.agencies.models import Agency, AgencyKind
from rowan.matching import known_names
from rowan.matching.known_names import known_as
from rowan.matching.rules.judgement import BITS_OF_A_SHARED_NUMBER
from rowan.matching.rules.one_by_one import Described, Weights, described
from rowan.records.models import OvernightRun
from rowan.records.rules.postcodes import tidy_postcode
from rowan.records.rules.spelling import plain

from .answering_to_keys import HOMES, KNOWN, NAMES, Answers, Keys, answers, as_day, lived_at, some_of
from .models import KnownAs, Person
from .rules.finding import (
    SHOWN,
    SUGGESTED_FROM_BITS,
    Sought,
    birth_dates_to_look_for,
    bits_of_age,
    bits_of_school,
    sounds_to_look_for,
)
from .where_they_live import withheld_by_day

# The very file that a night weighs with (`matching.weighing` reads it too, and brings all of Splink along).
WEIGHTS = Path(known_names.__file__).parent / "weights" / "1.json"
# The same numbers as in a night's weighing: how many names stand behind a frequency.
NAMES_BEHIND_A_FREQUENCY = 5_000
WEIGHED_BY_HOME = 80
BY_ONE_KEY = 400  # of one key no more are looked at: a key so common finds nobody by itself


@dataclass(frozen=True)
class Likely:
    person_id: str
    bits: float  # of the match, never of a child; no page shows it


def likely(
    sought: Sought,
    *,
    hidden: Collection[str],
    today: date,
    most: int = SHOWN,
    only: Collection[str] | None = None,
) -> list[Likely]:
    """The people these details may be about, likeliest first. `hidden` never appear; with `only`, nobody else does.

    The same queries whoever answers, and however many.
    """
    run = OvernightRun.current()
    number = run.number if run else 0
    schools = _schools(sought.school)
    nobody_learns_where = withheld_by_day()
    answered = answers(
        _keys(sought, schools, number, nobody_learns_where), "".join(sought.number.split()).upper() or "-", _spelt(sought), BY_ONE_KEY
    )  # fmt: skip
    ids = set(answered.known) - set(hidden)
    if only is not None:
        ids &= set(only)
    often = _how_often(answered.often, _how_many(number, run and run.finished_at))
    weighed = [
        Likely(one.person_id, one.bits + BITS_OF_A_SHARED_NUMBER * (one.person_id in answered.numbered))
        for one in _weighed(ids, answered, sought, schools, number, today, nobody_learns_where, often)
    ]
    best = sorted(
        (one for one in weighed if one.bits >= SUGGESTED_FROM_BITS or one.person_id in answered.numbered), key=_likeliest_first
    )[: most * 2]  # fmt: skip
    return _as_they_are_now(best, hidden)[:most]


def _likeliest_first(one: Likely) -> tuple[float, str]:
    return (-one.bits, one.person_id)


def _keys(sought: Sought, schools: set[str], run: int, nobody_learns_where: Collection[str]) -> Keys:
    keys = Keys(run)
    if sounds := sorted(sounds_to_look_for(sought, known_as(), _names_of_lines())):
        # Whoever shares a common name and no birth date near it is found by home or not at all.
        keys.add(NAMES, f"sounds in {some_of(sounds)}", sounds, BY_ONE_KEY * (2 if sought.birth_date else 10))
    if sought.birth_date:
        _add_birth_dates(keys, sought)
    elif surnames := _spellings(sought.surname):
        keys.add(KNOWN, f"surname in {some_of(surnames)}", surnames, BY_ONE_KEY * 4)
    name = sought.first_name or sought.surname
    if schools and name:
        begins = f"{_escaped(name[:1].upper())}%"
        keys.add(
            KNOWN,
            f"school_code in {some_of(schools)} and (first_name like %s escape '!' or surname like %s escape '!')",
            [*sorted(schools), begins, begins],
            BY_ONE_KEY,
        )
    # Also when nothing was said: whoever answers, the query has the same parts.
    where, values = "postcode = %s and not withheld", [tidy_postcode(sought.postcode) or "-"]
    if nobody_learns_where:
        where += f" and person_id not in {some_of(nobody_learns_where)}"
        values += sorted(nobody_learns_where)
    keys.add(HOMES, where, values, BY_ONE_KEY)
    return keys


def _add_birth_dates(keys: Keys, sought: Sought) -> None:
    """On that day; or on one a slip away, with a name that begins alike."""
    born = sought.birth_date
    assert born is not None
    keys.add(KNOWN, "birth_date = %s", [as_day(born)], BY_ONE_KEY * 2)
    near = [as_day(day) for day in sorted(birth_dates_to_look_for(born))]
    begins = [f"{_escaped(name[:2].title())}%" for name in (sought.first_name, sought.surname) if name]
    if begins:
        either = " or ".join(
            f"{column} like %s escape '!'" for _ in begins for column in ("first_name", "surname")
        )
        keys.add(
            KNOWN,
            f"birth_date in {some_of(near)} and ({either})",
            [*near, *(each for each in begins for _ in range(2))],
            BY_ONE_KEY * 2,
        )


def _escaped(letters: str) -> str:
    return "".join(f"!{sign}" if sign in "%_!" else sign for sign in letters)


def _schools(told: str) -> set[str]:
    words = " ".join(told.split())
    if len(words) < 3:
        return set()
    codes = Agency.objects.filter(kind=AgencyKind.SCHOOL).filter(Q(name__icontains=words) | Q(code=words))
    return set(codes.order_by("code").values_list("code", flat=True)[:5])


def _weighed(
    ids: set[str], answered: Answers, sought: Sought, schools: set[str], run: int, today: date, nobody_learns_where: Collection[str], often: dict[str, float]
) -> list[Likely]:  # fmt: skip
    """By names, birth date, age and school; then, for the best of them and for who has the number, by where they live, unless that is withheld."""
    told = described(
        sought.first_name, sought.surname, sought.birth_date, known_as(), address=sought.address, postcode=sought.postcode
    )  # fmt: skip
    weights = _weights()
    alike, birth = _once_each(told, weights, often)
    age = sought.age if sought.birth_date is None else None
    bits = {}
    for person_id in ids:
        first_name, surname, born, school = answered.known[person_id]
        called = answered.called.get(person_id, set()) | {(first_name, surname)}
        bits[person_id] = (
            max(map(alike, called))
            + birth(born)
            + bits_of_age(age, born, today)
            + bits_of_school(schools, school)
        )
    # Of two as likely the same one each time, whatever order a database has its rows in.
    best = set(sorted(bits, key=lambda person_id: (-bits[person_id], person_id))[:WEIGHED_BY_HOME])
    best |= answered.numbered & set(bits)
    homes = defaultdict(list)
    for person_id, address, postcode in lived_at(run, best - set(nobody_learns_where)):
        there = Described(address=plain(address), postcode=tidy_postcode(postcode))
        homes[person_id].append(weights.of_home(told, there))
    return [Likely(person_id, bits[person_id] + max(homes[person_id], default=0.0)) for person_id in best]


@lru_cache(maxsize=20_000)
def _called(first_name: str, surname: str) -> Described:
    return described(first_name, surname, None, known_as())


def _once_each(
    told: Described, weights: Weights, often: dict[str, float]
) -> tuple[Callable[[tuple[str, str]], float], Callable[[date | None], float]]:
    """What a name and a birth date weigh against what was told: thousands who answer to a key share a few hundred of them."""

    @cache
    def alike(name: tuple[str, str]) -> float:
        return weights.of_names(told, _called(*name), often)

    @cache
    def birth(born: date | None) -> float:
        return weights.of_birth(told, Described(born=born.strftime("%Y%m%d") if born else ""))

    return alike, birth


def _spelt(sought: Sought) -> dict[str, list[str]]:
    return {
        "first_name": _spellings(sought.first_name) or ["-"],
        "surname": _spellings(sought.surname) or ["-"],
    }


def _how_often(found: dict[str, int], everybody: int) -> dict[str, float]:
    """How common the sought names are, smoothed as in the night."""
    usual = _weights().often
    return {
        column: (count + NAMES_BEHIND_A_FREQUENCY * usual[column]) / (everybody + NAMES_BEHIND_A_FREQUENCY)
        for column, count in found.items()
    }


def _as_they_are_now(found: list[Likely], hidden: Collection[str]) -> list[Likely]:
    """Whoever was joined into somebody is that somebody."""
    joined = dict(
        Person.objects.filter(pk__in=[one.person_id for one in found], now__isnull=False).values_list("pk", "now_id")
    )  # fmt: skip
    made: dict[str, Likely] = {}
    for one in found:
        person_id = joined.get(one.person_id, one.person_id)
        if person_id not in hidden:
            made.setdefault(person_id, Likely(person_id, one.bits))
    return list(made.values())


def _spellings(name: str) -> list[str]:
    name = name.strip()
    return sorted({name, name.title(), name.upper(), name.capitalize()}) if name else []


@cache
def _weights() -> Weights:
    return Weights(json.loads(WEIGHTS.read_text(encoding="utf-8")))


@cache
def _names_of_lines() -> dict[int, frozenset[str]]:
    lines: dict[int, set[str]] = defaultdict(set)
    for name, numbers in known_as().items():
        for number in numbers:
            lines[number].add(plain(name))
    return {number: frozenset(names) for number, names in lines.items()}


@lru_cache(maxsize=4)
def _how_many(run: int, finished_at: datetime | None) -> int:
    """Everybody, counted once a night: it only smooths how common a name is. Another county may have a run of the same number."""
    return KnownAs.objects.current(run).count()
