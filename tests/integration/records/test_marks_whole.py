"""A file of marks that is kept straight from its columns says what it says by way of DuckDB: rows, remarks, numbers, and nobody else."""

import random
import threading
from pathlib import Path

import pytest

from rowan.records.keeping import delta_tables
from rowan.records.keeping import read_ahead as reading_ahead
from rowan.records.keeping import take_in as taking_in
from rowan.records.keeping.what_is_kept import KeptMarks
from rowan.records.reading import marks_whole

from .test_marks_in_blocks import HEADINGS, ODD_ROWS, usual_row

KIND = "attendance_marks"
ANOTHER = "8992000,77,K899200099999,{:02d}/{:02d}/2026,AM,/,"


def rows_of(home) -> list[str]:
    names = [name for name in delta_tables.table_of(home, KIND).to_pyarrow_table().column_names]
    told = {line["import_id"]: line["file"] for line in delta_tables.rows_of(home, delta_tables.IMPORTS)}
    return sorted(
        str([told[row[name]] if name == "import_id" else row[name] for name in names])
        for row in delta_tables.rows_of(home, KIND)
    )


def of_one_year(chance: random.Random, year: int, number: int) -> list[str]:
    """Each mark of it once."""
    rows = {}
    while len(rows) < number:
        row = usual_row(chance).replace("/2023", f"/{year}").replace("/2025", f"/{year}")
        row = row.replace("/2026", f"/{year}").replace("8992000,9,", "8992000,41,")
        rows[tuple(row.split(",")[1:5:2] + row.split(",")[4:5])] = row
    return [*rows.values()]


def sent(folder: Path, seed: int) -> list[Path]:
    """A first year; a second with odd rows; one with a mark said twice; the second again, some marks of it changed."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    odd = [row for row in ODD_ROWS if row and '"' not in row and row.count(",") == 6]
    # A pupil each, so that none of them is said twice.
    odd = [row.replace(",9,", f",9{number},") for number, row in enumerate(odd)]
    second = [*of_one_year(chance, 2025, 500), *odd]
    years = {
        "a.csv": of_one_year(chance, 2024, 300),
        "b.csv": second,
        "c.csv": [*(rows := of_one_year(chance, 2023, 200)), rows[7]],
        "d.csv": [row.replace(",N,", ",O,") for row in second],
    }
    for name, rows in years.items():
        (folder / name).write_text("\n".join([HEADINGS, *rows, ""]))
    return [folder / name for name in years]


def straight(monkeypatch) -> list[str]:
    """Which imports were kept straight from their columns, as they go on."""
    found = []

    class Watched(KeptMarks):
        def commit(self, tables, same):
            found.append(same.file)
            super().commit(tables, same)

    monkeypatch.setattr(taking_in, "KeptMarks", Watched)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_both_ways_of_keeping_marks_agree_on_everything(seed, home, settings, take_in, tmp_path, monkeypatch):
    files = sent(tmp_path / "sent", seed)
    kept_straight = straight(monkeypatch)
    with_columns = take_in(*files)
    ours = rows_of(home)
    assert kept_straight == ["b.csv"]
    settings.ROWAN_HOME = tmp_path / "another"
    monkeypatch.setattr(marks_whole, "LARGEST_FILE", 0)
    in_blocks = take_in(*files)
    assert kept_straight == ["b.csv"]
    told = ("file", "rows", "kept", "quarantined", "repeated", "marked")
    assert [[one[name] for name in told] for one in with_columns] == [
        [one[name] for name in told] for one in in_blocks
    ]
    assert ours == rows_of(settings.ROWAN_HOME) and len(ours) > 1000
    lines = [
        [
            (line["file"], line["period_from"], line["period_to"], sorted(line["notes"].split("}")))
            for line in delta_tables.rows_of(where, delta_tables.IMPORTS)
        ]
        for where in (home, settings.ROWAN_HOME)
    ]
    assert sorted(lines[0]) == sorted(lines[1])


def test_a_months_file_holds_no_text_of_another_month_nor_of_a_row_put_aside(home, take_in, tmp_path, write):
    """Else a child's number would outlive her rows there."""
    write("a.csv", f"{HEADINGS}\n8992000,1,,01/06/2026,AM,/,\n")
    rows = [ANOTHER.format(day, 9).replace("77", "78").replace("99999", "88888") for day in (1, 2, 3)]
    rows += [ANOTHER.format(day, 10) for day in (1, 2)]
    rows.append("8992000,79,K899200077777,never,AM,/,")
    file = write("b.csv", "\n".join([HEADINGS, *rows, ""]))
    reports = take_in(file.parent)
    assert [(one["kept"], one["quarantined"]) for one in reports] == [(1, 0), (5, 1)]
    (of_september,) = delta_tables.files_of(home, KIND, months=["2026-09"])
    content = Path(of_september).read_bytes()
    assert b"K899200088888" in content
    assert b"K899200099999" not in content and b"K899200077777" not in content


def test_the_next_file_is_read_while_one_is_kept_but_never_one_that_is_in_already(
    take_in, tmp_path, monkeypatch
):
    files = sent(tmp_path / "sent", 1)
    begun = []

    def watched(opened, around):
        begun.append((opened.file.called, threading.current_thread() is threading.main_thread()))
        return marks_whole.read_ahead(opened, around)

    monkeypatch.setattr(reading_ahead, "read_ahead", watched)
    first = take_in(*files)
    assert begun == [("b.csv", False), ("c.csv", False), ("d.csv", False)]
    assert [one["file"] for one in first] == ["a.csv", "b.csv", "c.csv", "d.csv"]
    again = take_in(*files)
    assert len(begun) == 3 and all(one["again"] for one in again)


def test_a_file_read_ahead_is_not_in_when_the_one_before_it_could_not_be_kept(
    home, rowan, take_in, tmp_path, monkeypatch
):
    files = sent(tmp_path / "sent", 2)
    with monkeypatch.context() as broken:
        broken.setattr(KeptMarks, "commit", lambda *_: 1 / 0)
        status, _, said = rowan("records", "import", *files)
    assert status == 1 and "did not expect" in said
    assert {line["file"] for line in delta_tables.rows_of(home, delta_tables.IMPORTS)} == {"a.csv"}
    assert not (home / "import.started").exists()
    assert [one["kept"] > 0 for one in take_in(*files)] == [False, True, True, True]
