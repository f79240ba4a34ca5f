"""Where a night's matching is worked out, beside the run's own tables: in memory for few records, in the run's file for everybody.

A table of the run is compressed and written to its file, which on a night with few new records was most of the time. Everybody's tables
do not fit in a night's memory, and in memory DuckDB cannot put aside all of what it needs less.
"""

from collections.abc import Iterator
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table


class Desk:
    """`connection` finds what lies here before the tables of the run. One desk at a time stands beside a run."""

    def __init__(self, run: Any, *, in_memory: bool) -> None:
        self._run = run
        self.clear()
        [(named,)] = run.execute("select current_database()").fetchall()
        run_named = '"' + named.replace('"', '""') + '"'
        self._of_the_run = f"{run_named}.main"
        self._here = "desk.main" if in_memory else f"{run_named}.desk"
        _do(run, "attach ':memory:' as desk" if in_memory else f"create schema {self._here}")
        self.connection = self._sit_down()

    def do(self, sql: str) -> None:
        _do(self.connection, sql)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return list(self.connection.execute(sql).fetchall())

    def count(self, name: str) -> int:
        [(found,)] = self.rows(f"select count(*) from {name}")
        return int(found)

    def batches(self, sql: str, rows_a_batch: int) -> Iterator[pa.RecordBatch]:
        """Read on a connection of its own, so that other tables can be written meanwhile."""
        yield from self._sit_down().sql(sql).to_arrow_reader(rows_a_batch)

    def take(self, name: str, rows: pa.Table | pa.RecordBatchReader) -> None:
        self.connection.register("_taken", rows)
        self.do(f"create or replace table {name} as select * from _taken")
        self.connection.unregister("_taken")

    def hand_over(self, name: str, schema: pa.Schema, rows: str, *, kind: str = "table") -> Table:
        """Make a table (or a view) of the run, with these columns `rows` (from what): by this name the rest of the night finds it."""
        for one in ("table", "view"):
            there = f"select 1 from duckdb_{one}s() where database_name = current_database() and schema_name = 'main' and {one}_name = '{name}'"
            if self._run.execute(there).fetchall():
                _do(self._run, f"drop {one} {name}")
        self.do(f"create {kind} {self._of_the_run}.{name} as select {', '.join(schema.names)} {rows}")
        return ibis.table(ibis.Schema.from_pyarrow(schema), name=name)

    def clear(self) -> None:
        _do(self._run, "detach database if exists desk")
        _do(self._run, "drop schema if exists desk cascade")

    def _sit_down(self) -> Any:
        connection = self._run.cursor()
        _do(connection, f"set search_path = '{self._here},{self._of_the_run}'")
        return connection


def _do(connection: Any, sql: str) -> None:
    # Fetched to its end: DuckDB holds a connection until its last answer has been read.
    connection.execute(sql).fetchall()
