"""Marks worked through some schools at a time, each of them once: what a night makes of them before anybody asks who a pupil is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ibis.expr.types import Table

from rowan.chronology.tables.attendance_weeks import (
    attendance_weeks,
    codes_by_week,
    import_numbers,
    pupil_numbers,
    pupil_weeks,
    rows_by_import,
    weeks_by_import,
)
from rowan.chronology.tables.week_registers import what_registers_tell
from rowan.records.keeping import delta_tables
from rowan.records.sources.kinds import ATTENDANCE_MARKS
from rowan.records.tables.current_rows import MARK, corrected_rows, received_rows, that_stand

from .engine import Engine
from .store import read_marks_of, schools_at_once

# Few enough that a county of any size is worked through in the same memory.
MARKS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class BySchool:
    """What is made of marks before anybody asks who a pupil is: weeks and row counts of every pupil number, codes of those whose weeks are kept."""

    pupil_weeks: Table
    registers_told: Table
    pupil_numbers: Table
    import_numbers: Table
    codes: Table
    rows: Table

    def with_people(self, pupils: Table) -> Table:
        return attendance_weeks(
            self.pupil_weeks, self.registers_told, self.pupil_numbers, self.import_numbers, pupils
        )


def weeks_by_school(engine: Engine, home: Path, imports: Table, kept: Table, as_of: date) -> BySchool:
    """Some schools at a time, and each of their marks once; those of kept children a second time, for their codes."""
    sent = imports.filter(imports.feed == ATTENDANCE_MARKS).select("agency").distinct()
    schools = [row["agency"] for batch in engine.batches(sent) for row in batch.to_pylist()]
    numbered = engine.keep("import_numbers", import_numbers(imports))
    keep, pupils_so_far = engine.keep, 0
    files = delta_tables.files_with_rows(home, ATTENDANCE_MARKS)
    for some in schools_at_once(files, schools, MARKS_AT_ONCE):
        received = received_rows(read_marks_of(engine, some), imports, as_of)
        corrected = engine.keep("corrected_marks", corrected_rows(received, MARK))
        marks = that_stand(received, corrected, MARK)
        by_import = engine.keep_for_now("weeks_by_import", weeks_by_import(marks))
        fresh = engine.keep_for_now("fresh_pupils", pupil_numbers(by_import, after=pupils_so_far))
        pupils_so_far += engine.count(fresh)
        pupils = keep("pupil_numbers", fresh)
        weeks = keep("pupil_weeks", pupil_weeks(by_import, fresh, numbered))
        rows = keep("mark_rows", rows_by_import(by_import, ATTENDANCE_MARKS))
        codes = keep("codes_by_week", codes_by_week(marks.semi_join(kept, ["source", "source_id"])))
        keep = engine.keep_more
    told = engine.keep("registers_told", what_registers_tell(weeks))
    return BySchool(weeks, told, pupils, numbered, codes, rows)
