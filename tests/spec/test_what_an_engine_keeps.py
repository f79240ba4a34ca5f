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
