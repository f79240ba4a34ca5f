"""A home may lie in a folder with any name: people have blanks and signs in their paths."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rowan.records.keeping import delta_tables


@pytest.mark.parametrize("name", ["a path with blanks", "100% ours", "it's here", "ßafe & sound"])
def test_files_are_found_where_they_lie(tmp_path, name):
    home = tmp_path / name
    rows = pa.table({"import_id": ["i"], "agency": ["school 1"], "month": ["2026-11"]})
    delta_tables.append(home, "attendance_marks", rows, by_month=True)
    for files in (
        delta_tables.files_of(home, "attendance_marks"),
        delta_tables.files_of(home, "attendance_marks", agency="school 1"),
        delta_tables.files_of(home, "attendance_marks", months=["2026-11"]),
    ):
        (file,) = files
        assert Path(file).exists()
        assert pq.read_metadata(file).num_rows == 1
