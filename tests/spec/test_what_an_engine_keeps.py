"""What an engine keeps is what the relation says it is: a week begun is a date, not a moment, on every engine."""

import ibis
import pytest

from .conftest import read_table


@pytest.mark.spark
def test_a_week_cut_from_a_date_is_kept_as_a_date_beside_a_table_written_in_a_rule(
    duckdb_engine, spark_engine
):
    for engine in (duckdb_engine, spark_engine):
        days = engine.take("engine_days", read_table("on_day_on\n2026-11-19"))
        weeks = days.select(week_on=days.on_day_on.truncate("W"), rows=days.count())
        kept = engine.keep("engine_weeks", weeks.cross_join(ibis.memtable([{"written": 1}])))
        assert kept["week_on"].type().is_date(), engine.name
        assert kept["rows"].type().is_integer(), engine.name
        seen = engine.see("engine_weeks_seen", kept.filter(kept.written == 1))
        assert engine.count(seen) == 1, engine.name


def test_what_is_kept_has_the_columns_that_lie_there_and_as_many_rows(duckdb_engine):
    """Neither is asked for again: both are known when it is kept."""
    days = duckdb_engine.take("kinds_told", read_table("on_day_on | whole | word\n2026-11-19 | 3 | a"))
    every_kind = days.mutate(
        yes=days.whole > 1, part=days.whole / 2, at=days.on_day_on.cast("timestamp"), nothing=ibis.null(),
        small=days.whole.cast("int16"), total=days.whole.sum(), week_on=days.on_day_on.truncate("W"),
    )  # fmt: skip
    for keep in (duckdb_engine.keep, duckdb_engine.keep_for_now, duckdb_engine.see):
        kept = keep(f"kinds_{keep.__name__}", every_kind)
        assert kept.schema() == duckdb_engine.table(f"kinds_{keep.__name__}").schema(), keep.__name__
        assert duckdb_engine.count(kept) == 1


def test_rows_are_counted_anew_when_there_are_more_or_they_are_forgotten(duckdb_engine):
    one = duckdb_engine.take("counted_told", read_table("on_day_on\n2026-11-19"))
    kept = duckdb_engine.keep("counted_kept", one)
    assert duckdb_engine.count(kept) == 1
    assert duckdb_engine.count(duckdb_engine.keep_more("counted_kept", one)) == 2
    assert duckdb_engine.count(kept.filter(kept.on_day_on.year() == 2025)) == 0
    duckdb_engine.forget("counted_kept")
    assert duckdb_engine.count(duckdb_engine.see("counted_kept", one.limit(0))) == 0
