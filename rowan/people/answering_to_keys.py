"""Who answers to the keys of a few details, in one query: raw, for a page that waits cannot spend its time on composing fourteen.

What it asks stands in the very rows that are looked at, and is answered by their indexes alone. Of a key too common to find anybody,
the same few are taken each time, whatever order a database has its rows in. What differs from one search to the next is told beside
the words, so that PostgreSQL plans them once (`asked_alike`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from rowan.asked_alike import among, as_told

from .models import Address, Identifier, KnownAs, Name

NAMES, KNOWN, HOMES, NUMBERS = (model._meta.db_table for model in (Name, KnownAs, Address, Identifier))
CURRENT = "{its}since_run <= {run} and ({its}until_run is null or {its}until_run > {run})"


def current(run: int, its: str = "") -> str:
    return CURRENT.format(its=its, run=int(run))


@dataclass
class Answers:
    """People by id: what each was ever called, and where each was said to live."""

    called: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    known: dict[str, tuple[str | None, str]] = field(
        default_factory=dict
    )  # born, as 2010-04-03; and the school
    homes: dict[str, list[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # that are not sealed
    numbered: set[str] = field(default_factory=set)
    often: dict[str, int] = field(default_factory=dict)


@dataclass
class Keys:
    """Parts of one query: each finds the ids of people, so many at most."""

    run: int
    parts: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, table: str, where: str | Sequence[str], values: Iterable[object], most: int) -> None:
        """Of several `where`s one is enough: each goes by an index of its own, which of an `or` no database does."""
        each = " union ".join(
            f"select person_id from {table} where {one} and {current(self.run)}"
            for one in ([where] if isinstance(where, str) else where)
        )
        # By an expression, so that no database walks all people in order of id to save itself the sorting.
        self.parts.append(
            f"select person_id from (select person_id from ({each}) as either order by person_id || '' limit {int(most)}) as part"
        )
        self.values += [as_told(value) for value in values]


def begins_with(column: str) -> str:
    """By the order of the letters' own numbers, which an index keeps whatever language a database sorts in."""
    at_least, below = ("~>=~", "~<~") if connection.vendor == "postgresql" else (">=", "<")
    return f"{column} {at_least} %s and {column} {below} %s"


def beginning(letters: str) -> list[str]:
    """The values of `begins_with`: from these letters to what comes after the last word that begins with them."""
    after = ord(letters[-1]) + 1
    # Half of a pair of signs is no sign, and after the last of all there is none.
    return [letters, letters[:-1] + chr(min(0xE000 if after == 0xD800 else after, 0x10FFFF))]


def answers(
    keys: Keys, number: str, spellings: dict[str, Sequence[str]], most: int, *, homes: bool = True
) -> Answers:
    """All that answer, with their names and, if asked for, homes; who has the number; and on how many pages each name stands."""
    run = keys.run
    # Not joined with who was found: for that SQLite reads everybody's rows into a filter first, thirty milliseconds of 100,000 people.
    sql = f"""
        with numbered as (
            select person_id from {NUMBERS} where kind in ('upn', 'nhs_number') and value = %s and {current(run)} order by person_id || '' limit {int(most)}
        ), found as ({" union ".join([*keys.parts, "select person_id from numbered"])})
        select 'known' as what, its.person_id, its.first_name, its.surname, also.first_name, also.surname, cast(its.birth_date as varchar(10)), its.school_code
          from {KNOWN} its left join {NAMES} also on also.person_id = its.person_id and {current(run, "also.")}
               and (also.first_name <> its.first_name or also.surname <> its.surname)
         where its.person_id in (select person_id from found) and {current(run, "its.")}
        union all select 'number', person_id, null, null, null, null, null, null from numbered
    """
    if homes:
        sql += f"""
        union all select 'home', its.person_id, its.address, its.postcode, null, null, null, null
          from {HOMES} its where its.person_id in (select person_id from found) and {current(run, "its.")}
        """
    for column in spellings:
        sql += f" union all select 'often', '{column}', cast(count(*) as varchar(80)), null, null, null, null, null from {KNOWN} where {among(column)}"
    made = Answers()
    with connection.cursor_for_what_is_asked_alike() as cursor:
        cursor.execute(sql, [number, *keys.values, *map(as_told, spellings.values())])
        rows = cursor.fetchall()
    called, known = made.called, made.known
    for what, person_id, first_name, surname, also_first, also_last, born, school in rows:
        if what == "known":
            if person_id not in known:
                known[person_id] = (born, school)
                called[person_id].add((first_name, surname))
            if also_first is not None:
                called[person_id].add((also_first, also_last))
        elif what == "home":
            made.homes[person_id].append((first_name, surname))
        elif what == "number":
            made.numbered.add(person_id)
        else:
            made.often[person_id] = int(first_name)
    return made
