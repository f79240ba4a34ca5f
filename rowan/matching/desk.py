"""Where a night's matching is worked out: tables in memory beside the run's own, of which only what does not fit is put on disk.

A table of the run is compressed and written to its file; what matching puts down is read once or twice and cleared away the same night.
"""

from collections.abc import Iterator
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table


class Desk:
    """`connection` finds what lies here before the tables of the run. One desk at a time may stand beside a run."""

    def __init__(self, run: Any) -> None:
        self._run = run
        self.clear()
        [(named,)] = run.execute("select current_database()").fetchall()
        self._of_the_run = '"' + named.replace('"', '""') + '".main'
        _do(run, "attach ':memory:' as desk")
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
            there = f"select 1 from duckdb_{one}s() where database_name = current_database() and {one}_name = '{name}'"
            if self._run.execute(there).fetchall():
                _do(self._run, f"drop {one} {name}")
        self.do(f"create {kind} {self._of_the_run}.{name} as select {', '.join(schema.names)} {rows}")
        return ibis.table(ibis.Schema.from_pyarrow(schema), name=name)

    def clear(self) -> None:
        _do(self._run, "detach database if exists desk")

    def _sit_down(self) -> Any:
        connection = self._run.cursor()
        _do(connection, f"set search_path = 'desk.main,{self._of_the_run}'")
        return connection


def _do(connection: Any, sql: str) -> None:
    # Fetched to its end: DuckDB holds a connection until its last answer has been read.
    connection.execute(sql).fetchall()
