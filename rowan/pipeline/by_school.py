"""Marks worked through some schools at a time, each of them once: what a night makes of them before anybody asks who a pupil is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ibis.expr.types import Table

from rowan.chronology.tables.attendance_weeks import (
    codes_by_week,
    rows_by_import,
    sessions_by_code,
    sessions_by_week,
)
from rowan.records.keeping import delta_tables
from rowan.records.sources.kinds import ATTENDANCE_MARKS
from rowan.records.tables.current_rows import MARK, corrected_rows, received_rows, that_stand

from .engine import Engine
from .store import read_marks_of, schools_at_once

# Few enough that a county of any size is worked through in the same memory.
MARKS_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class BySchool:
    """What is made of marks before anybody asks who a pupil is: weeks and row counts of every pupil number, codes of those whose weeks are kept."""

    sessions: Table
    codes: Table
    rows: Table


def sessions_by_school(engine: Engine, home: Path, imports: Table, kept: Table, as_of: date) -> BySchool:
    """Some schools at a time, and each of their marks once."""
    sent = imports.filter(imports.feed == ATTENDANCE_MARKS).select("agency").distinct()
    schools = [row["agency"] for batch in engine.batches(sent) for row in batch.to_pylist()]
    keep = engine.keep
    files = delta_tables.files_with_rows(home, ATTENDANCE_MARKS)
    for some in schools_at_once(files, schools, MARKS_AT_ONCE):
        received = received_rows(read_marks_of(engine, some), imports, as_of)
        corrected = engine.keep("corrected_marks", corrected_rows(received, MARK))
        by_code = engine.keep("sessions_by_code", sessions_by_code(that_stand(received, corrected, MARK)))
        sessions = keep("sessions_by_week", sessions_by_week(by_code))
        codes = keep("codes_by_week", codes_by_week(by_code.semi_join(kept, ["source", "source_id"])))
        rows = keep("mark_rows", rows_by_import(by_code, ATTENDANCE_MARKS))
        keep = engine.keep_more
    return BySchool(sessions, codes, rows)
