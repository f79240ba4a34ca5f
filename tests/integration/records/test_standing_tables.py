"""A table whose log we follow ourselves is the same to whoever opens it with the library, and nobody's commit is written over."""

import duckdb
import pyarrow as pa
import pytest

from rowan.records.keeping import delta_tables, standing_tables
from rowan.records.keeping.standing_tables import StandingTables

KIND = "attendance_marks"


def marks(agency: str, *months: str) -> pa.Table:
    return pa.table(
        {
            "import_id": [f"of {agency}"] * len(months),
            "agency": [agency] * len(months),
            "source_id": [str(number) for number in range(len(months))],
            "month": list(months),
        }
    )


def told(home) -> list[tuple]:
    found = delta_tables.files_with_rows(home, KIND)
    return sorted((file.rows, file.month, file.lowest, file.highest) for file in found)


def test_the_library_and_duckdb_read_what_we_commit_as_what_the_library_commits(tmp_path):
    ours, librarys = tmp_path / "a home of ours", tmp_path / "the library's"
    sent = [marks("school-1", "2026-09", "2026-10"), marks("school-é", "2026-09", "2026-09", "2026-11")]
    tables = StandingTables(ours)
    for rows in [marks("school-0", "2026-09"), *sent]:
        tables.of(KIND).append(rows, by_month=True)
        delta_tables.append(librarys, KIND, rows, by_month=True)
    assert told(ours) == told(librarys) and len(told(ours)) == 5
    assert delta_tables.version_of(ours, KIND) == tables.of(KIND).version == 2
    by_id = [("import_id", "ascending"), ("source_id", "ascending")]
    read = [
        delta_tables.table_of(home, KIND).to_pyarrow_table().sort_by(by_id).to_pydict()
        for home in (ours, librarys)
    ]
    assert read[0] == read[1]
    files = delta_tables.files_of(ours, KIND, agency="school-é")
    assert sorted(files) == sorted(tables.of(KIND).files_of("school-é")) and len(files) == 2
    assert tables.of(KIND).files_of("school-é", ["2026-11"]) == delta_tables.files_of(
        ours, KIND, agency="school-é", months=["2026-11"]
    )
    (count,) = duckdb.execute("select count(*) from read_parquet($1)", [files]).fetchone()
    assert count == 3
    delta_tables.forget_import(ours, [KIND], "of school-é")
    assert delta_tables.table_of(ours, KIND).count() == 3


def test_nobodys_commit_is_written_over(tmp_path):
    delta_tables.append(tmp_path, KIND, marks("school-0", "2026-09"), by_month=True)
    tables = StandingTables(tmp_path)
    assert tables.of(KIND).version == 0
    delta_tables.append(tmp_path, KIND, marks("school-1", "2026-09"), by_month=True)
    with pytest.raises(FileExistsError):
        tables.of(KIND).append(marks("school-2", "2026-09"), by_month=True)
    assert {file.lowest for file in delta_tables.files_with_rows(tmp_path, KIND)} == {"school-0", "school-1"}
    tables.forget()
    tables.of(KIND).append(marks("school-2", "2026-09"), by_month=True)
    assert len(told(tmp_path)) == 3


def test_a_table_that_has_to_learn_a_column_learns_it_and_a_checkpoint_is_made_now_and_then(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(standing_tables, "ENTRIES_TO_A_CHECKPOINT", 4)
    tables = StandingTables(tmp_path)
    for number in range(3):
        tables.of(KIND).append(marks(f"school-{number}", "2026-09"), by_month=True)
    more = marks("school-3", "2026-09").append_column("code", pa.array(["/"]))
    for _ in range(3):
        tables.of(KIND).append(more, by_month=True)
    assert delta_tables.table_of(tmp_path, KIND).version() == 5
    assert sorted(row["code"] or "" for row in delta_tables.rows_of(tmp_path, KIND, ("code",))) == [
        "", "", "", "/", "/", "/",
    ]  # fmt: skip
    assert (tmp_path / "delta" / KIND / "_delta_log" / "_last_checkpoint").exists()


def test_the_log_repeats_no_cell_of_a_table_that_does_not_say_which_it_may(tmp_path):
    rows = pa.table({"import_id": ["i1"], "masked": ["S****"]})
    tables = StandingTables(tmp_path)
    for _ in range(2):
        tables.of("quarantine").append(rows)
    entry = (tmp_path / "delta" / "quarantine" / "_delta_log" / f"{1:020d}.json").read_text()
    assert "numRecords" in entry and "S****" not in entry


def test_a_full_disk_leaves_no_half_written_entry_and_the_table_as_it_was(tmp_path, monkeypatch):
    tables = StandingTables(tmp_path)
    tables.of(KIND).append(marks("school-1", "2026-09"), by_month=True)
    log = delta_tables.folder_of(tmp_path, KIND) / "_delta_log"
    before = sorted(path.name for path in log.iterdir())

    def half_of_it(path, text, *_):
        path.write_bytes(text.encode()[: len(text) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(standing_tables.Path, "write_text", half_of_it)
    with pytest.raises(OSError, match="No space left"):
        tables.of(KIND).append(marks("school-1", "2026-10"), by_month=True)
    assert sorted(path.name for path in log.iterdir()) == before
    assert [rows for rows, *_ in told(tmp_path)] == [1]
