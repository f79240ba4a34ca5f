"""Every two records that Splink's own rules would put side by side have a key in common."""

from itertools import combinations

import pyarrow as pa

from rowan.matching.blocking import MOST_RECORDS_OF_ONE_NUMBER, find_candidates, write_keys
from rowan.matching.comparisons import BLOCKING
from rowan.matching.known_names import known_as
from rowan.matching.rules.identity import identity
from rowan.matching.weighing import WEIGHED, weighed_columns
from tests.nights_of_matching import County
from tests.people_to_match import UPN, record

title = "Which records are put side by side"


def weighed(engine, name, records):
    rows = [weighed_columns(identity(each, place, known_as())) for place, each in enumerate(records)]
    engine.take(name, pa.Table.from_pylist(rows, schema=WEIGHED))
    return rows


def pairs(engine, records, salt=""):
    weighed(engine, "to_block", records)
    write_keys(engine.connection, "to_block", "to_block_keys", salt)
    engine.connection.execute(
        "create or replace table no_keys as select * from to_block_keys where false"
    ).fetchall()
    find_candidates(engine.connection, "to_block_keys", "no_keys", "to_block_pairs")
    found = engine.connection.execute("select join_key_l, join_key_r from to_block_pairs").fetchall()
    assert len(found) == len(set(found))
    return set(found)


def test_keys_bring_together_whatever_splinks_rules_do(duckdb_engine):
    records = list(County(8, 60).records.values())
    found = pairs(duckdb_engine, records)
    wanted = set()
    for rule in BLOCKING:
        each = rule if isinstance(rule, dict) else {"blocking_rule": rule, "arrays_to_explode": []}
        listed = ", ".join(f"unnest({column}) as {column}" for column in each["arrays_to_explode"])
        source = f"(select * replace ({listed}) from to_block)" if listed else "to_block"
        wanted |= set(
            duckdb_engine.connection.execute(
                f"select least(l.place, r.place), greatest(l.place, r.place) from {source} l join {source} r "
                f"on l.place <> r.place and {each['blocking_rule']}"
            ).fetchall()
        )
    assert wanted <= found
    assert len(found) < len(list(combinations(records, 2)))


def test_a_salt_changes_no_pair_and_every_key(duckdb_engine):
    records = list(County(8, 30).records.values())
    one = pairs(duckdb_engine, records)
    keys = duckdb_engine.connection.execute("select key from to_block_keys").fetchall()
    assert pairs(duckdb_engine, records, salt="of another home") == one
    assert not set(keys) & set(duckdb_engine.connection.execute("select key from to_block_keys").fetchall())


def test_a_number_on_very_many_records_brings_nobody_together(duckdb_engine):
    def many(count):
        return [record(source_id=str(number), upn=UPN) for number in range(count)]

    assert len(pairs(duckdb_engine, many(MOST_RECORDS_OF_ONE_NUMBER))) > 0
    assert not pairs(duckdb_engine, many(MOST_RECORDS_OF_ONE_NUMBER + 1))
