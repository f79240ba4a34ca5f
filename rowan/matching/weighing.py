"""Weighs how alike records are: Splink on the run's own DuckDB, with a stored, versioned set of weights."""

import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from splink import DuckDBAPI, Linker

from rowan.matching.comparisons import MOST_RECORDS_OF_ONE_NUMBER, settings
from rowan.matching.rules.identity import Identity
from rowan.matching.rules.judgement import ASK_FROM_BITS
from rowan.matching.rules.names import family_name_parts, sound

WEIGHTS = Path(__file__).parent / "weights"
VERSION = "1"
# How often a name occurs is told from at least so many names: in a handful of records every name looks common.
NAMES_BEHIND_A_FREQUENCY = 5_000
# A county smaller than this is weighed as if it were this large: two records alone are no evidence of being one.
RECORDS_AT_LEAST = 2_000
_LETTERS_OF_A_SOUND = 3

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


def weighed_columns(person: Identity) -> dict[str, Any]:
    """A record as Splink sees it."""
    first, surname = next(iter(person.first_names), None), next(iter(person.surnames), None)
    born = person.birth_date.strftime("%Y%m%d") if person.birth_date else None
    return {
        "place": person.place,
        "first_name": first,
        "first_names": list(person.first_names),
        "first_sound": sound(first)[:_LETTERS_OF_A_SOUND] if first else None,
        "known_as": sorted(person.known_as),
        "surname": surname,
        "surname_parts": sorted({part for name in person.surnames for part in family_name_parts(name)}),
        "surname_sound": sound(surname)[:_LETTERS_OF_A_SOUND] if surname else None,
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


def weigh(connection: Any, records: str, weights: Mapping[str, Any], into: str) -> None:
    """Fill the table `into` with the pairs worth a judgement: place_l, place_r, bits, by_number."""
    [(count,)] = connection.execute(f"select count(*) from {records}").fetchall()
    chance = min(0.5, weights["partners_of_a_record"] / max(count, RECORDS_AT_LEAST))
    linker = open_linker(connection, records, settings(weights["comparisons"], chance))
    found = linker.inference.predict()
    connection.execute(
        f"create or replace table {into} as "
        "select least(place_l, place_r) as place_l, greatest(place_l, place_r) as place_r, match_weight as bits, "
        f"match_key = '0' as by_number from {found.physical_name} "
        f"where match_key = '0' or match_weight >= {ASK_FROM_BITS}"
    ).fetchall()
    connection.execute(f"drop table if exists {found.physical_name}").fetchall()


def open_linker(connection: Any, records: str, with_settings: dict[str, Any]) -> Linker:
    """A linker over a table of records, told how often names occur so that a small county does not mislead it."""
    # Splink says at length what it does; the run says it in one line of its own.
    logging.getLogger("splink").setLevel(logging.ERROR)
    database = DuckDBAPI(connection=connection)
    _forget_common_numbers(connection, records)
    linker = Linker(database.register(records), with_settings, log_level=logging.ERROR)
    for column in ("first_name", "surname"):
        frequencies = f"{records}_often_{column}"
        connection.execute(
            f"create or replace table {frequencies} as "
            f"with named as (select {column}, count(*) as found from {records} where {column} is not null group by 1), "
            "whole as (select sum(found) as names, sum(found * found) as squares from named) "
            # The chance that two people share a name stands in for the names that a small county has not shown yet.
            f"select {column}, (found + {NAMES_BEHIND_A_FREQUENCY} * {_often(with_settings, column)}) "
            f"/ (names + {NAMES_BEHIND_A_FREQUENCY}) as tf_{column} from named, whole"
        ).fetchall()
        linker.table_management.register_term_frequency_lookup(database.register(frequencies), column)
    return linker


def _often(with_settings: dict[str, Any], column: str) -> float:
    """How often two different people share this name, as the weights have it (one in five hundred before training)."""
    for comparison in with_settings["comparisons"]:
        if comparison["output_column_name"] == column:
            for level in comparison["comparison_levels"]:
                if level.get("tf_adjustment_column") == column:
                    return float(level.get("u_probability", 0.002))
    return 0.002


def _forget_common_numbers(connection: Any, records: str) -> None:
    """A number on very many records is a stand-in, not a person: it brings nobody together."""
    common = [
        number
        for (number,) in connection.execute(
            f"select number from (select unnest(numbers) as number from {records}) "
            f"group by 1 having count(*) > {MOST_RECORDS_OF_ONE_NUMBER}"
        ).fetchall()
    ]
    if common:
        connection.execute(
            f"update {records} set numbers = list_filter(numbers, lambda n: not list_contains($common, n)) "
            "where list_has_any(numbers, $common)",
            {"common": common},
        ).fetchall()


def batches(people: Iterator[Identity], size: int = 20_000) -> Iterator[pa.RecordBatch]:
    rows: list[dict[str, Any]] = []
    for person in people:
        rows.append(weighed_columns(person))
        if len(rows) == size:
            yield pa.RecordBatch.from_pylist(rows, schema=WEIGHED)
            rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema=WEIGHED)
