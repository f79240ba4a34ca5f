"""Who answers to the keys of a few details, in one query: raw, for a page that waits cannot spend its time on composing fourteen.

What it asks stands in the very rows that are looked at, by their indexes. Of a key too common to find anybody, the same few are
taken each time, whatever order a database has its rows in.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db import connection

from .models import Address, Identifier, KnownAs, Name

NAMES, KNOWN, HOMES, NUMBERS = (model._meta.db_table for model in (Name, KnownAs, Address, Identifier))
CURRENT = "since_run <= {run} and (until_run is null or until_run > {run})"


@dataclass
class Answers:
    """People by id: what each was ever called, and what a page calls them."""

    called: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    known: dict[str, tuple[str, str, date | None, str]] = field(default_factory=dict)
    numbered: set[str] = field(default_factory=set)
    often: dict[str, int] = field(default_factory=dict)


@dataclass
class Keys:
    """Parts of one query: each finds the ids of people, so many at most."""

    run: int
    parts: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, table: str, where: str, values: Iterable[object], most: int) -> None:
        current = CURRENT.format(run=int(self.run))
        # By an expression, so that no database walks all people in order of id to save itself the sorting.
        self.parts.append(
            f"select * from (select person_id from {table} where {where} and {current} order by person_id || '' limit {int(most)}) as part"
        )
        self.values += list(values)


def some_of(values: Collection[object]) -> str:
    return f"({', '.join(['%s'] * len(values))})"


def as_day(day: date) -> object:
    return connection.ops.adapt_datefield_value(day)


def answers(keys: Keys, number: str, spellings: dict[str, Sequence[str]], most: int) -> Answers:
    """All that answer, with their names; who has the number; and on how many pages each name stands."""
    current, run = CURRENT.format(run=int(keys.run)), int(keys.run)
    numbered = f"select person_id from {NUMBERS} where kind in ('upn', 'nhs_number') and value = %s and {current} order by person_id || '' limit {int(most)}"
    counted = [
        f"select 'often' as what, '{column}' as person_id, '' as first_name, '' as surname, cast(null as date) as birth_date, cast(count(*) as varchar(80)) as school_code "
        f"from {KNOWN} where {column} in {some_of(said)}"
        for column, said in spellings.items()
    ]
    found = " union ".join([*keys.parts, "select person_id from numbered"])
    its = ", ".join(f"their.{name}" for name in ("person_id", "first_name", "surname"))
    in_run = f"their.since_run <= {run} and (their.until_run is null or their.until_run > {run})"
    # Not a join: for that SQLite reads everybody's rows into a filter first, thirty milliseconds of 100,000 people.
    among_found = "their.person_id in (select person_id from found)"
    sql = f"""
        with numbered as ({numbered}), found as ({found})
        select 'number' as what, person_id, '' as first_name, '' as surname, cast(null as date) as birth_date, '' as school_code from numbered
        union all select 'name', {its}, cast(null as date), '' from {NAMES} their where {among_found} and {in_run}
        union all select 'known', {its}, their.birth_date, their.school_code from {KNOWN} their where {among_found} and {in_run}
        union all {" union all ".join(counted)}
    """
    said = [value for each in spellings.values() for value in each]
    made = Answers()
    with connection.cursor() as cursor:
        cursor.execute(sql, [number, *keys.values, *said])
        for what, person_id, first_name, surname, born, school in cursor:
            if what == "known":
                made.known[person_id] = (first_name, surname, _day(born), school)
            elif what == "name":
                made.called[person_id].add((first_name, surname))
            elif what == "number":
                made.numbered.add(person_id)
            else:
                made.often[person_id] = int(school)
    return made


def lived_at(run: int, people: Collection[str]) -> list[tuple[str, str, str]]:
    """Every home of these people that is not sealed: person, address, postcode."""
    sql = f"select person_id, address, postcode from {HOMES} where person_id in {some_of(people or ['-'])} and {CURRENT.format(run=int(run))}"
    with connection.cursor() as cursor:
        cursor.execute(sql, sorted(people) or ["-"])
        return list(cursor.fetchall())


@lru_cache(maxsize=50_000)
def _day(born: object) -> date | None:
    """SQLite has dates as words."""
    return date.fromisoformat(born) if isinstance(born, str) else born  # type: ignore[return-value]
