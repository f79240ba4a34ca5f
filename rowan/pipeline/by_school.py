"""Marks worked through some schools at a time, each of them once: what a night makes of them before anybody asks who a pupil is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ibis.expr.types import Table

from rowan.chronology.tables.attendance_weeks import (
    attendance_weeks,
    codes_by_week,
    pupil_numbers,
    pupil_weeks,
    pupils_by_import,
    rows_by_import,
)
from rowan.chronology.tables.week_registers import what_registers_tell
from rowan.records.keeping import delta_tables
from rowan.records.sources.kinds import ATTENDANCE_MARKS

from .engine import Engine
from .store import schools_at_once
from .weeks_of_some import Received, weeks_that_stand, who_sent

# Few enough that a county of any size is worked through in the same memory.
MARKS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class BySchool:
    """What is made of marks before anybody asks who a pupil is: weeks and row counts of every pupil number, codes of those whose weeks are kept."""

    pupil_weeks: Table
    registers_told: Table
    pupil_numbers: Table
    senders: Table
    codes: Table
    rows: Table

    def with_people(self, pupils: Table) -> Table:
        return attendance_weeks(
            self.pupil_weeks, self.registers_told, self.pupil_numbers, self.senders, pupils
        )


def weeks_by_school(engine: Engine, home: Path, imports: Table, kept: Table, as_of: date) -> BySchool:
    """Some schools at a time, and each of their marks once; those of kept children a second time, for their codes."""
    who_sends = imports.filter(imports.feed == ATTENDANCE_MARKS).select("agency").distinct()
    schools = [row["agency"] for batch in engine.batches(who_sends) for row in batch.to_pylist()]
    keep, senders_so_far, pupils_so_far = engine.keep, 0, 0
    files = delta_tables.files_with_rows(home, ATTENDANCE_MARKS)
    for some in schools_at_once(files, schools, MARKS_AT_ONCE):
        received = Received(engine, some, imports, as_of)
        sent = who_sent(received, after=senders_so_far)
        weeks = weeks_that_stand(received, sent)
        by_import = engine.keep_for_now("pupils_by_import", pupils_by_import(weeks, sent.numbered))
        fresh = engine.keep_for_now("fresh_pupils", pupil_numbers(by_import, sent.numbered, pupils_so_far))
        senders_so_far += engine.count(sent.numbered)
        pupils_so_far += engine.count(fresh)
        every_sender, pupils = keep("senders", sent.numbered), keep("pupil_numbers", fresh)
        by_pupil = keep("pupil_weeks", pupil_weeks(weeks, by_import, fresh))
        rows = keep("mark_rows", rows_by_import(by_import, sent.numbered, ATTENDANCE_MARKS))
        theirs = received.of_pupils(fresh.semi_join(kept, ["source", "source_id"]), some, "marks_of_kept")
        codes = keep("codes_by_week", codes_by_week(received.that_stand(theirs)))
        keep = engine.keep_more
    told = engine.keep("registers_told", what_registers_tell(by_pupil))
    return BySchool(by_pupil, told, pupils, every_sender, codes, rows)
