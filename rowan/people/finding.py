"""Finds whom a few details may be about: looks their keys up in the web database and weighs what answers with matching's own weights.

The keys stand in the very rows that are looked at (`Name.sounds`, a birth date, a postcode), so they change in the same transaction as
the names do. Somebody hidden from the reader is left out before anything is weighed, counted or cut.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import Count, Q

from rowan.agencies.models import Agency, AgencyKind
from rowan.asked_alike import asked_alike
from rowan.matching import known_names
from rowan.matching.known_names import known_as
from rowan.matching.rules.judgement import BITS_OF_A_SHARED_NUMBER
from rowan.matching.rules.one_by_one import Described, Weights, described
from rowan.records.models import OvernightRun
from rowan.records.rules.postcodes import tidy_postcode
from rowan.records.rules.spelling import plain

from .models import Address, Identifier, KnownAs, Name, Person
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
    run = OvernightRun.current_number()
    schools = _schools(sought.school)
    nobody_learns_where = withheld_by_day()
    numbered = _have_the_number(sought, run)
    ids = (_answer_to_a_key(sought, schools, run, nobody_learns_where) | numbered) - set(hidden)
    if only is not None:
        ids &= set(only)
    told = described(
        sought.first_name, sought.surname, sought.birth_date, known_as(), address=sought.address, postcode=sought.postcode
    )  # fmt: skip
    weighed = [
        Likely(one.person_id, one.bits + BITS_OF_A_SHARED_NUMBER * (one.person_id in numbered))
        for one in _weighed(ids, sought, told, schools, run, today, nobody_learns_where, always=numbered)
    ]
    best = sorted(
        (one for one in weighed if one.bits >= SUGGESTED_FROM_BITS or one.person_id in numbered), key=lambda one: (-one.bits, one.person_id)
    )[: most * 2]  # fmt: skip
    return _as_they_are_now(best, hidden)[:most]


def _answer_to_a_key(
    sought: Sought, schools: set[str], run: int, nobody_learns_where: Collection[str]
) -> set[str]:
    known = KnownAs.objects.current(run)
    found = set(_sounding(run=run, keys=sounds_to_look_for(sought, known_as(), _names_of_lines())))
    found |= set(known.filter(_born(sought)).values_list("person_id", flat=True)[: BY_ONE_KEY * 4])
    found |= set(known.filter(_at_school(sought, schools)).values_list("person_id", flat=True)[:BY_ONE_KEY])
    lives = set(_living_at(run=run, code=tidy_postcode(sought.postcode) or "-"))
    return found | (lives - set(nobody_learns_where))


@asked_alike
def _sounding(run, keys):
    names = Name.objects.current(run).filter(sounds__among=keys)
    return names.values_list("person_id", flat=True)[: BY_ONE_KEY * 10]


@asked_alike
def _living_at(run, code):
    lives = Address.objects.current(run).filter(postcode=code, withheld=False)
    return lives.values_list("person_id", flat=True)[:BY_ONE_KEY]


def _have_the_number(sought: Sought, run: int) -> set[str]:
    """Whoever has that very pupil number or NHS number: strong, and not certain, as anywhere in matching."""
    number = "".join(sought.number.split()).upper() or "-"
    return set(_numbered(run=run, number=number))


@asked_alike
def _numbered(run, number):
    numbered = Identifier.objects.current(run).filter(kind__in=["upn", "nhs_number"], value=number)
    return numbered.values_list("person_id", flat=True)[:BY_ONE_KEY]


def _born(sought: Sought) -> Q:
    """On that day; or on one a slip away, with a name that begins alike."""
    if sought.birth_date is None:
        return _of_that_surname(sought)
    near = Q(birth_date__in=birth_dates_to_look_for(sought.birth_date))
    begins = Q()
    for name in (sought.first_name, sought.surname):
        if name:
            begins |= Q(first_name__startswith=name[:2].title()) | Q(surname__startswith=name[:2].title())
    return Q(birth_date=sought.birth_date) | (near & begins if begins else Q(pk=0))


def _of_that_surname(sought: Sought) -> Q:
    return Q(surname__in=_spellings(sought.surname)) if sought.surname else Q(pk=0)


def _at_school(sought: Sought, schools: set[str]) -> Q:
    name = sought.first_name or sought.surname
    if not schools or not name:
        return Q(pk=0)
    begins = name[:1].upper()
    return Q(school_code__in=schools) & (Q(first_name__startswith=begins) | Q(surname__startswith=begins))


def _schools(told: str) -> set[str]:
    words = " ".join(told.split())
    if len(words) < 3:
        words = "-nowhere-"
    return set(_schools_called(words=words))


@asked_alike
def _schools_called(words):
    codes = Agency.objects.filter(kind=AgencyKind.SCHOOL).filter(Q(name__icontains=words) | Q(code=words))
    return codes.values_list("code", flat=True)[:5]


def _weighed(
    ids: set[str], sought: Sought, told: Described, schools: set[str], run: int, today: date, nobody_learns_where: Collection[str], *, always: set[str]
) -> list[Likely]:  # fmt: skip
    """By names, birth date, age and school; then, for the best of them and for `always`, by where they live, unless that is withheld."""
    weights = _weights()
    alike, birth = _once_each(told, weights, _how_often(sought, run))
    names = defaultdict(set)
    for person_id, first_name, surname in _names_of(run=run, ids=ids):
        names[person_id].add((first_name, surname))
    bits = {}
    for person_id, first_name, surname, born, school in _known_of(run=run, ids=ids):
        called = names[person_id] | {(first_name, surname)}
        aged = bits_of_age(sought.age if sought.birth_date is None else None, born, today)
        bits[person_id] = max(map(alike, called)) + birth(born) + aged + bits_of_school(schools, school)
    best = set(sorted(bits, key=lambda person_id: -bits[person_id])[:WEIGHED_BY_HOME]) | (always & set(bits))
    homes = defaultdict(list)
    told_where = best - set(nobody_learns_where)
    for person_id, address, postcode in _homes_of(run=run, ids=told_where):
        there = described("", "", None, {}, address=address, postcode=postcode)
        homes[person_id].append(weights.of_home(told, there))
    return [Likely(person_id, bits[person_id] + max(homes[person_id], default=0.0)) for person_id in best]


def _once_each(
    told: Described, weights: Weights, often: dict[str, float]
) -> tuple[Callable[[tuple[str, str]], float], Callable[[date | None], float]]:
    """What a name and a birth date weigh against what was told: thousands who answer to a key share a few hundred of them."""
    known = known_as()

    @cache
    def alike(name: tuple[str, str]) -> float:
        return weights.of_names(told, described(*name, None, known), often)

    @cache
    def birth(born: date | None) -> float:
        return weights.of_birth(told, described("", "", born, {}))

    return alike, birth


def _rows_of(model, *fields: str) -> asked_alike:
    return asked_alike(
        lambda run, ids: (
            model.objects.current(run).filter(person__among=ids).values_list("person_id", *fields)
        )
    )


_names_of = _rows_of(Name, "first_name", "surname")
_known_of = _rows_of(KnownAs, "first_name", "surname", "birth_date", "school_code")
_homes_of = _rows_of(Address, "address", "postcode")


def _how_often(sought: Sought, run: int) -> dict[str, float]:
    """How common the sought names are, smoothed as in the night."""
    weights, everybody = _weights(), _how_many(run)
    made = {}
    for column, name in (("first_name", sought.first_name), ("surname", sought.surname)):
        found = sum(_so_called[column](spellings=_spellings(name) or ["-"]))
        usual = NAMES_BEHIND_A_FREQUENCY * weights.often[column]
        made[column] = (found + usual) / (everybody + NAMES_BEHIND_A_FREQUENCY)
    return made


def _counted_by(column: str) -> asked_alike:
    def called(spellings):
        so_called = KnownAs.objects.filter(**{f"{column}__among": spellings}).order_by().values(column)
        return so_called.annotate(many=Count("pk")).values_list("many", flat=True)

    return asked_alike(called)


_so_called = {column: _counted_by(column) for column in ("first_name", "surname")}


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


@cache
def _how_many(run: int) -> int:
    """Everybody, counted once a night: it only smooths how common a name is."""
    return KnownAs.objects.current(run).count()
