"""Opens invented counties for training: their files through the same importers real files use, and the truth beside them."""

import csv
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from rowan.key_ring import KeyRing
from rowan.matching.known_names import known_as
from rowan.matching.rules.identity import READ, identity
from rowan.matching.weighing import WEIGHED, batches
from rowan.records.keeping import delta_tables
from rowan.records.keeping.take_in import take_in
from rowan.records.keeping.whose_file import Agreement, KnownAgencies
from rowan.records.reading.opening import FileToTakeIn
from rowan.records.tables.current_rows import current_rows
from rowan.records.tables.identities import NAMED_KINDS, NAMELESS_KINDS, identity_records, row_rids
from rowan.refusals import NotPossible

# Every file of an invented county came on one day: training asks nothing about when.
RECEIVED_ON = date(2026, 1, 1)


def take_in_for_training(counties: Sequence[Path], home: Path, connection: Any) -> tuple[str, pa.Table]:
    """Fill a table of weighed records, and say whose each is: (its name, place, person and agency).

    Each county stands in a home of its own, for invented numbers may occur in two counties.
    """
    rows, truth, place = [], [], 0
    for number, county in enumerate(counties):
        for record, person in _records(county, home / str(number), connection):
            rows.append(identity(record, place, known_as()))
            truth.append({"place": place, "person": f"{number}|{person}", "agency": record["agency"]})
            place += 1
    weighed = pa.RecordBatchReader.from_batches(WEIGHED, batches(iter(rows)))
    connection.register("_weighed", weighed)
    connection.execute("create or replace table weighed as select * from _weighed").fetchall()
    connection.unregister("_weighed")
    return "weighed", pa.Table.from_pylist(truth)


def _records(county: Path, home: Path, connection: Any) -> list[tuple[dict[str, Any], str]]:
    persons = _truth(county)
    _import(county, home, sorted({file for file, _ in persons}))
    kinds = _kinds(home, connection)
    found = _rows(connection, identity_records(kinds).select(*READ).order_by("rid"))
    lines = {
        (kind, row["source"], row["record_id"]): (row["file"], row["line"])
        for kind, table in kinds.items()
        for row in _rows(connection, table.select("source", "record_id", "file", "line"))
    }
    people_of: dict[str, set[str]] = {}
    for row in _rows(connection, row_rids(kinds)):
        line = lines[row["record_kind"], row["source"], row["record_id"]]
        people_of.setdefault(row["rid"], set()).add(persons[line])
    # A record that holds rows of two children (one number, one name, given twice) teaches nothing.
    return [
        (record, *people_of[record["rid"]]) for record in found if len(people_of.get(record["rid"], ())) == 1
    ]


def _truth(county: Path) -> dict[tuple[str, int], str]:
    file = county / "truth" / "records.csv"
    if not file.is_file():
        raise NotPossible(f"{county} is not an invented county: it has no truth/records.csv.")
    with file.open(encoding="utf-8", newline="") as opened:
        return {(row["file"], int(row["line"])): row["person"] for row in csv.DictReader(opened)}


def _import(county: Path, home: Path, files: Sequence[str]) -> None:
    agreed = json.loads((county / "agreements.json").read_text(encoding="utf-8"))
    known = KnownAgencies(
        names={one["agency"]: one["agency_name"] for one in agreed},
        kinds={one["agency"]: one["agency_kind"] for one in agreed},
        agreements=[Agreement(one["feed"], one["agency"]) for one in agreed],
    )
    # The postcodes first: without them an invented area would look like a mistake.
    named = ["places/postcodes.csv", *files]
    reports = take_in(
        home,
        [FileToTakeIn(county / name, name) for name in named],
        # Of this training only: they go when its home goes.
        keys=KeyRing(home / "keys"),
        known=known,
        from_agency=None,
        received_on=RECEIVED_ON,
        in_service=False,
        now=lambda: datetime(RECEIVED_ON.year, RECEIVED_ON.month, RECEIVED_ON.day, tzinfo=UTC).replace(
            tzinfo=None
        ),
    )
    refused = [report for report in reports if report.refused]
    if refused:
        raise NotPossible(f"{county}/{refused[0].file} could not be read: {refused[0].refused}.")


def _kinds(home: Path, connection: Any) -> dict[str, Table]:
    imports = _opened(home, delta_tables.IMPORTS, connection)
    return {
        kind: current_rows(_opened(home, kind, connection), imports, RECEIVED_ON)
        for kind in (*NAMED_KINDS, *NAMELESS_KINDS)
        if delta_tables.files_of(home, kind)
    }


def _opened(home: Path, kind: str, connection: Any) -> Table:
    files = ", ".join("'" + file.replace("'", "''") + "'" for file in delta_tables.files_of(home, kind))
    name = f"county_{kind}"
    connection.execute(
        f"create or replace table {name} as "
        f"select * from read_parquet([{files}], union_by_name=true, hive_partitioning=false)"
    ).fetchall()
    schema = connection.sql(f"select * from {name} limit 0").to_arrow_table().schema
    return ibis.table(ibis.Schema.from_pyarrow(schema), name=name)


def _rows(connection: Any, relation: Table) -> list[dict[str, Any]]:
    return list(connection.sql(str(ibis.to_sql(relation, dialect="duckdb"))).to_arrow_table().to_pylist())
