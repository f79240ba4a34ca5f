"""Where the night's rows lie: Delta tables read by their file lists, and the folders the night writes to. Knows no Django."""

import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from rowan.records.keeping import delta_tables
from rowan.records.keeping.delta_tables import FileOfRows
from rowan.records.keeping.staging import delta_schema
from rowan.records.sources.kinds import ATTENDANCE_MARKS, KINDS

from .engine import Engine
from .purge import PURGED_SUMS, SUMS_SCHEMA

KNOWN_CHILDREN_SCHEMA = pa.schema(
    [("source", pa.string()), ("source_id", pa.string()), ("kind", pa.string())]
)
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
    PURGED_SUMS: SUMS_SCHEMA,
    delta_tables.HELD_BY_RETURNS: HELD_SCHEMA,
}


def read_kind(engine: Engine, home: Path, kind: str) -> Table:
    """Every row of a kind, of files that are in or not: the reader leaves out what no import finished."""
    return _read(engine, home, kind, delta_schema(kind))


@dataclass(frozen=True)
class SomeSchools:
    """Schools whose marks are worked through together, by agency code, and the files these may lie in."""

    schools: list[str]
    found_in: list[FileOfRows]

    @property
    def files(self) -> list[str]:
        return [file.path for file in self.found_in]

    @property
    def theirs_alone(self) -> bool:
        """No file holds marks of a school that is not among them."""
        return all(file.only_agency is not None for file in self.found_in)

    def only(self, keep: Callable[[FileOfRows], bool]) -> "SomeSchools":
        return SomeSchools(self.schools, [file for file in self.found_in if keep(file)])

    def divided(self, by: Callable[[FileOfRows], bool]) -> "tuple[SomeSchools, SomeSchools]":
        """Those files of which it holds, and the others."""
        return self.only(by), self.only(lambda file: not by(file))


# All that a night asks of a mark. Every file of marks has had these since the first.
ASKED_OF_MARKS = (
    "import_id", "agency", "source", "source_id", "version", "received_on", "laestab", "on", "session", "code",
)  # fmt: skip


def read_marks_of(engine: Engine, some: SomeSchools, name: str = "marks_of_some") -> Table:
    """The marks of some schools: what a night holds of them at once does not grow with the county."""
    if not some.files:
        schema = delta_schema(ATTENDANCE_MARKS)
        return engine.take(f"no_{name}", schema.empty_table().select(ASKED_OF_MARKS))
    rows = engine.read(name, some.files, alike=True).select(*ASKED_OF_MARKS)
    if some.theirs_alone:
        return rows
    schools = engine.take("schools_at_once", pa.table({"agency": pa.array(some.schools, pa.string())}))
    return rows.semi_join(schools, "agency")


def schools_at_once(files: Sequence[FileOfRows], schools: Sequence[str], marks: int) -> Iterator[SomeSchools]:
    """Schools in parts of at most so many marks, but at least one school a part, and one part in all."""
    files_of = _files_by_school(files, schools)
    part: list[str] = []
    held = 0
    for school in sorted(schools):
        theirs = sum(file.rows for file in files_of[school])
        if part and held + theirs > marks:
            yield _some(part, files_of)
            part, held = [], 0
        part, held = [*part, school], held + theirs
    yield _some(part, files_of)


def _files_by_school(files: Sequence[FileOfRows], schools: Sequence[str]) -> dict[str, list[FileOfRows]]:
    """Nearly every file is one school's; one that spans several, or does not say, may hold any of them."""
    found: dict[str, list[FileOfRows]] = {school: [] for school in schools}
    for file in files:
        of_one = file.only_agency
        for school in schools if of_one is None else found.keys() & {of_one}:
            if file.may_hold(school):
                found[school].append(file)
    return found


def _some(part: list[str], files_of: dict[str, list[FileOfRows]]) -> SomeSchools:
    files = {file.path: file for school in part for file in files_of[school]}
    return SomeSchools(part, [files[path] for path in sorted(files)])


def read_small(engine: Engine, home: Path, name: str) -> Table:
    """One of the small tables: imports, purges, known children, purged sums."""
    return _read(engine, home, name, _SMALL[name])


def kinds() -> list[str]:
    return list(KINDS)


def _read(engine: Engine, home: Path, name: str, schema: pa.Schema) -> Table:
    files = delta_tables.files_of(home, name)
    if not files:
        return engine.take(f"told_{name}", schema.empty_table())
    return _shaped(engine.read(f"told_{name}", sorted(files)), schema)


def _shaped(rows: Table, schema: pa.Schema) -> Table:
    if list(rows.columns) == schema.names:
        return rows
    have = set(rows.columns)
    kinds = ibis.Schema.from_pyarrow(schema)
    # A column added since the oldest file was written is empty there.
    return rows.select(
        **{
            field: rows[field] if field in have else ibis.null(kinds[field].copy(nullable=True))
            for field in schema.names
        }
    )


def remember_kept(engine: Engine, home: Path, kept: Table) -> None:
    """Whose rows are kept, for ever: no night purges them, and a purged file may bring theirs back."""
    known = {
        (row["source"], row["source_id"])
        for row in delta_tables.rows_of(home, delta_tables.KNOWN_CHILDREN, ("source", "source_id"))
    }
    fresh = [
        {"source": row["source"], "source_id": row["source_id"]}
        for batch in engine.batches(kept)
        for row in batch.to_pylist()
        if (row["source"], row["source_id"]) not in known
    ]
    if fresh:
        table = pa.Table.from_pylist(fresh, schema=KNOWN_CHILDREN_SCHEMA)
        delta_tables.append(home, delta_tables.KNOWN_CHILDREN, table)


def withheld_records(engine: Engine, links: Table, withheld_people: Table) -> dict[str, frozenset[str]]:
    """Whose homes are withheld tonight, by source and id."""
    theirs = links.semi_join(withheld_people, "person_id").select("source", "source_id").distinct()
    found: dict[str, set[str]] = {}
    for batch in engine.batches(theirs):
        for row in batch.to_pylist():
            found.setdefault(row["source"], set()).add(row["source_id"])
    return {source: frozenset(ids) for source, ids in found.items()}


def purged_by_import(home: Path) -> dict[str, int]:
    """Rows purged of each import so far."""
    total: dict[str, int] = {}
    for row in delta_tables.rows_of(home, delta_tables.PURGES, ("import_id", "rows")):
        total[row["import_id"]] = total.get(row["import_id"], 0) + row["rows"]
    return total


def scratch_folder(home: Path) -> Path:
    return home / "night" / "scratch"


def matching_folder(home: Path) -> Path:
    """What matching keeps from one night to the next. Without it a night compares everybody with everybody."""
    return home / "night" / "matching"


def evaluation_folder(home: Path) -> Path:
    return home / "night" / "evaluation"


def as_of_folder(home: Path, as_of: str) -> Path:
    return home / "night" / f"as-of-{as_of}"


def dry_run_folder(home: Path) -> Path:
    """One's own: two people may try a setting at once. What a killed one left is gone a day later."""
    for left in (home / "night").glob("dry-run-*"):
        if left.stat().st_mtime < time.time() - 24 * 60 * 60:
            shutil.rmtree(left, ignore_errors=True)
    return home / "night" / f"dry-run-{secrets.token_hex(8)}"


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
