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
from rowan.asked_alike import among, as_told, asked_alike
from rowan.matching import known_names
from rowan.matching.known_names import known_as
from rowan.matching.rules.judgement import BITS_OF_A_SHARED_NUMBER
from rowan.matching.rules.one_against_many import LESS, Against
from rowan.matching.rules.one_by_one import Described, Weights, described
from rowan.records.models import OvernightRun
from rowan.records.rules.postcodes import tidy_postcode
from rowan.records.rules.spelling import plain

from .answering_to_keys import HOMES, KNOWN, NAMES, Answers, Keys, answers, beginning, begins_with
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
CALLED = ("first_name", "surname")
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
        _keys(sought, schools, number, nobody_learns_where),
        "".join(sought.number.split()).upper() or "-",
        _spelt(sought),
        BY_ONE_KEY,
        # Where nobody said where she lives, no home weighs anything.
        homes=bool(sought.address or sought.postcode),
    )
    ids = set(answered.known) - set(hidden)
    if only is not None:
        ids &= set(only)
    often = _how_often(answered.often, _how_many(number, run and run.finished_at))
    weighed = [
        Likely(one.person_id, one.bits + BITS_OF_A_SHARED_NUMBER * (one.person_id in answered.numbered))
        for one in _weighed(ids, answered, sought, schools, today, nobody_learns_where, often)
    ]
    best = sorted(
        (one for one in weighed if one.bits >= SUGGESTED_FROM_BITS or one.person_id in answered.numbered), key=_likeliest_first
    )[: most * 2]  # fmt: skip
    return _as_they_are_now(best, hidden)[:most]


def _likeliest_first(one: Likely) -> tuple[float, str]:
    return (-one.bits, one.person_id)


def _keys(sought: Sought, schools: set[str], run: int, nobody_learns_where: Collection[str]) -> Keys:
    keys = Keys(run)
    # Most parts also when nothing was said for them: whoever answers, the query has the same parts, and whatever was told few forms.
    sounds = sorted(sounds_to_look_for(sought, known_as(), _names_of_lines())) or ["-"]
    # Whoever shares a common name and no birth date near it is found by home or not at all.
    keys.add(NAMES, among("sounds"), [sounds], BY_ONE_KEY * (2 if sought.birth_date else 10))
    if sought.birth_date:
        _add_birth_dates(keys, sought.birth_date, sought)
    else:
        keys.add(KNOWN, among("surname"), [_spellings(sought.surname) or ["-"]], BY_ONE_KEY * 4)
    name = sought.first_name or sought.surname
    if schools and name:
        begins = beginning(name[:1].upper())
        at_school = [f"{among('school_code')} and {begins_with(column)}" for column in CALLED]
        keys.add(KNOWN, at_school, [sorted(schools), *begins] * 2, BY_ONE_KEY)
    at_home = f"postcode = %s and not withheld and not ({among('person_id')})"
    keys.add(HOMES, at_home, [tidy_postcode(sought.postcode) or "-", sorted(nobody_learns_where)], BY_ONE_KEY)
    return keys


def _add_birth_dates(keys: Keys, born: date, sought: Sought) -> None:
    """On that day; or on one a slip away, with a name that begins alike."""
    keys.add(KNOWN, "birth_date = %s", [born], BY_ONE_KEY * 2)
    names = [name for name in (sought.first_name, sought.surname) if name]
    if not names:
        return
    near = as_told(sorted(birth_dates_to_look_for(born)))
    begins = sorted({written for name in names for written in (name[:2].title(), name[:2].upper())})
    on_a_day_near = [f"{among('birth_date')} and {begins_with(column)}" for _ in begins for column in CALLED]
    values = [value for letters in begins for _ in CALLED for value in (near, *beginning(letters))]
    keys.add(KNOWN, on_a_day_near, values, BY_ONE_KEY * 2)


def _schools(told: str) -> set[str]:
    words = " ".join(told.split())
    if len(words) < 3:
        return set()
    codes = Agency.objects.filter(kind=AgencyKind.SCHOOL).filter(Q(name__icontains=words) | Q(code=words))
    return set(codes.order_by("code").values_list("code", flat=True)[:5])


def _weighed(
    ids: set[str], answered: Answers, sought: Sought, schools: set[str], today: date, nobody_learns_where: Collection[str], often: dict[str, float]
) -> list[Likely]:  # fmt: skip
    """By names, birth date, age, school and home, unless that is withheld. Names last, and of those only whom they could lift to being suggested."""
    told = described(
        sought.first_name, sought.surname, sought.birth_date, known_as(), address=sought.address, postcode=sought.postcode
    )  # fmt: skip
    weights = _weights()
    names = Against(told, weights, often, _called)
    birth, home = _births(told, weights), _homes(told, weights)
    age = sought.age if sought.birth_date is None else None
    found = []
    for person_id in ids:
        born, school = answered.known[person_id]
        bits = birth(born)
        if age is not None or schools:
            bits += bits_of_age(age, born and date.fromisoformat(born), today) + bits_of_school(
                schools, school
            )
        if (homes := answered.homes.get(person_id)) and person_id not in nobody_learns_where:
            bits += max([home(*each) for each in homes])
        at_least = LESS if person_id in answered.numbered else SUGGESTED_FROM_BITS - bits
        if names.most >= at_least:
            bits += max([names.bits(*each, at_least) for each in answered.called[person_id]])
            if bits >= SUGGESTED_FROM_BITS or person_id in answered.numbered:
                found.append(Likely(person_id, bits))
    return found


@lru_cache(maxsize=100_000)
def _called(first_name: str, surname: str) -> Described:
    return described(first_name, surname, None, known_as())


def _births(told: Described, weights: Weights) -> Callable[[str | None], float]:
    """What a birth date weighs against what was told: hundreds who answer to a key share a few days."""

    @cache
    def birth(born: str | None) -> float:
        return weights.of_birth(told, Described(born=(born or "").replace("-", "")))

    return birth


def _homes(told: Described, weights: Weights) -> Callable[[str, str], float]:
    """What a home weighs against the one that was told: where two postcodes differ, nobody need read the addresses."""

    def home(address: str, postcode: str) -> float:
        code = tidy_postcode(postcode)
        differ = code and told.postcode and code != told.postcode
        return in_another(code.partition(" ")[0]) if differ else at_the_same(address, code)

    @cache
    def in_another(district: str) -> float:
        return weights.of_home(told, Described(postcode=f"{district} another"))

    @cache
    def at_the_same(address: str, code: str) -> float:
        return weights.of_home(told, Described(address=plain(address), postcode=code))

    return home


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
    joined = dict(_joined_since(ids=[one.person_id for one in found]))
    made: dict[str, Likely] = {}
    for one in found:
        person_id = joined.get(one.person_id, one.person_id)
        if person_id not in hidden:
            made.setdefault(person_id, Likely(person_id, one.bits))
    return list(made.values())


@asked_alike
def _joined_since(ids):
    return Person.objects.filter(pk__among=ids, now__isnull=False).values_list("pk", "now_id")


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
