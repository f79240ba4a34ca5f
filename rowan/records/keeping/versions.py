"""Which staged rows are new, which correct an earlier one, and which say nothing new: worked out in DuckDB, then committed.

A correction is version n + 1 beside the row it corrects. A row left out of a later file is never a deletion.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from rowan.records.rules.sealing import COMPARED_LENGTH, MARK
from rowan.records.sources.kinds import ATTENDANCE_MARKS, KINDS

from . import delta_tables
from .sealing import sealed_columns
from .staging import Staged, delta_schema
from .standing_tables import StandingTables

MEMORY = "200MB"
ROWS_IN_A_BATCH = 50_000
# More are handed on batch by batch: a row is some 300 bytes here, with the row as it came some 1,000.
ROWS_HELD_IN_MEMORY = 50_000


@dataclass(frozen=True)
class SameForTheFile:
    """What every row of one import says alike."""

    import_id: str
    agency: str
    source: str
    file: str
    received_on: date


def open_duckdb(scratch: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        ":memory:",
        config={"memory_limit": MEMORY, "threads": 2, "temp_directory": str(scratch / "spill")},
    )
    # A text of its own needs no order but the one we ask for.
    connection.execute("set preserve_insertion_order = false")
    return connection


def work_out_versions(
    connection: duckdb.DuckDBPyConnection,
    tables: StandingTables,
    staged: Staged,
    same: SameForTheFile,
    *,
    carried: Sequence[str],
    marks_across: str | None = None,
    only_known: bool = False,
) -> str:
    """Make the table of rows to keep, `kept_<kind>`. `carried` are the columns this format holds of its kind."""
    kind, made = staged.kind, f"kept_{staged.kind}"
    key = ("source_id", '"on"', "session") if kind == ATTENDANCE_MARKS else ("record_id",)
    connection.execute(f"create or replace temp view staged as {_staged(staged, marks_across)}")
    if only_known:
        _leave_out_unknown(connection, tables.home, same.source)
    old_files = _files_with_earlier_rows(connection, tables, staged, same.agency)
    connection.execute(f"drop table if exists {made}")
    if not old_files and not _has_repeats(connection, key):
        versioned = "select *, 1::integer as version from staged"
    else:
        versioned = _versioned(kind, key, carried, old_files, _columns_of(connection, old_files))
    connection.execute(
        f"create temp table {made} as {versioned}",
        {"old": old_files, "source": same.source} if old_files else {},
    )
    return made


def commit(
    connection: duckdb.DuckDBPyConnection, tables: StandingTables, kind: str, made: str, same: SameForTheFile
) -> None:
    """Write the rows to keep to their Delta table, one commit, sorted by who they are about."""
    schema = delta_schema(kind)
    order = 'source_id, "on", session' if kind == ATTENDANCE_MARKS else "source_id, record_id, version"
    constant = {
        "import_id": "$import_id",
        "agency": "$agency",
        "source": "$source",
        "file": "$file",
        "received_on": "$received_on::date",
    }
    columns = ", ".join(
        f'{constant[name]} as "{name}"' if name in constant else f'"{name}"' for name in schema.names
    )
    [(many,)] = connection.execute(f"select count(*) from {made}").fetchall()
    found = connection.sql(f"select {columns} from {made} order by {order}", params=same.__dict__)
    if many <= ROWS_HELD_IN_MEMORY:
        rows = found.to_arrow_table().cast(schema)
    else:
        rows = found.to_arrow_reader(ROWS_IN_A_BATCH).cast(schema)
    tables.of(kind).append(rows, by_month=True)


def commit_what_was_held(
    connection: duckdb.DuckDBPyConnection, tables: StandingTables, staged: Staged, same: SameForTheFile
) -> None:
    """Every record of a whole return and the last day it speaks of, kept before or not."""
    rows = connection.sql(
        f"""select distinct $import_id as import_id, $kind as kind, $source as source, record_id,
                coalesce(ended_on, began_on) as last_on
            from read_parquet('{_quoted(staged.path)}')""",
        params={"import_id": same.import_id, "kind": staged.kind, "source": same.source},
    ).to_arrow_table()
    tables.of(delta_tables.HELD_BY_RETURNS).append(rows)


def _staged(staged: Staged, marks_across: str | None) -> str:
    rows = f"read_parquet('{_quoted(staged.path)}')"
    if marks_across is None:
        return f"select * from {rows}"
    # What a look across the file brought up joins what the row itself said.
    return f"""
        select staged.* replace (
            nullif(concat_ws(';', staged.defects, across.reasons), '') as defects)
        from {rows} staged left join {marks_across} across using (line)"""


def _leave_out_unknown(connection: duckdb.DuckDBPyConnection, home: Path, source: str) -> None:
    """A purged file comes in again for children known since, and for nobody else."""
    known = [row["source_id"] for row in kept_children(home) if row["source"] == source]
    connection.execute("create or replace temp table known_ids (source_id varchar)")
    if known:
        connection.execute("insert into known_ids select unnest($known)", {"known": known})
    connection.execute(
        "create or replace temp table staged_known as select * from staged semi join known_ids using (source_id)"
    )
    connection.execute("create or replace temp view staged as select * from staged_known")


def kept_children(home: Path) -> list[dict[str, Any]]:
    """Whose rows are kept, as the last night wrote it: source, source_id."""
    return delta_tables.rows_of(home, delta_tables.KNOWN_CHILDREN, ("source", "source_id"))


def _files_with_earlier_rows(
    connection: duckdb.DuckDBPyConnection, tables: StandingTables, staged: Staged, agency: str
) -> list[str]:
    months = None
    if staged.kind == ATTENDANCE_MARKS:
        # A mark's month never changes, so only the months of this file can hold an earlier one.
        months = [month for (month,) in connection.execute("select distinct month from staged").fetchall()]
    return tables.of(staged.kind).files_of(agency, months)


def _has_repeats(connection: duckdb.DuckDBPyConnection, key: Sequence[str]) -> bool:
    found = connection.execute(
        f"select exists (select 1 from staged group by {', '.join(key)} having count(*) > 1)"
    ).fetchone()
    return bool(found and found[0])


def _versioned(
    kind: str, key: Sequence[str], carried: Sequence[str], old_files: list[str], in_old_files: set[str]
) -> str:
    """SQL for the rows that differ from the one before them, in the order of the file, after those already kept."""
    keys = ", ".join(key)
    own = [name for name in KINDS[kind] if name in carried]
    content = ("source_id", *own)
    sealed = {column.name for column in sealed_columns(kind)}
    not_carried = [name for name in KINDS[kind] if name not in carried]
    # A format that holds some columns only says nothing of the others: they stay as they were.
    filled = ", ".join(f'coalesce(old."{name}", new."{name}") as "{name}"' for name in not_carried)
    replace = f"replace ({filled})" if filled and old_files else ""
    # Files written before the kind had a column say nothing in it.
    unsaid = "".join(f', null as "{name}"' for name in KINDS[kind] if name not in in_old_files)
    old = (
        f"""select *{unsaid} from read_parquet($old, union_by_name=true, hive_partitioning=false)
            where source = $source
            qualify row_number() over (partition by {keys} order by version desc) = 1"""
        if old_files
        else "select *, 0 as version from staged limit 0"
    )
    return f"""
        with old as ({old}),
        new as (
            select new.* {replace}, old.version as old_version,
                hash({_of("new", content, sealed)}) as says,
                case when old.version is not null then hash({_of("old", content, sealed)}) end as old_says
            from staged new left join old using ({keys})
        ),
        in_order as (
            select *, row_number() over history as place,
                case when row_number() over history = 1 then old_says else lag(says) over history end as said_before
            from new window history as (partition by {keys} order by line)
        ),
        changed as (
            select *, said_before is null or said_before <> says as is_new from in_order
        ),
        numbered as (
            select *, coalesce(old_version, 0)
                + sum(is_new::integer) over (partition by {keys} order by line) as number
            from changed
        )
        select * exclude (old_version, says, old_says, place, said_before, is_new, number),
            number::integer as version
        from numbered where is_new"""


def _of(table: str, columns: Sequence[str], sealed: Collection[str]) -> str:
    return ", ".join(
        _compared(f'{table}."{name}"') if name in sealed else f'{table}."{name}"' for name in columns
    )


def _compared(column: str) -> str:
    """A cell sealed twice has two tokens: the digest says whether it is the same."""
    return (
        f"case when starts_with({column}, '{MARK}') then left({column}, {COMPARED_LENGTH}) else {column} end"
    )


def _columns_of(connection: duckdb.DuckDBPyConnection, files: list[str]) -> set[str]:
    if not files:
        return set()
    found = connection.execute(
        "select * from read_parquet($files, union_by_name=true, hive_partitioning=false) limit 0",
        {"files": files},
    )
    return {column[0] for column in found.description or ()}


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
