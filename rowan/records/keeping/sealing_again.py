"""Rows that lie in Delta already, sealed: when a home becomes withheld, when keys are changed, and once when the rules of sealing change.

What is to be done is written beside the tables first; the next import or night finishes what a killed one left. Rows are rewritten
an import at a time, each in one commit, and the older files and the log's older lines go.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from deltalake import write_deltalake

from rowan.records.rules.sealing import DIGESTS, Purpose
from rowan.records.sources.kinds import KINDS

from . import delta_tables
from .sealing import Sealer, Withheld, place_columns, sealed_columns
from .staging import delta_schema

WITHHELD = "withheld"
WITHHELD_SCHEMA = pa.schema([("source", pa.string()), ("source_id", pa.string())])
ROWS_AT_ONCE = 5_000
# Raised when a column is newly sealed: what lies in clear is then sealed once, before anything else is done.
RULES = "1"
_RULES_FILE = "sealed.rules"
_STARTED = "sealing.started"
# Columns that were sealed under another name, since a sealed number is no number.
_RENAMED = {"ssda903_oc2": {"sdq_score": "sdq_total"}}

Change = Callable[[str, dict[str, Any]], bool]


def withheld_ids(home: Path) -> dict[str, frozenset[str]]:
    """Whose home is withheld, by source, as the last night remembered it: their rows are sealed at the door."""
    found: dict[str, set[str]] = {}
    for row in delta_tables.rows_of(home, WITHHELD):
        found.setdefault(row["source"], set()).add(row["source_id"])
    return {source: frozenset(ids) for source, ids in found.items()}


def remember_withheld(home: Path, withheld: Withheld) -> None:
    if withheld_ids(home) == withheld:
        return
    rows = [
        {"source": source, "source_id": one}
        for source, ids in sorted(withheld.items())
        for one in sorted(ids)
    ]
    folder = delta_tables.folder_of(home, WITHHELD)
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_deltalake(str(folder), pa.Table.from_pylist(rows, schema=WITHHELD_SCHEMA), mode="overwrite")
    delta_tables.leave_nothing_older(home, WITHHELD)


def seal_rows_of(home: Path, sealer: Sealer, withheld: Withheld) -> int:
    """Seal where these people live in every row that says it in clear. Returns how many rows were sealed."""
    found = {kind: _imports_in_clear(home, sealer, kind, withheld) for kind in KINDS if place_columns(kind)}
    if not any(found.values()):
        return 0
    told = {source: sorted(ids) for source, ids in sorted(withheld.items())}
    return _carry_out(home, sealer, {"withheld": told}, found)


def seal_once_by_these_rules(home: Path, sealer: Sealer) -> int:
    """In a home that an earlier Rowan has filled: seal what it left in clear. Every other time this reads one small file."""
    file = home / _RULES_FILE
    if file.exists() and file.read_text() == RULES:
        return 0
    rows = 0
    if any(delta_tables.table_of(home, kind) for kind in KINDS if sealed_columns(kind)):
        rows = _carry_out(home, sealer, {"everything": True})
    file.write_text(RULES)
    return rows


def seal_again(home: Path, sealer: Sealer, purpose: str) -> int:
    """Put every cell of this purpose under its newest key. Killed, it goes on where it stopped."""
    if not any_under_an_older_key(home, sealer, purpose):
        return 0
    return _carry_out(home, sealer, {"again": purpose})


def any_under_an_older_key(home: Path, sealer: Sealer, purpose: str) -> bool:
    change = _under_the_newest(sealer, purpose)
    return any(
        _changes_any(home, kind, import_id, change)
        for kind in KINDS
        if is_sealed_for(kind, purpose)
        for import_id in _imports_of(home, kind)
    )


def is_sealed_for(kind: str, purpose: str) -> bool:
    return any(
        purpose in (DIGESTS, column.sealed.purpose) for column in sealed_columns(kind) if column.sealed
    )


def lies_in_delta(purpose: str) -> bool:
    """Whether rows of agencies' files are sealed or compared for this purpose."""
    return purpose == DIGESTS or purpose in set(Purpose)


def finish_started(home: Path, sealer: Sealer) -> None:
    """Before anything is read: finish what a killed import or night had begun to seal."""
    mark = home / _STARTED
    if mark.exists():
        _carry_out(home, sealer, json.loads(mark.read_text()))


def _carry_out(
    home: Path, sealer: Sealer, plan: Mapping[str, Any], found: Mapping[str, list[str]] | None = None
) -> int:
    """`found`: the imports that are rewritten, by kind, where they are known; one that goes on after a kill looks again."""
    mark = home / _STARTED
    unfinished = mark.with_suffix(".writing")
    unfinished.write_text(json.dumps(plan))
    unfinished.replace(mark)
    rows = 0
    for kind in KINDS:
        if found is not None and not found.get(kind):
            continue
        imports, change = _what_to_do(home, sealer, kind, plan, found)
        for import_id in imports:
            rows += _rewrite(home, kind, import_id, change)
        # Also where a killed run had rewritten everything and not yet cleared away: nothing of it tells which.
        if imports is not _NOTHING:
            delta_tables.leave_nothing_older(home, kind)
    mark.unlink()
    return rows


_NOTHING: list[str] = []


def _what_to_do(
    home: Path, sealer: Sealer, kind: str, plan: Mapping[str, Any], found: Mapping[str, list[str]] | None
) -> tuple[Iterable[str], Change]:
    """The imports whose rows of a kind are rewritten, and what is done to each row."""
    if purpose := plan.get("again"):
        again = _under_the_newest(sealer, purpose)
        if not is_sealed_for(kind, purpose):
            return _NOTHING, again
        return [one for one in _imports_of(home, kind) if _changes_any(home, kind, one, again)], again
    if plan.get("everything"):
        return (_imports_of(home, kind) if sealed_columns(kind) else _NOTHING), _by_the_rules(sealer)
    withheld = {source: frozenset(ids) for source, ids in plan["withheld"].items()}
    if not place_columns(kind):
        return _NOTHING, _where_they_live(sealer, withheld)
    imports = found[kind] if found else _imports_in_clear(home, sealer, kind, withheld)
    return imports, _where_they_live(sealer, withheld)


def _under_the_newest(sealer: Sealer, purpose: str) -> Change:
    return lambda kind, row: sealer.seal_again(kind, row, purpose)


def _where_they_live(sealer: Sealer, withheld: Withheld) -> Change:
    def change(kind: str, row: dict[str, Any]) -> bool:
        return row["source_id"] in withheld.get(row["source"], ()) and sealer.seal(kind, row, True)

    return change


def _by_the_rules(sealer: Sealer) -> Change:
    def change(kind: str, row: dict[str, Any]) -> bool:
        for old, new in _RENAMED.get(kind, {}).items():
            if row.get(old) is not None:
                row[new], row[old] = str(row[old]), None
        return sealer.seal(kind, row, bool(row.get("address_withheld")))

    return change


def _imports_of(home: Path, kind: str) -> list[str]:
    files = delta_tables.files_of(home, kind)
    found = _asked(
        "select distinct import_id from read_parquet($files, union_by_name=true, hive_partitioning=false) order by 1",
        files,
    )
    return [import_id for (import_id,) in found]


def _imports_in_clear(home: Path, sealer: Sealer, kind: str, withheld: Withheld) -> list[str]:
    """The imports in which a row of these people still says where they live."""
    files = delta_tables.files_of(home, kind)
    ids = [{"source": source, "source_id": one} for source, ones in withheld.items() for one in ones]
    if not files or not ids:
        return []
    there = _columns(home, kind)
    columns = [name for name in KINDS[kind] if name in there]
    listed = ", ".join(f'"{name}"' for name in ("import_id", "record_id", *columns))
    rows = _asked(
        f"""select {listed} from read_parquet($files, union_by_name=true, hive_partitioning=false)
            semi join withheld using (source, source_id)""",
        files,
        withheld=pa.Table.from_pylist(ids, schema=WITHHELD_SCHEMA),
    )
    return sorted(
        {
            row[0]
            for row in rows
            if sealer.would_seal(
                kind, dict(zip(("import_id", "record_id", *columns), row, strict=True)), True
            )
        }
    )


def _columns(home: Path, kind: str) -> set[str]:
    table = delta_tables.table_of(home, kind)
    return {field.name for field in table.schema().fields} if table else set()


def _asked(sql: str, files: list[str], **beside: pa.Table) -> Iterator[tuple[Any, ...]]:
    if not files:
        return
    with duckdb.connect(":memory:", config={"memory_limit": "100MB", "threads": 1}) as connection:
        for name, table in beside.items():
            connection.register(name, table)
        connection.execute(sql, {"files": files})
        while rows := connection.fetchmany(ROWS_AT_ONCE):
            yield from rows


def _batches(files: list[str], import_id: str) -> Iterator[pa.RecordBatch]:
    """Read by DuckDB from files named before: Delta can be asked nothing while its own writer waits for these rows."""
    if not files:
        return
    with duckdb.connect(":memory:", config={"memory_limit": "100MB", "threads": 1}) as connection:
        yield from connection.sql(
            """select * from read_parquet($files, union_by_name=true, hive_partitioning=true, hive_types_autocast=false)
               where import_id = $import_id""",
            params={"files": files, "import_id": import_id},
        ).to_arrow_reader(ROWS_AT_ONCE)


def _changes_any(home: Path, kind: str, import_id: str, change: Change) -> bool:
    files = delta_tables.files_of(home, kind)
    return any(change(kind, row) for batch in _batches(files, import_id) for row in batch.to_pylist())


def _rewrite(home: Path, kind: str, import_id: str, change: Change) -> int:
    """One import's rows of a kind, changed, in one commit: they are all as before or all sealed."""
    table = delta_tables.table_of(home, kind)
    assert table is not None
    schema = pa.unify_schemas([pa.schema(table.schema()), delta_schema(kind)])
    files, changed = delta_tables.files_of(home, kind), 0

    def rewritten() -> Iterator[pa.RecordBatch]:
        nonlocal changed
        for batch in _batches(files, import_id):
            rows = batch.to_pylist()
            changed += sum([change(kind, row) for row in rows])
            yield pa.RecordBatch.from_pylist(rows, schema=schema)

    write_deltalake(
        table,
        pa.RecordBatchReader.from_batches(schema, rewritten()),
        mode="overwrite",
        predicate=f"import_id = '{import_id}'",
        schema_mode="merge",
    )
    return changed
