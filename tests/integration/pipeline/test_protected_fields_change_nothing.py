"""Promise 3: protected fields permuted among people after import, and every R replaced by T and by #, change no link, no question and no evidence.

Whole Rowans of their own: one county imported once, copied, changed in its Delta tables, and run.
"""

import os
import random
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable, write_deltalake

from rowan.questions.rules.register import RULES
from tests import made_before

pytestmark = pytest.mark.one_database

UNTIL = "2026-06-30"
# By kind of row, what the promise names. Ward and school type are facts of places, permuted among places.
PROTECTED = {
    "school_pupils": ["sex", "ethnicity", "language"],
    "ssda903_header": ["sex", "ethnicity", "mother"],
    "ssda903_episodes": ["need", "legal_status", "reason_began"],
    "cin_children": ["sex", "ethnicity", "disabilities"],
    "cin_referrals": ["need"],
    "police_missing": ["sex", "ethnicity_officer_defined"],
    "police_arrests": ["sex", "ethnicity_officer_defined"],
    "postcodes": ["ward", "lsoa"],
    "schools": ["phase"],
}


def rowan(home: Path, *arguments: str) -> None:
    env = os.environ | {
        "ROWAN_HOME": str(home),
        "ROWAN_KEYS": str(home.parent / "keys"),
        "ROWAN_TRACEBACK": "1",
    }
    env.pop("DATABASE_URL", None)
    env.pop("ROWAN_OWNER_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "rowan.command", *arguments],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def imported(tmp_path_factory) -> Path:
    """A small county with as many stories as there can be, so that every rule finds something; imported and not yet run."""
    folder = tmp_path_factory.mktemp("promise-3")
    home, county = folder / "imported", folder / "county"
    made_before.lay_out(home / "rowan.sqlite3")
    drawn = ["--children", "400", "--seed", "7", "--stories-per-1000", "100"]
    rowan(home, "county", str(county), "--until", UNTIL, *drawn)
    rowan(home, "records", "import", str(county), "--received-on", UNTIL)
    miss_some_days(home)
    leave_for_no_school(home)
    some_miss_their_fridays(home)
    suspend_all_for_a_day(home)
    some_no_longer_come(home)
    return home


def miss_some_days(home: Path) -> None:
    """A few days that everybody missed: runs beside a missing report are rare in so small a county, and a rule that finds none proves nothing."""
    rows = _read(home, "attendance_marks")
    day = rows.column("on")
    then = pc.and_(
        pc.is_in(pc.month(day), pa.array([3, 6, 9, 12])),
        pc.and_(pc.greater_equal(pc.day(day), 8), pc.less_equal(pc.day(day), 12)),
    )
    there = pc.and_(then, pc.is_in(rows.column("code"), pa.array(["/", "\\"])))
    place = rows.schema.get_field_index("code")
    missed = pc.if_else(there, "O", rows.column("code"))
    _write(home, "attendance_marks", rows.set_column(place, "code", missed))


def leave_for_no_school(home: Path) -> None:
    """On paper, each pupil leaves on one of four days of the year before, for nowhere that is named; as few do so in so small a county."""
    rows = _read(home, "school_pupils")
    days = [date(2025, 9, 15), date(2025, 12, 1), date(2026, 2, 16), date(2026, 5, 4)]
    left = [days[int(number) % len(days)] for number in rows.column("source_id").to_pylist()]
    for column, values in {"left_on": left, "destination": [""] * len(left), "leaving_reason": [""] * len(left)}.items():  # fmt: skip
        place = rows.schema.get_field_index(column)
        rows = rows.set_column(
            place, rows.schema.field(column), pa.array(values, rows.schema.field(column).type)
        )
    _write(home, "school_pupils", rows)


def some_miss_their_fridays(home: Path) -> None:
    """So small a county may draw nobody who misses the same days: one pupil in forty is no longer there on Fridays of this year.

    Numbers of one year group stand together, and what half a year group misses is no pattern of one pupil.
    """
    rows = _read(home, "attendance_marks")
    these = sorted(set(rows.column("source_id").to_pylist()))[::40]
    friday = pc.equal(pc.day_of_week(rows.column("on")), 4)
    this_year = pc.greater_equal(rows.column("on"), pa.scalar(date(2026, 1, 1)))
    there = pc.is_in(rows.column("code"), pa.array(["/", "\\"]))
    missed = pc.and_(
        pc.and_(friday, this_year), pc.and_(there, pc.is_in(rows.column("source_id"), pa.array(these)))
    )
    place = rows.schema.get_field_index("code")
    _write(
        home, "attendance_marks", rows.set_column(place, "code", pc.if_else(missed, "O", rows.column("code")))
    )


def some_no_longer_come(home: Path) -> None:
    """One pupil in forty misses all of June: among all who are looked at, only a plain rise stands."""
    rows = _read(home, "attendance_marks")
    these = sorted(set(rows.column("source_id").to_pylist()))[20::40]
    in_june = pc.greater_equal(rows.column("on"), pa.scalar(date(2026, 6, 1)))
    there = pc.is_in(rows.column("code"), pa.array(["/", "\\"]))
    missed = pc.and_(pc.and_(there, in_june), pc.is_in(rows.column("source_id"), pa.array(these)))
    place = rows.schema.get_field_index("code")
    _write(
        home, "attendance_marks", rows.set_column(place, "code", pc.if_else(missed, "O", rows.column("code")))
    )


def suspend_all_for_a_day(home: Path) -> None:
    """On five days of the year everybody was suspended: a second suspension beside another agency's fact is rare in so small a county."""
    rows = _read(home, "attendance_marks")
    days = [date(2025, 10, 14), date(2025, 11, 25), date(2026, 2, 3), date(2026, 3, 24), date(2026, 5, 19)]
    there = pc.is_in(rows.column("code"), pa.array(["/", "\\"]))
    then = pc.and_(there, pc.is_in(rows.column("on"), pa.array(days)))
    place = rows.schema.get_field_index("code")
    _write(
        home, "attendance_marks", rows.set_column(place, "code", pc.if_else(then, "E", rows.column("code")))
    )


def found_by_a_night(imported: Path, name: str, change=None) -> dict[str, set]:
    """What a night finds in a copy of the home: links, occasions and their evidence, as sets."""
    home = imported.parent / name
    shutil.copytree(imported, home)
    if change:
        change(home)
    rowan(home, "overnight")
    folder = home / "night" / "evaluation"
    return {
        "links": _set(folder / "links.parquet", ["rid", "person_id", "file", "line"]),
        "occasions": _set(
            folder / "occasions.parquet", ["occasion", "rule", "person_id", "on", "audience", "figures"]
        ),
        "evidence": _set(
            folder / "occasion_evidence.parquet", ["occasion", "record_kind", "source", "record_id", "what"]
        ),
    }


def _set(file: Path, columns: list[str]) -> set:
    return {
        tuple(row[column] for column in columns) for row in pq.read_table(file, columns=columns).to_pylist()
    }


@pytest.fixture(scope="module")
def as_it_is(imported) -> dict[str, set]:
    return found_by_a_night(imported, "as-it-is")


def permute_protected_fields(home: Path) -> None:
    """Each person's (or place's) protected fields become those of another one."""
    draw = random.Random(3)
    changed = 0
    for kind, fields in PROTECTED.items():
        rows = _read(home, kind)
        who = rows.column(
            "postcode" if kind == "postcodes" else "laestab" if kind == "schools" else "source_id"
        ).to_pylist()
        everybody = sorted(set(who))
        others = dict(zip(everybody, draw.sample(everybody, len(everybody)), strict=True))
        first = {name: place for place, name in reversed(list(enumerate(who)))}
        for column in fields:
            values = rows.column(column).to_pylist()
            fresh = [values[first[others[name]]] for name in who]
            changed += sum(old != new for old, new in zip(values, fresh, strict=True))
            place = rows.schema.get_field_index(column)
            rows = rows.set_column(
                place, rows.schema.field(column), pa.array(fresh, rows.schema.field(column).type)
            )
        _write(home, kind, rows)
    assert changed > 300


def replace_every_r(by: str):
    def change(home: Path) -> None:
        rows = _read(home, "attendance_marks")
        is_r = pc.equal(rows.column("code"), "R")
        assert pc.sum(is_r).as_py() > 0, "the county has no religious observance to replace"
        place = rows.schema.get_field_index("code")
        _write(
            home,
            "attendance_marks",
            rows.set_column(place, "code", pc.if_else(is_r, by, rows.column("code"))),
        )

    return change


def _read(home: Path, kind: str) -> pa.Table:
    return DeltaTable(str(home / "delta" / kind)).to_pyarrow_table()


def _write(home: Path, kind: str, rows: pa.Table) -> None:
    table = DeltaTable(str(home / "delta" / kind))
    write_deltalake(
        str(home / "delta" / kind),
        rows,
        mode="overwrite",
        partition_by=table.metadata().partition_columns or None,
    )


def test_the_county_gives_every_rule_something_to_find(as_it_is):
    found = {rule for _, rule, *_ in as_it_is["occasions"]}
    assert found == {rule.name for rule in RULES} == {
        "missing_again", "far_from_home", "absence_risen", "child_arrested", "missing_and_absent",
        "left_for_no_school", "seen_less_at_school", "same_days_missed", "away_again", "noted_again", "told_by_two_agencies",
    }  # fmt: skip


def permuted_and_travelling(home: Path) -> None:
    permute_protected_fields(home)
    replace_every_r("T")(home)


@pytest.mark.parametrize(
    ("name", "change"), [("travelling", permuted_and_travelling), ("closed", replace_every_r("#"))]
)
def test_no_link_no_question_and_no_evidence_changes(imported, as_it_is, name, change):
    changed = found_by_a_night(imported, name, change)
    for what, rows in as_it_is.items():
        assert changed[what] == rows, what
