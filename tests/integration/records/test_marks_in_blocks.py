"""Marks read in blocks say exactly what marks read row by row say: rows, lines, reasons, remarks."""

import random
from datetime import date

import pytest

from rowan.records.keeping.staging import Staged, staged_schema
from rowan.records.reading import marks_by_block
from rowan.records.reading.marks_by_block import read_marks
from rowan.records.reading.opening import FileToTakeIn, open_file, table_rows
from rowan.records.reading.table_rows import PutAside, TableReader
from rowan.records.rules.postcodes import AREAS
from rowan.records.sources.profile import Circumstances

HEADINGS = "LAEstab,AdmissionNumber,UPN,Date,Session,Mark,MinutesLate"
AROUND = Circumstances(date(2026, 11, 23), AREAS)
OWNER = "8992000"
ODD_ROWS = (
    "8992000,9,,02/03/2026,AM",
    "8992000,9,,2026-03-02,AM,/,",
    "8992000,9,,02/03/2026,AM,,",
    "8992001,9,,02/03/2026,AM,/,",
    "8992000,9,,02/03/2026,XM,/,",
    "8992000,9,B801200005002,02/03/2026,AM,H,",
    '8992000,9,,"02/03/2026",AM,/,',
    '8992000,"9\n9",,02/03/2026,AM,/,',
    '8992000,"9,,02/03/2026,AM,/,',
    "8992000,,,02/03/2026,AM,/,",
    "",
    "8992000,9,,07/03/2026,AM,/,-3",
    " 8992000 , 9 ,, 02/03/2026 , am , l , 5 ",
    "8992000,Zoë,,02/03/2026,PM,L,5.0",
    "8992000,9,,02/03/2026,AM,/,,,x",
)


def usual_row(chance: random.Random) -> str:
    upn = chance.choice(["B801200005001", "", "A801200005001"])
    code = chance.choice(["/", "\\", "L", "N", "C1", "#", "zz", "y5"])
    day = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{chance.choice([2023, 2025, 2026])}"
    return f"8992000,{chance.randint(1, 40)},{upn},{day},{chance.choice(['AM', 'PM'])},{code},{chance.choice(['', '7'])}"


def read_both_ways(file, tmp_path):
    opened = open_file(FileToTakeIn(file, file.name))
    blocks = Staged("attendance_marks", tmp_path)
    aside, count = [], 0
    for block in read_marks(opened.looked_at, reader(opened), blocks.schema, OWNER):
        count += block.count
        aside += block.put_aside
        for row in block.rows:
            blocks.add(staged(row))
        if block.batch is not None:
            blocks.add_batch(block.batch)
    blocks.close()
    names = [name for name in staged_schema("attendance_marks").names if name not in {"line", "month"}]
    in_blocks = sorted(blocks.columns(names), key=lambda row: row["line"]) if blocks.rows else []
    one_by_one, aside_one_by_one, count_one_by_one = [], [], 0
    slow = reader(opened)
    for row in table_rows(opened):
        count_one_by_one += 1
        found = slow.read(row)
        if isinstance(found, PutAside):
            aside_one_by_one.append(found)
        elif found.values["laestab"] != OWNER:
            aside_one_by_one.append((found.line, "another"))
        else:
            one_by_one.append({name: staged(found).get(name) for name in ["line", *names]})
    where = sorted(
        (row.line, "another") if "another agency" in row.reason else row for row in map(as_tuple, aside)
    )
    assert count == count_one_by_one
    assert in_blocks == one_by_one
    assert where == sorted(map(as_tuple, aside_one_by_one))
    return in_blocks, aside


class Aside(tuple):
    """A row put aside, in an order that both ways share."""

    line = property(lambda self: self[0])
    reason = property(lambda self: str(self[-1]))


def as_tuple(row):
    if isinstance(row, PutAside):
        return Aside((row.line, row.column, row.masked, row.reason))
    return Aside(row)


def reader(opened):
    return TableReader(opened.table.recognised, opened.table.headings, AROUND)


def staged(row):
    return {
        **row.values,
        "line": row.line,
        "month": f"{row.values['on']:%Y-%m}",
        "defects": ";".join(row.marks) or None,
        "raw": row.raw,
    }


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_both_ways_of_reading_marks_agree_on_everything(seed, end, tmp_path, monkeypatch):
    # Small blocks, so that odd rows fall into some and not into others.
    monkeypatch.setattr(marks_by_block, "BLOCK", 700)
    chance = random.Random(seed)
    rows = [usual_row(chance) for _ in range(400)]
    for _ in range(seed):
        rows.insert(chance.randrange(len(rows)), chance.choice(ODD_ROWS))
    file = tmp_path / "marks.csv"
    last = "" if seed % 2 else end
    file.write_bytes((HEADINGS + end + end.join(rows) + last).encode())
    in_blocks, _ = read_both_ways(file, tmp_path)
    assert len(in_blocks) > 300


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("blank", [0, 1, 2, 3])
def test_a_blank_line_is_no_row_wherever_it_stands(end, blank, tmp_path):
    rows = ["8992000,1,,02/03/2026,AM,/,", "8992000,1,,02/03/2026,PM,\\,", "8992000,1,,03/03/2026,AM,/,"]
    rows.insert(blank, "")
    file = tmp_path / "marks.csv"
    file.write_bytes((HEADINGS + end + end.join(rows) + end).encode())
    in_blocks, aside = read_both_ways(file, tmp_path)
    assert [row["line"] for row in in_blocks] == [line for line in (2, 3, 4, 5) if line != blank + 2]
    assert aside == []
