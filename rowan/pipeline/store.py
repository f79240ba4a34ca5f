"""Where the night's rows lie: Delta tables read by their file lists, and the folders the night writes to. Knows no Django."""

import secrets
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from rowan.records.keeping import delta_tables
from rowan.records.keeping.staging import delta_schema
from rowan.records.sources.kinds import KINDS

from .engine import Engine

PURGED_SUMS = "purged_sums"
HELD = "held_by_returns"

# A school's year group and week, of rows that were counted and purged: no persons (promise 9).
PURGED_SUMS_SCHEMA = pa.schema(
    [
        ("purge_id", pa.string()),
        ("laestab", pa.string()),
        ("year_group", pa.string()),
        ("week_on", pa.date32()),
        ("first_on", pa.date32()),
        ("last_on", pa.date32()),
        ("pupils", pa.int64()),
        ("counted_possible", pa.int64()),
        ("counted_absent", pa.int64()),
        ("ill", pa.int64()),
    ]
)
KNOWN_CHILDREN_SCHEMA = pa.schema(
    [("source", pa.string()), ("source_id", pa.string()), ("kind", pa.string())]
)
# Which records a council's return held, row by row, whether they were new or not.
HELD_SCHEMA = pa.schema(
    [
        ("import_id", pa.string()),
        ("kind", pa.string()),
        ("source", pa.string()),
        ("record_id", pa.string()),
        ("last_on", pa.date32()),
    ]
)
_SMALL = {
    delta_tables.IMPORTS: delta_tables.IMPORTS_SCHEMA,
    delta_tables.PURGES: delta_tables.PURGES_SCHEMA,
    delta_tables.KNOWN_CHILDREN: KNOWN_CHILDREN_SCHEMA,
    PURGED_SUMS: PURGED_SUMS_SCHEMA,
    HELD: HELD_SCHEMA,
}


def read_kind(engine: Engine, home: Path, kind: str) -> Table:
    """Every row of a kind, of files that are in or not: the reader leaves out what no import finished."""
    return _read(engine, home, kind, delta_schema(kind))


def read_small(engine: Engine, home: Path, name: str) -> Table:
    """One of the small tables: imports, purges, known children, purged sums."""
    return _read(engine, home, name, _SMALL[name])


def kinds() -> list[str]:
    return list(KINDS)


def _read(engine: Engine, home: Path, name: str, schema: pa.Schema) -> Table:
    files = delta_tables.files_of(home, name)
    if not files:
        return engine.take(f"told_{name}", schema.empty_table())
    rows = engine.read(f"told_{name}", sorted(files))
    have = set(rows.columns)
    kinds = ibis.Schema.from_pyarrow(schema)
    # A column added since the oldest file was written is empty there.
    return rows.select(
        **{
            field: rows[field] if field in have else ibis.null(kinds[field].copy(nullable=True))
            for field in schema.names
        }
    )


def scratch_folder(home: Path) -> Path:
    return home / "night" / "scratch"


def evaluation_folder(home: Path) -> Path:
    return home / "night" / "evaluation"


def as_of_folder(home: Path, as_of: str) -> Path:
    return home / "night" / f"as-of-{as_of}"


def person_key(keys: Path) -> bytes:
    """The key person ids are made with. It lies outside the home and outside backups; losing it changes no id that stands."""
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = keys / "person-ids.key"
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.write_bytes(secrets.token_bytes(32))
        fresh.chmod(0o600)
        try:
            # Two runs may start together: one name wins, both read it.
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
