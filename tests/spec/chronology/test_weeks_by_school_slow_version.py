"""School weeks of a whole home worked out a second time, mark by mark in plain Python.

Nearly every file of marks is of one import, and nearly every mark is sent once: these go a quick way. Here many are not: files of several
imports as a purge leaves them, marks sent anew in another file, imports never finished or received later.
"""

import json
import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import pyarrow as pa
import pytest

from rowan.pipeline import by_school
from rowan.pipeline.by_school import weeks_by_school
from rowan.pipeline.engine import DuckDB
from rowan.records.keeping import delta_tables
from rowan.records.keeping.staging import delta_schema
from rowan.records.sources.kinds import ATTENDANCE_MARKS

from .test_weeks_slow_version import SENT, rows_held, rows_of, slow_weeks

AS_OF = date(2024, 10, 1)
# Codes changed on 19 August 2024; a file is of one month, and weeks are not.
FIRST_DAY, DAYS = date(2024, 8, 12), 40
SCHOOLS = ("8994001", "8994002", "8994003")


@pytest.fixture
def engine(tmp_path):
    engine = DuckDB(tmp_path / "engine")
    yield engine
    engine.close()


@pytest.fixture(autouse=True)
def several_parts(monkeypatch):
    monkeypatch.setattr(by_school, "MARKS_AT_ONCE", 2_000)


def test_weeks_of_files_of_one_import_each_are_those_of_a_slow_obvious_version(engine, tmp_path):
    home = Home(tmp_path, random.Random(1))
    home.send(SCHOOLS, "first", share=0.9)
    home.send(SCHOOLS, "second", share=0.2, days=range(30, 50))
    hold(engine, home)


def test_so_are_those_of_marks_sent_anew_whatever_file_they_lie_in(engine, tmp_path):
    home = Home(tmp_path, random.Random(2))
    home.send(SCHOOLS, "first", share=0.9)
    home.send(SCHOOLS[:2], "corrected", share=0.05)
    home.send(SCHOOLS[:1], "again", share=0.05)
    hold(engine, home)


def test_so_are_those_of_files_of_several_imports_and_schools(engine, tmp_path):
    home = Home(tmp_path, random.Random(3))
    home.send(SCHOOLS, "first", share=0.5)
    home.send(SCHOOLS, "together", share=0.3, one_file=True)
    home.send(SCHOOLS[1:], "corrected", share=0.05)
    # A purge puts what it leaves of an import elsewhere than what it did not touch.
    home.send(SCHOOLS, "first", share=0.2, one_file=True)
    hold(engine, home)


def test_so_are_those_of_an_import_in_a_file_of_its_own_and_in_one_with_another_of_the_same_school(
    engine, tmp_path
):
    home = Home(tmp_path, random.Random(7), nothing_else=True)
    # No mark is sent anew; one week of the first import lies in both files, and none is shared with the second.
    home.send(SCHOOLS[:1], "first", share=0.6, days=range(17))
    left = home.rows(SCHOOLS[0], "first", 0.6, range(17, 30)) + home.rows(
        SCHOOLS[0], "second", 0.6, range(35, 50)
    )
    home.write([left])
    hold(engine, home)


def test_so_are_those_of_a_home_whose_log_does_not_say_which_import_a_file_is_of(
    engine, tmp_path, monkeypatch
):
    home = Home(tmp_path, random.Random(4))
    home.send(SCHOOLS, "first", share=0.6)
    home.send(SCHOOLS, "corrected", share=0.1)
    found = delta_tables.files_with_rows(home.path, ATTENDANCE_MARKS)
    silent = [replace(file, import_id=None, lowest=None, highest=None) for file in found]
    monkeypatch.setattr(delta_tables, "files_with_rows", lambda *_: silent)
    hold(engine, home)


def test_so_are_those_of_an_import_that_names_two_schools(engine, tmp_path):
    home = Home(tmp_path, random.Random(5))
    home.send(SCHOOLS[:1], "first", share=0.6, numbers=("8994001", "8994009"))
    home.send(SCHOOLS[1:], "first", share=0.6)
    hold(engine, home)


def test_a_file_of_one_import_is_read_once_and_nothing_else_of_a_home_without_corrections(
    engine, tmp_path, monkeypatch
):
    home = Home(tmp_path, random.Random(6))
    home.send(SCHOOLS, "first", share=0.5)
    read = Counter()
    once = engine.read
    monkeypatch.setattr(
        engine,
        "read",
        lambda name, files, **said: (read.update({name: len(files)}), once(name, files, **said))[1],
    )
    nobody = engine.take(
        "kept", pa.table({"source": pa.array([], pa.string()), "source_id": pa.array([], pa.string())})
    )
    weeks_by_school(engine, home.path, engine.take("imports", home.imports()), nobody, AS_OF)
    files = len(delta_tables.files_of(home.path, ATTENDANCE_MARKS))
    assert read == {"first_marks": len({mark["import_id"] for mark in home.marks}), "marks_of_one": files}


class Home:
    """A home whose marks are written straight to its Delta table, with what ought to stand of them."""

    def __init__(self, place, chance, nothing_else=False):
        self.path, self.chance = place / "home", chance
        self.marks, self.received = [], {}
        if nothing_else:
            return
        self.send(SCHOOLS, "killed", share=0.1, is_in=False)
        self.send(SCHOOLS, "later", share=0.1, on=AS_OF + timedelta(days=1))

    def send(
        self, schools, what, *, share, days=range(DAYS), on=AS_OF, one_file=False, is_in=True, numbers=()
    ):
        files = [self.rows(school, what, share, days, on, numbers) for school in schools]
        self.write([[*chain(*files)]] if one_file else files, is_in=is_in)

    def write(self, files, *, is_in=True):
        for rows in files:
            self.marks += rows
            if is_in:
                self.received |= {row["import_id"]: row["received_on"] for row in rows}
            table = pa.Table.from_pylist(rows, schema=delta_schema(ATTENDANCE_MARKS))
            delta_tables.append(self.path, ATTENDANCE_MARKS, table, by_month=True)

    def rows(self, school, what, share, days, on=AS_OF, numbers=()):
        versions = Counter(
            (mark["source"], mark["source_id"], mark["on"], mark["session"])
            for mark in self.marks
            if mark["import_id"] in self.received and mark["received_on"] <= on
        )
        source = f"school-{school}:admission"
        return [
            {
                "import_id": f"{what}-{school}", "agency": f"school-{school}", "laestab": self.chance.choice(numbers or (school,)),
                "source": source, "source_id": pupil, "on": day, "session": session, "code": self.chance.choice(SENT),
                "version": versions[source, pupil, day, session] + 1, "received_on": on, "month": f"{day:%Y-%m}", "line": 2, "file": what,
            }
            for pupil in map(str, range(12))
            for day in (FIRST_DAY + timedelta(days=n) for n in days)
            for session in ("AM", "PM")
            if self.chance.random() < share
        ]  # fmt: skip

    def imports(self):
        return pa.Table.from_pylist(
            [
                {
                    "import_id": one,
                    "feed": ATTENDANCE_MARKS,
                    "agency": f"school-{one[-7:]}",
                    "received_on": on,
                }
                for one, on in sorted(self.received.items())
            ]
        )

    def that_stand(self):
        known = [mark for mark in self.marks if self.received.get(mark["import_id"], date.max) <= AS_OF]
        newest = defaultdict(int)
        for mark in known:
            key = (mark["source"], mark["source_id"], mark["on"], mark["session"])
            newest[key] = max(newest[key], mark["version"])
        return [
            mark
            for mark in known
            if newest[mark["source"], mark["source_id"], mark["on"], mark["session"]] == mark["version"]
        ]


def hold(engine, home):
    marks = home.that_stand()
    kept = [{"source": f"school-{SCHOOLS[0]}:admission", "source_id": one} for one in ("3", "7")]
    found = weeks_by_school(
        engine, home.path, engine.take("imports", home.imports()), engine.take("kept", pa.Table.from_pylist(kept)), AS_OF
    )  # fmt: skip
    pupils = [
        {"source": source, "source_id": pupil, "rid": pupil, "person_id": pupil, "year_group": "9", "year_group_on": FIRST_DAY}
        for source, pupil in sorted({(mark["source"], mark["source_id"]) for mark in marks})
    ]  # fmt: skip
    weeks = rows_of(
        engine, engine.see("weeks", found.with_people(engine.take("pupils", pa.Table.from_pylist(pupils))))
    )
    slow = slow_weeks(marks)
    assert len(weeks) == len(slow) > 50
    for row in weeks:
        week = slow[row["laestab"], row["source"], row["source_id"], row["week_on"]]
        assert {name: row[name] for name in week} == week
    held = {
        (row["import_id"], row["source"], row["source_id"]): row["rows"]
        for row in rows_of(engine, found.rows)
    }
    assert held == rows_held(marks)
    assert codes_of(rows_of(engine, found.codes)) == slow_codes(marks, kept)


def codes_of(rows):
    return {
        (row["laestab"], row["source"], row["source_id"], row["week_on"]): json.loads(row["codes"])
        for row in rows
    }


def slow_codes(marks, kept):
    theirs = {(one["source"], one["source_id"]) for one in kept}
    found = defaultdict(Counter)
    for mark in marks:
        if (mark["source"], mark["source_id"]) in theirs:
            monday = mark["on"] - timedelta(days=mark["on"].weekday())
            found[mark["laestab"], mark["source"], mark["source_id"], monday][mark["code"]] += 1
    return found
