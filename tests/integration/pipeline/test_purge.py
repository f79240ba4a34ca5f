"""Other children's marks are counted and deleted, once, however often a purge is killed (design promise 9)."""

from datetime import date

import pyarrow as pa
import pytest

from rowan.pipeline import purge
from rowan.records.keeping import delta_tables
from rowan.records.keeping.staging import delta_schema

NIGHT = date(2026, 11, 23)
WATCHED, UNWATCHED = "school-1:admission", "school-2:admission"
SUMS = pa.Table.from_pylist(
    [
        {
            "laestab": "8990002",
            "year_group": "8",
            "week_on": date(2026, 11, 16),
            "pupils": 1,
            "counted_possible": 10,
        }
        | {"counted_absent": 2, "ill": 1}
    ]
)
COUNTS = [{"import_id": "i2", "kind": "attendance_marks", "rows": 3}]


@pytest.fixture
def home(tmp_path):
    schema = delta_schema("attendance_marks")
    rows = [
        {
            "import_id": imported,
            "source": source,
            "source_id": pupil,
            "month": "2026-11",
            "session": session,
            "line": line,
        }
        for source, imported in [(WATCHED, "i1"), (UNWATCHED, "i2")]
        for pupil in ("7", "8")
        for line, session in enumerate(["AM", "PM", "AM"], start=2)
    ]
    full = [{name: row.get(name) for name in schema.names} for row in rows]
    delta_tables.append(
        tmp_path, "attendance_marks", pa.Table.from_pylist(full, schema=schema), by_month=True
    )
    return tmp_path


def marks(home) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in delta_tables.rows_of(home, "attendance_marks"):
        key = (row["source"], row["source_id"])
        found[key] = found.get(key, 0) + 1
    return found


def a_purge() -> purge.Purge:
    """School 2 has no own watch, and the hub knows its pupil 7."""
    return purge.planned(NIGHT, {UNWATCHED: ("7",)})


def test_the_marks_of_children_nobody_works_with_go_and_those_of_known_children_stay(home):
    assert purge.carry_out(home, a_purge(), SUMS, COUNTS) == 3
    assert marks(home) == {(WATCHED, "7"): 3, (WATCHED, "8"): 3, (UNWATCHED, "7"): 3}


def test_what_went_is_counted_and_its_sums_stay_without_persons(home):
    purge.carry_out(home, a_purge(), SUMS, COUNTS)
    assert [(row["import_id"], row["rows"]) for row in delta_tables.rows_of(home, "purges")] == [("i2", 3)]
    (sums,) = delta_tables.rows_of(home, purge.PURGED_SUMS)
    assert (sums["year_group"], sums["counted_absent"]) == ("8", 2)
    assert not {"source_id", "person_id", "upn"} & set(sums)


def test_erasure_is_real_no_older_version_holds_the_rows(home):
    purge.carry_out(home, a_purge(), SUMS, COUNTS)
    kept = {name.rsplit("/", 1)[-1] for name in delta_tables.files_of(home, "attendance_marks")}
    on_disk = {path.name for path in (home / "delta" / "attendance_marks").rglob("*.parquet")}
    assert on_disk == kept


@pytest.mark.parametrize("killed_at", ["append sums", "delete", "tell"])
def test_a_killed_purge_is_finished_once_or_not_begun(home, monkeypatch, killed_at):
    real_append, calls = delta_tables.append, []

    def append(folder, kind, rows, **options):
        calls.append(kind)
        if killed_at == "append sums" and kind == purge.PURGED_SUMS:
            raise KeyboardInterrupt
        if killed_at == "tell" and kind == delta_tables.PURGES:
            raise KeyboardInterrupt
        real_append(folder, kind, rows, **options)

    monkeypatch.setattr(delta_tables, "append", append)
    if killed_at == "delete":
        monkeypatch.setattr(
            purge, "_delete_and_tell", lambda *given: (_ for _ in ()).throw(KeyboardInterrupt)
        )
    with pytest.raises(KeyboardInterrupt):
        purge.carry_out(home, a_purge(), SUMS, COUNTS)
    monkeypatch.undo()
    purge.finish_started(home)
    purge.finish_started(home)
    begun = killed_at != "append sums"
    assert len(delta_tables.rows_of(home, purge.PURGED_SUMS)) == (1 if begun else 0)
    assert len(delta_tables.rows_of(home, "purges")) == (1 if begun else 0)
    assert ((UNWATCHED, "8") in marks(home)) is (not begun)
    assert not (home / "purge.started").exists()


def test_a_school_with_its_own_watch_loses_nothing(home):
    purge.carry_out(home, purge.planned(NIGHT, {}), SUMS.slice(0, 0), [])
    assert sum(marks(home).values()) == 12


def test_an_apostrophe_in_a_number_breaks_nothing(home):
    assert "''" in purge.planned(NIGHT, {"school's": ("o'7",)}).predicate()
