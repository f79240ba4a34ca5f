"""Small tables in, a small table out: each spec is a page that an expert can sign."""

import gc
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest

from rowan.pipeline.engine import DuckDB, Engine, Spark

from .relations import RELATIONS


@pytest.fixture(scope="session")
def duckdb_engine(tmp_path_factory):
    engine = DuckDB(tmp_path_factory.mktemp("duckdb"))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def spark_engine(tmp_path_factory):
    pytest.importorskip("pyspark")
    engine = Spark(tmp_path_factory.mktemp("spark"))
    # For tables of a few rows, compiling a query costs more than running it.
    engine.session.conf.set("spark.sql.codegen.wholeStage", "false")
    engine.session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    engine.session.conf.set("spark.sql.adaptive.enabled", "false")
    engine.session.conf.set("spark.sql.shuffle.partitions", "1")
    yield engine
    engine.close()


@pytest.fixture
def spec(request, duckdb_engine):
    """Run a table function on small tables and hold its answer against the expected one, on DuckDB and, where marked, on Spark.

    Only the columns that the expected table names are compared, whatever the order of rows. A column that an input leaves
    out is empty. Options of the function are given by name.
    """
    engines: list[Engine] = [duckdb_engine]
    if request.node.get_closest_marker("spark"):
        engines.append(request.getfixturevalue("spark_engine"))

    def hold(
        function: Callable[..., ibis.Table], tables: dict[str, str], expected: str, **options: Any
    ) -> None:
        for engine in engines:
            inputs = {
                name: engine.take(f"spec_{name}", read_table(text, RELATIONS.get(name)))
                for name, text in tables.items()
            }
            found = function(**inputs, **options)
            # The expected cells are read as what the function gives: a school number as words, a count as a number.
            wanted = read_table(expected, {name: _kind(found[name].type()) for name in heads(expected)})
            rows = (
                pa.Table.from_batches(
                    list(engine.batches(found.select(*wanted.column_names))),
                ).to_pylist()
                if engine.count(found)
                else []
            )
            assert _sorted(rows) == _sorted(wanted.to_pylist()), f"on {engine.name}"
            gc.collect()

    return hold


def heads(text: str) -> list[str]:
    return [name.strip() for name in text.strip("\n").splitlines()[0].split("|")]


def _kind(given: Any) -> str:
    for kind, is_it in (
        ("bool", given.is_boolean()),
        ("date", given.is_date()),
        ("timestamp", given.is_timestamp()),
        ("int", given.is_integer()),
        ("float", given.is_numeric()),
    ):
        if is_it:
            return kind
    return "str"


def read_table(text: str, columns: dict[str, str] | None = None) -> pa.Table:
    """A table drawn with bars. The first line names the columns; a line of dashes may follow; an empty cell is empty."""
    lines = [line for line in text.strip("\n").splitlines() if line.strip()]
    lines = [line for line in lines if set(line.strip()) - set("-+| ")]
    names = [name.strip() for name in lines[0].split("|")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines[1:]]
    for row in rows:
        assert len(row) == len(names), f"{row} does not fit under {names}"
    drawn = {name: [row[n] for row in rows] for n, name in enumerate(names)}
    types = {name: (columns or {}).get(name) or _type_of(name, cells) for name, cells in drawn.items()}
    arrays = {
        name: pa.array([_value(cell, types[name]) for cell in cells], ARROW[types[name]])
        for name, cells in drawn.items()
    }
    for name, kind in (columns or {}).items():
        arrays.setdefault(name, pa.nulls(len(rows), ARROW[kind]))
    return pa.table(arrays)


ARROW = {
    "str": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}


def _type_of(name: str, cells: list[str]) -> str:
    if name.endswith("_on") or name == "on":
        return "date"
    if name.endswith("_at"):
        return "timestamp"
    given = [cell for cell in cells if cell]
    if given and all(cell in {"yes", "no", "true", "false"} for cell in given):
        return "bool"
    if name.endswith(("_id", "rid", "source", "postcode", "code")):
        return "str"
    if given and all(cell.lstrip("-").isdigit() for cell in given):
        return "int"
    if given and all(_is_number(cell) for cell in given):
        return "float"
    return "str"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _value(cell: str, kind: str) -> Any:
    if not cell:
        return None
    if kind == "date":
        return date.fromisoformat(cell)
    if kind == "timestamp":
        return datetime.fromisoformat(cell)
    if kind == "bool":
        return cell in {"yes", "true"}
    return {"int": int, "float": float, "str": str}[kind](cell)


def _sorted(rows: list[dict]) -> list[dict]:
    return sorted(
        ({name: _plain(value) for name, value in row.items()} for row in rows),
        key=lambda row: [(value is not None, str(value)) for value in row.values()],
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo:
        return value.replace(tzinfo=None)
    # An empty cell of a drawn table is nothing, or no words.
    if value == "":
        return None
    return round(value, 6) if isinstance(value, float) else value


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.spec)
            # pyspark leaves its sockets to the garbage collector.
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
