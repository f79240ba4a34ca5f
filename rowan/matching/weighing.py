"""Weighs how alike records are: Splink on the run's own DuckDB, with a stored, versioned set of weights."""

import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from splink import DuckDBAPI, Linker

from rowan.matching.blocking import NUMBERS
from rowan.matching.comparisons import settings
from rowan.matching.known_names import known_as
from rowan.matching.rules.identity import Identity
from rowan.matching.rules.judgement import ASK_FROM_BITS
from rowan.matching.rules.names import family_name_parts, lines_of, sound, with_heads

WEIGHTS = Path(__file__).parent / "weights"
VERSION = "1"
# How often a name occurs is told from at least so many names: in a handful of records every name looks common.
NAMES_BEHIND_A_FREQUENCY = 5_000
# A county smaller than this is weighed as if it were this large: two records alone are no evidence of being one.
RECORDS_AT_LEAST = 2_000
_LETTERS_OF_A_SOUND = 3
NAMES = ("first_name", "surname")

WEIGHED = pa.schema(
    [
        ("place", pa.int64()),
        ("first_name", pa.string()),
        ("first_names", pa.list_(pa.string())),
        ("first_sound", pa.string()),
        ("known_as", pa.list_(pa.int64())),
        ("surname", pa.string()),
        ("surname_parts", pa.list_(pa.string())),
        ("surname_sound", pa.string()),
        ("surname_known_as", pa.list_(pa.int64())),
        ("birth_date", pa.string()),
        ("birth_year", pa.string()),
        ("birth_day", pa.string()),
        ("postcode", pa.string()),
        ("district", pa.string()),
        ("address", pa.string()),
        ("numbers", pa.list_(pa.string())),
    ]
)


def sound_of(name: str) -> str:
    """As much of a plain name's sound as is a key."""
    return sound(name)[:_LETTERS_OF_A_SOUND]


def weighed_columns(person: Identity) -> dict[str, Any]:
    """A record as Splink sees it."""
    first, surname = next(iter(person.first_names), None), next(iter(person.surnames), None)
    born = person.birth_date.strftime("%Y%m%d") if person.birth_date else None
    return {
        "place": person.place,
        "first_name": first,
        # What they may be cut short to as well, and what that is also known as.
        "first_names": list(with_heads(person.first_names)),
        "first_sound": sound_of(first) if first else None,
        "known_as": sorted(lines_of(with_heads(person.first_names), known_as())),
        "surname": surname,
        "surname_parts": sorted({part for name in person.surnames for part in family_name_parts(name)}),
        "surname_sound": sound_of(surname) if surname else None,
        "surname_known_as": sorted(person.surnames_known_as),
        "birth_date": born,
        "birth_year": born and born[:4],
        "birth_day": born and born[4:],
        # Of where she lives no more than whether it is the same, and of a home that is not withheld the district.
        "postcode": person.same_postcode or None,
        "district": person.postcode.partition(" ")[0] or None,
        "address": person.same_address or None,
        "numbers": list(person.numbers),
    }


def stored_weights(version: str = VERSION) -> dict[str, Any]:
    return dict(json.loads((WEIGHTS / f"{version}.json").read_text(encoding="utf-8")))


def weigh(
    connection: Any,
    records: str,
    candidates: str,
    weights: Mapping[str, Any],
    whole: str,
    into: str,
    salt: str = "",
) -> None:
    """Fill the table `into` with those of the candidates that are worth a judgement: place_l, place_r, bits.

    `whole` names what is known of everybody: a table `<whole>_often` and one `<whole>_count`, as `count_names` makes them.
    """
    [(count,)] = connection.execute(f"select records from {whole}_count").fetchall()
    chance = min(0.5, weights["partners_of_a_record"] / max(count, RECORDS_AT_LEAST))
    linker = _linker(connection, records, settings(weights["comparisons"], chance), whole, salt)
    linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register(candidates))
    found = linker.inference.predict()
    connection.execute(
        f"create or replace table {into} as "
        "select least(place_l, place_r) as place_l, greatest(place_l, place_r) as place_r, match_weight as bits "
        f"from {found.physical_name} where match_key = '{NUMBERS}' or match_weight >= {ASK_FROM_BITS}"
    ).fetchall()
    connection.execute(f"drop table if exists {found.physical_name}").fetchall()


def count_names(
    connection: Any, records: str, into: str, comparisons: list[dict[str, Any]], salt: str = ""
) -> None:
    """How often names occur among these records, and how many these are: `<into>_often` (column, digest of the name, often), `<into>_count`.

    Steadied so that a small county does not mislead. Of a name nobody has yet the line without a name says how often it is taken to occur.
    """
    parts = []
    for column in NAMES:
        usual = NAMES_BEHIND_A_FREQUENCY * _often(comparisons, column)
        named = f"select {column}, count(*) as found from {records} where {column} is not null group by 1"
        # The chance that two people share a name stands in for the names that a small county has not shown yet.
        parts.append(
            f"select '{column}' as of_what, hash('{salt}', {column}) as name, (found + {usual}) / (sum(found) over () + {NAMES_BEHIND_A_FREQUENCY}) as often "
            f"from ({named}) union all select '{column}', null, {usual} / (coalesce(sum(found), 0) + {NAMES_BEHIND_A_FREQUENCY}) from ({named})"
        )
    for name, sql in (
        ("often", " union all ".join(parts)),
        ("count", f"select count(*) as records from {records}"),
    ):
        connection.execute(f"create or replace table {into}_{name} as {sql}").fetchall()


def open_linker(connection: Any, records: str, with_settings: dict[str, Any]) -> Linker:
    """A linker over a table of records that knows how often names occur among these very records."""
    count_names(connection, records, f"{records}_alone", with_settings["comparisons"])
    return _linker(connection, records, with_settings, f"{records}_alone")


def _linker(
    connection: Any, records: str, with_settings: dict[str, Any], whole: str, salt: str = ""
) -> Linker:
    # Splink says at length what it does; the run says it in one line of its own.
    logging.getLogger("splink").setLevel(logging.ERROR)
    database = DuckDBAPI(connection=connection)
    # What Splink says of settings it finds odd would not be heard here, and saying it takes longer than weighing a thousand records.
    linker = Linker(
        database.register(records), with_settings, log_level=logging.ERROR, validate_settings=False
    )
    for column in NAMES:
        frequencies = f"{records}_often_{column}"
        connection.execute(
            f"create or replace table {frequencies} as "
            f"with named as (select distinct {column} from {records} where {column} is not null) "
            f"select {column}, coalesce(often, (select often from {whole}_often where of_what = '{column}' and name is null)) as tf_{column} "
            f"from named left join {whole}_often on of_what = '{column}' and name = hash('{salt}', {column})"
        ).fetchall()
        linker.table_management.register_term_frequency_lookup(database.register(frequencies), column)
    return linker


def _often(comparisons: list[dict[str, Any]], column: str) -> float:
    """How often two different people share this name, as the weights have it (one in five hundred before training)."""
    for comparison in comparisons:
        if comparison["output_column_name"] == column:
            for level in comparison["comparison_levels"]:
                if level.get("tf_adjustment_column") == column:
                    return float(level.get("u_probability", 0.002))
    return 0.002


def batches(people: Iterator[Identity], size: int = 20_000) -> Iterator[pa.RecordBatch]:
    rows: list[dict[str, Any]] = []
    for person in people:
        rows.append(weighed_columns(person))
        if len(rows) == size:
            yield pa.RecordBatch.from_pylist(rows, schema=WEIGHED)
            rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema=WEIGHED)
