"""Which records are put side by side: those that have a key in common. A pair's cost then grows with records and not with their square.

The keys are those of `comparisons.BLOCKING` (a test holds both against each other), written so that a record's own can be kept from one
night to the next: digests under a salt of this home's, of which no name can be read.
"""

from typing import Any

# The kind of key, and the columns of a weighed record it is made of. A list gives a key for each thing in it.
# With a birth date, either name's sound is one kind: whoever was written down the wrong way round is found as well.
_OF_BIRTH = "list_distinct([first_sound, surname_sound])"
NUMBERS = 0
KEYS: list[tuple[int, tuple[str, ...], str | None]] = [
    (NUMBERS, (), "numbers"),
    (1, ("birth_date",), _OF_BIRTH),
    (2, ("birth_date", "postcode"), None),
    (3, ("birth_date",), "known_as"),
    (4, ("birth_date",), "surname_parts"),
    (5, ("first_name", "surname", "birth_year"), None),
    (6, ("first_name", "surname", "birth_day"), None),
    (7, ("postcode", "first_sound"), None),
    (8, ("postcode",), "known_as"),
    (9, ("address", "first_sound"), None),
]
# Records that hold one number beyond this many find each other by names instead: a number so common names nobody.
MOST_RECORDS_OF_ONE_NUMBER = 40


def write_keys(connection: Any, records: str, into: str, salt: str) -> None:
    """Fill `into` with the keys of weighed records: kind, key, place."""
    parts = []
    for kind, columns, each in KEYS:
        given = " and ".join(f"{column} is not null" for column in columns) or "true"
        said = ", ".join([f"'{salt}{kind}'", *columns, *(["said"] if each else [])])
        rows = f"(select *, unnest({each}) as said from {records})" if each else records
        parts.append(f"select {kind}::utinyint as kind, hash({said}) as key, place from {rows} where {given}")
    _do(connection, f"create or replace table {into} as {' union all '.join(parts)}")


def find_candidates(connection: Any, fresh: str, earlier: str, into: str) -> None:
    """Fill `into` with the pairs to weigh, as Splink takes them: fresh records among themselves, and with earlier ones."""
    _do(
        connection,
        f"create or replace table {into}_by_key (match_key utinyint, join_key_l bigint, join_key_r bigint)",
    )
    common = (
        f"select key from (select key from {fresh} where kind = {NUMBERS} "
        f"union all select key from {earlier} where kind = {NUMBERS}) "
        f"group by 1 having count(*) > {MOST_RECORDS_OF_ONE_NUMBER}"
    )
    _do(connection, f"create or replace table {into}_common as {common}")
    for kind, _, _ in KEYS:
        # One kind after another: together they would need all of a night's memory.
        its = f"select key, place from {fresh} where kind = {kind}"
        theirs = f"select key, place from {earlier} where kind = {kind} and key in (select key from {fresh} where kind = {kind})"
        if kind == NUMBERS:
            its += f" and key not in (select key from {into}_common)"
        for others, which in ((its, "one.place < other.place"), (theirs, "true")):
            _do(
                connection,
                f"insert into {into}_by_key select {kind}, least(one.place, other.place), greatest(one.place, other.place) "
                f"from ({its}) one join ({others}) other on one.key = other.key where {which}",
            )
    _do(
        connection,
        f"create or replace table {into} as select cast(min(match_key) as varchar) as match_key, join_key_l, join_key_r "
        f"from {into}_by_key group by all",
    )
    for table in ("by_key", "common"):
        _do(connection, f"drop table {into}_{table}")


def _do(connection: Any, sql: str) -> None:
    connection.execute(sql).fetchall()
