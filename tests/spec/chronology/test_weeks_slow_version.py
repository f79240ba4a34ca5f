"""School weeks worked out a second time, mark by mark in plain Python, on random registers: with codes nobody knows, codes that changed, and weekends."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pyarrow as pa

from rowan.chronology.rules.attendance_codes import (
    CUSTODY,
    EXCLUDED,
    ILLNESS,
    LEFT_OUT_OF_RULES,
    MEDICAL,
    PART_TIME,
    STUDY_LEAVE,
)
from rowan.chronology.tables.attendance_weeks import (
    attendance_weeks,
    in_numbers,
    pupil_numbers,
    pupil_weeks,
    pupils_by_import,
    rows_by_import,
    senders,
    weeks_by_import,
)
from rowan.chronology.tables.week_registers import what_registers_tell
from rowan.records.rules.attendance_codes import CODES, Counts, code_on

SENT = [*[code.code for code in CODES], "?", "/", "\\", "/", "\\"]
# Codes changed on 19 August 2024.
FIRST_DAY, DAYS = date(2024, 8, 5), 28
APART = {
    "ill": ILLNESS, "medical": MEDICAL, "part_time": PART_TIME, "study_leave": STUDY_LEAVE, "excluded": EXCLUDED, "custody": CUSTODY,
}  # fmt: skip
NEVER_ASK = (*LEFT_OUT_OF_RULES, *MEDICAL, *PART_TIME, *STUDY_LEAVE)


def test_the_weeks_of_random_registers_are_those_of_a_slow_obvious_version(duckdb_engine):
    hold(duckdb_engine, random_marks(random.Random(4711)))


def hold(engine, marks):
    taken = engine.take("random_marks", pa.Table.from_pylist(marks))
    sent = engine.keep("random_senders", senders(taken, after=3))
    each = engine.keep("random_by_import", in_numbers(weeks_by_import(taken), sent))
    by_import = pupils_by_import(each, sent)
    numbered = pupil_numbers(by_import, sent, after=7)
    weeks = engine.keep("random_weeks", pupil_weeks(each, by_import, numbered))
    pupils = [
        {"source": source, "source_id": pupil, "rid": pupil, "person_id": pupil, "year_group": "9", "year_group_on": FIRST_DAY}
        for source, pupil in sorted({(mark["source"], mark["source_id"]) for mark in marks})
    ]  # fmt: skip
    people = engine.take("random_pupils", pa.Table.from_pylist(pupils))
    told = engine.keep("random_told", what_registers_tell(weeks))
    seen = engine.see("seen_weeks", attendance_weeks(weeks, told, numbered, sent, people))
    found = rows_of(engine, seen)
    slow = slow_weeks(marks)
    assert len(found) == len(slow) > 100
    for row in found:
        week = slow[row["laestab"], row["source"], row["source_id"], row["week_on"]]
        assert {name: row[name] for name in week} == week
    held = rows_of(engine, rows_by_import(by_import, sent, "marks"))
    assert {(row["import_id"], row["source"], row["source_id"]): row["rows"] for row in held} == rows_held(
        marks
    )


def random_marks(chance):
    days = [FIRST_DAY + timedelta(days=n) for n in range(DAYS)]
    return [
        {
            "import_id": chance.choice("abc"), "agency": f"school-{school}", "laestab": school, "source": f"school-{school}:admission",
            "source_id": str(pupil), "on": day, "session": session, "code": chance.choice(SENT),
        }
        for school in ("8994001", "8994002")
        for pupil in range(20)
        for day in days
        for session in ("AM", "PM")
        if chance.random() < 0.8
    ]  # fmt: skip


def slow_weeks(marks):
    found = {}
    for mark in marks:
        monday = mark["on"] - timedelta(days=mark["on"].weekday())
        week = found.setdefault(
            (mark["laestab"], mark["source"], mark["source_id"], monday),
            defaultdict(int, first_on=mark["on"], last_on=mark["on"], import_id=mark["import_id"]),
        )
        week["first_on"] = min(week["first_on"], mark["on"])
        week["last_on"] = max(week["last_on"], mark["on"])
        week["import_id"] = max(week["import_id"], mark["import_id"])
        count(week, mark)
    return found


def count(week, mark):
    code = mark["code"]
    meant = code_on(code, mark["on"])
    possible = meant is not None and meant.counts != Counts.NOT_POSSIBLE
    authorised = meant is not None and meant.counts == Counts.AUTHORISED
    unauthorised = meant is not None and meant.counts == Counts.UNAUTHORISED
    absent, counts = authorised or unauthorised, code not in LEFT_OUT_OF_RULES
    week["possible"] += possible
    week["authorised"] += authorised
    week["unauthorised"] += unauthorised
    week["absent"] += absent
    week["counted_possible"] += possible and counts
    week["counted_absent"] += absent and counts
    for name, codes in APART.items():
        week[name] += code in codes
    bit = 2 ** (mark["on"].weekday() * 2 + (mark["session"] == "PM")) if mark["on"].weekday() < 5 else 0
    week["counted_sessions"] += bit * (possible and code not in NEVER_ASK)
    week["missed_sessions"] += bit * (absent and code not in NEVER_ASK)
    week["ill_sessions"] += bit * (code in ILLNESS)


def rows_held(marks):
    found = defaultdict(int)
    for mark in marks:
        found[mark["import_id"], mark["source"], mark["source_id"]] += 1
    return found


def rows_of(engine, relation):
    return [row for batch in engine.batches(relation) for row in batch.to_pylist()]
