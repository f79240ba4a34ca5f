"""Opens the engine of the overnight run: DuckDB every day, Spark when a region outgrows one machine (docs/adr/0004)."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import ibis
import pyarrow as pa
from ibis.expr.operations import InMemoryTable, Node, UnboundTable
from ibis.expr.types import Table

# What DuckDB may hold in memory; what is beyond it spills to the scratch folder. A night of twenty thousand
# children stays within this, and a night of two thousand does not need it; a larger one says what it needs (`memory.py`).
DUCKDB_MEMORY = "200MB"
DUCKDB_THREADS = 2
ROWS_A_BATCH = 20_000


class Engine(Protocol):
    """What the run asks of an engine: read files, take rows, keep a step's answer, hand rows over in batches."""

    name: str

    def read(self, name: str, files: Sequence[str], *, alike: bool = False) -> Table: ...
    def take(self, name: str, rows: pa.Table | pa.RecordBatchReader) -> Table: ...
    def keep(self, name: str, relation: Table) -> Table: ...
    def keep_for_now(self, name: str, relation: Table) -> Table: ...
    def keep_more(self, name: str, relation: Table) -> Table: ...
    def see(self, name: str, relation: Table) -> Table: ...
    def batches(self, relation: Table) -> Iterator[pa.RecordBatch]: ...
    def count(self, relation: Table) -> int: ...
    def write(self, relation: Table, file: Path) -> None: ...
    def forget(self, name: str) -> None: ...
    def close(self) -> None: ...


class DuckDB:
    """Everything lies in one file of the scratch folder, so that a kept step costs disk, not memory."""

    name = "duckdb"

    def __init__(self, scratch: Path, memory: str = DUCKDB_MEMORY) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self._small: set[str] = set()
        self._written: dict[Node, str] = {}
        self._rows: dict[str, int] = {}
        self.connection = duckdb.connect(
            str(scratch / "run.duckdb"),
            config={
                "memory_limit": memory,
                "threads": DUCKDB_THREADS,
                "temp_directory": str(scratch / "spill"),
                "preserve_insertion_order": False,
            },
        )
        # No file of rows is ever written anew, so that what stands at its end need be read only once.
        self._do("load parquet; set parquet_metadata_cache = true")

    def read(self, name: str, files: Sequence[str], *, alike: bool = False) -> Table:
        """`alike`: every file has the columns that will be asked of it, so that none is opened before it is read. One that has not is an error."""
        # `read_parquet`, never `read_delta`, which would download an extension; union by name, for columns grow.
        listed = ", ".join(_quoted(file) for file in files)
        self._do(
            f'create or replace view "{name}" as select * from read_parquet([{listed}], union_by_name={not alike}, hive_partitioning=false)'
        )
        return self.table(name)

    def take(self, name: str, rows: pa.Table | pa.RecordBatchReader) -> Table:
        self.connection.register("_taken", rows)
        self._rows[name] = self._do(f'create or replace table "{name}" as select * from _taken')
        self.connection.unregister("_taken")
        return self.table(name)

    def keep(self, name: str, relation: Table) -> Table:
        # ibis's own create_table(overwrite=True) writes SQL that DuckDB 2 does not read.
        self._rows[name] = self._do(f'create or replace table "{name}" as {self.sql(relation)}')
        return _as_told(name, relation)

    def keep_for_now(self, name: str, relation: Table) -> Table:
        """For a step between two others, never for `batches`: in memory as long as there is room, a third of the work of writing it."""
        self._rows[name] = self._do(f'create or replace temp table "{name}" as {self.sql(relation)}')
        return _as_told(name, relation)

    def see(self, name: str, relation: Table) -> Table:
        """Put together anew wherever it is read, and only the columns that are."""
        self._do(f'create or replace view "{name}" as {self.sql(relation)}')
        return _as_told(name, relation)

    def keep_more(self, name: str, relation: Table) -> Table:
        """Put the rows under those a step has kept already: a large step is done a part at a time."""
        self._rows.pop(name, None)
        self._do(f'insert into "{name}" by name {self.sql(relation)}')
        return self.table(name)

    def table(self, name: str) -> Table:
        # ibis only writes the SQL: its own DuckDB connection calls functions that DuckDB 2 is about to drop.
        columns = self.connection.sql(f'select * from "{name}" limit 0').to_arrow_table().schema
        return ibis.table(_plain(ibis.Schema.from_pyarrow(columns)), name=name)

    def batches(self, relation: Table) -> Iterator[pa.RecordBatch]:
        yield from self.connection.cursor().sql(self.sql(relation)).to_arrow_reader(ROWS_A_BATCH)

    def count(self, relation: Table) -> int:
        asked = relation.op()
        # What was put into a table was counted as it went in.
        if isinstance(asked, UnboundTable) and asked.name in self._rows:
            return self._rows[asked.name]
        [(found,)] = self.connection.execute(f"select count(*) from ({self.sql(relation)})").fetchall()
        return int(found)

    def write(self, relation: Table, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._do(f"copy ({self.sql(relation)}) to {_quoted(str(file))} (format parquet)")

    def forget(self, name: str) -> None:
        self._rows.pop(name, None)
        self._do(f'drop table if exists "{name}"')

    def _do(self, sql: str) -> int:
        """How many rows it put somewhere, if it did."""
        # Fetched to its end: DuckDB holds a connection until its last answer has been read.
        told = self.connection.execute(sql).fetchall()
        return int(told[0][0]) if told else 0

    def sql(self, relation: Table) -> str:
        """What a step that is done a part at a time asks is written once: that takes as long as a hundred thousand marks."""
        asked = relation.op()
        if asked not in self._written:
            self._written[asked] = self._write(relation)
        return self._written[asked]

    def _write(self, relation: Table) -> str:
        # A table written in a rule (critical values, an empty kind) becomes a table of the engine's own.
        for small in relation.op().find(InMemoryTable):
            if small.name not in self._small:
                self.take(small.name, small.data.to_pyarrow(small.schema))
                self._small.add(small.name)
        # DuckDB sums whole numbers into wider ones and cuts a date to a moment: each column is what the relation says it is.
        columns = ", ".join(
            f"cast({_named(name)} as {_duckdb_type(kind)}) as {_named(name)}"
            for name, kind in relation.schema().items()
        )
        return f"select {columns} from ({ibis.to_sql(relation, dialect='duckdb')})"

    def close(self) -> None:
        self.connection.close()


class Spark:
    """Spark on this machine, bound to the loopback address and without its web page."""

    name = "spark"

    def __init__(self, scratch: Path) -> None:
        from pyspark.sql import SparkSession

        scratch.mkdir(parents=True, exist_ok=True)
        self.scratch = scratch
        self.session: Any = (
            SparkSession.builder.master("local[2]")
            .appName("rowan")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED")
            .config("spark.local.dir", str(scratch / "spill"))
            .config("spark.sql.warehouse.dir", str(scratch / "warehouse"))
            .getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")
        self.backend = ibis.pyspark.connect(self.session)

    def read(self, name: str, files: Sequence[str], *, alike: bool = False) -> Table:
        frame = self.session.read.option("mergeSchema", "true").parquet(*files)
        frame.createOrReplaceTempView(name)
        return self.backend.table(name)

    def take(self, name: str, rows: pa.Table | pa.RecordBatchReader) -> Table:
        import pyarrow.parquet as pq

        table = rows if isinstance(rows, pa.Table) else rows.read_all()
        file = self.scratch / "taken" / f"{name}.parquet"
        file.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, file, coerce_timestamps="us")
        return self.read(name, [str(file)])

    def keep(self, name: str, relation: Table) -> Table:
        # Written under a fresh name first: a step may read what an earlier keep of the same name wrote.
        folder = self.scratch / "kept" / f"{name}-{len(list((self.scratch / 'kept').glob(name + '-*')))}"
        self._frame(relation).write.mode("overwrite").parquet(str(folder))
        frame = self.session.read.parquet(str(folder))
        frame.createOrReplaceTempView(name)
        return self.backend.table(name)

    def keep_for_now(self, name: str, relation: Table) -> Table:
        return self.keep(name, relation)

    def see(self, name: str, relation: Table) -> Table:
        self._frame(relation).createOrReplaceTempView(name)
        return self.backend.table(name)

    def keep_more(self, name: str, relation: Table) -> Table:
        return self.keep(
            name, self.backend.table(name).union(relation.select(*self.backend.table(name).columns))
        )

    def batches(self, relation: Table) -> Iterator[pa.RecordBatch]:
        yield from relation.to_pyarrow().to_batches(max_chunksize=ROWS_A_BATCH)

    def count(self, relation: Table) -> int:
        return int(relation.count().to_pyarrow().as_py())

    def write(self, relation: Table, file: Path) -> None:
        import pyarrow.parquet as pq

        file.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(relation.to_pyarrow(), file)

    def forget(self, name: str) -> None:
        self.session.catalog.dropTempView(name)

    def _frame(self, relation: Table) -> Any:
        # A table written in a rule becomes a table of the engine's own.
        for small in relation.op().find(InMemoryTable):
            self.take(small.name, small.data.to_pyarrow(small.schema))
        # Spark cuts a date to a moment, as DuckDB does: each column is what the relation says it is.
        columns = ", ".join(
            f"cast(`{name}` as {_spark_type(kind)}) as `{name}`" for name, kind in relation.schema().items()
        )
        return self.session.sql(f"select {columns} from ({ibis.to_sql(relation, dialect='pyspark')})")

    def close(self) -> None:
        self.session.stop()


def open_engine(name: str, scratch: Path, memory: str = DUCKDB_MEMORY) -> DuckDB | Spark:
    """A fresh engine in an empty scratch folder: nothing of an earlier night is ever read."""
    shutil.rmtree(scratch, ignore_errors=True)
    return Spark(scratch) if name == "spark" else DuckDB(scratch, memory)


def _as_told(name: str, relation: Table) -> Table:
    """A table or view with the columns that `_write` gave it: asking DuckDB for them takes as long as a small step."""
    return ibis.table(
        {column: _KEPT_AS[_duckdb_type(kind)] for column, kind in relation.schema().items()}, name=name
    )


def _plain(schema: ibis.Schema) -> ibis.Schema:
    """Moments without their precision: two relations that differ only in it can be put under one another."""
    return ibis.schema(
        {name: "timestamp" if kind.is_timestamp() else kind(nullable=True) for name, kind in schema.items()}
    )


# What is read of a column that was written as so.
_KEPT_AS = {
    "boolean": "boolean",
    "bigint": "int64",
    "double": "float64",
    "date": "date",
    "timestamp": "timestamp",
    "varchar": "string",
}


def _spark_type(kind: ibis.DataType) -> str:
    """Spark calls its types as DuckDB does, but for words and fractions; it has no type for a column of nothing."""
    return {"varchar": "string"}.get(_duckdb_type(kind), _duckdb_type(kind))


def _duckdb_type(kind: ibis.DataType) -> str:
    for is_it, name in (
        (kind.is_boolean(), "boolean"),
        (kind.is_integer(), "bigint"),
        (kind.is_numeric(), "double"),
        (kind.is_date(), "date"),
        (kind.is_timestamp(), "timestamp"),
        (kind.is_null(), "varchar"),
    ):
        if is_it:
            return name
    if not kind.is_string():
        raise TypeError(f"A column of {kind} has no place in the night.")
    return "varchar"


def _named(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
