"""Matching is worked out at a desk beside the run: the rest of the night finds what came of it, and nothing else."""

import pyarrow as pa
import pytest

from rowan.matching import afresh, link_records
from rowan.matching.desk import Desk
from rowan.matching.kept import Keeping
from rowan.pipeline.engine import DuckDB
from tests.nights_of_matching import FIRST_DAY, County, weighed_simply

title = "A desk beside the run"
HANDED_OVER = {"links", "unsure_pairs", "joined"}
SENT = {"county", "barriers_of_county"}


def there(engine):
    """Every table and view that the rest of the night could read, and by which databases."""
    rows = engine.connection.execute(
        "select table_catalog, table_name from information_schema.tables "
    ).fetchall()
    return {catalog for catalog, _ in rows}, {name for _, name in rows}


def test_a_night_hands_over_links_doubts_and_joins_and_clears_all_else_away(tmp_path, monkeypatch):
    monkeypatch.setattr(link_records, "weigh", weighed_simply)
    monkeypatch.setattr(afresh, "FRESH_AT_MOST", 1)
    monkeypatch.setattr(afresh, "GROWN_AT_MOST", 10)
    engine, kept, county = DuckDB(tmp_path / "engine"), tmp_path / "kept", County(8, 20)
    for day in range(3):
        _, said = county.link(engine, Keeping(kept, FIRST_DAY, full_every_days=7) if day else None)
        catalogs, names = there(engine)
        assert len(catalogs) == 1
        later = {"links_settled_later"} if day else set()
        assert names - SENT == HANDED_OVER | later
        assert len(said[0]) == len(county.records)
        county.settle(said[0])
        county._send()
    engine.close()


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_desk_that_a_killed_night_left_is_cleared_by_the_next(duckdb_engine, in_memory):
    left = Desk(duckdb_engine.connection, in_memory=in_memory)
    left.take("matching_read", pa.table({"rid": ["of yesterday"]}))
    for again in (True, False):
        desk = Desk(duckdb_engine.connection, in_memory=again)
        assert desk.rows("select table_name from information_schema.tables where table_name = 'matching_read'") == []  # fmt: skip
        desk.clear()


@pytest.mark.parametrize("in_memory", [True, False])
def test_what_lies_on_the_desk_is_found_before_what_is_called_the_same_in_the_run(duckdb_engine, in_memory):
    duckdb_engine.take("told_twice", pa.table({"who": ["the run"]}))
    desk = Desk(duckdb_engine.connection, in_memory=in_memory)
    assert desk.rows("select who from told_twice") == [("the run",)]
    desk.take("told_twice", pa.table({"who": ["the desk"]}))
    assert [batch.to_pylist() for batch in desk.batches("select who from told_twice", 10)] == [
        [{"who": "the desk"}]
    ]
    desk.clear()
    assert duckdb_engine.connection.execute("select who from told_twice").fetchall() == [("the run",)]
    duckdb_engine.forget("told_twice")


def test_many_new_records_are_worked_out_in_the_runs_file_and_say_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(link_records, "weigh", weighed_simply)
    monkeypatch.setattr(afresh, "FRESH_AT_MOST", 1)
    monkeypatch.setattr(afresh, "GROWN_AT_MOST", 10)
    where, begin = [], Desk.__init__

    def beginning(desk, run, *, in_memory):
        where.append(in_memory)
        begin(desk, run, in_memory=in_memory)

    monkeypatch.setattr(Desk, "__init__", beginning)
    engine, county, said = DuckDB(tmp_path / "engine"), County(9, 20), {}
    for few in (20_000, 0):
        monkeypatch.setattr(link_records, "FEW", few)
        county.link(engine, Keeping(tmp_path / str(few), FIRST_DAY, full_every_days=7))
    county._send()
    for few in (20_000, 0):
        monkeypatch.setattr(link_records, "FEW", few)
        where.clear()
        linked, said[few] = county.link(engine, Keeping(tmp_path / str(few), FIRST_DAY, full_every_days=7))
        assert linked.why_everybody == ""
        assert where == ([True] if few else [True, False])
    assert said[0] == said[20_000]
    engine.close()
