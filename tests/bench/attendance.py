"""Attendance marks from files to weeks, beside DuckDB's own reading of the same files and its raw scan of the same Parquet, in one run.

    python -m tests.bench.attendance --children 100000

The import is the whole of it: recognised, looked at, every cell checked, versions worked out, committed. The tables are all that a night
makes of marks: which of them stand, sessions by week, rows by pupil, weeks of persons, sums of year groups. Every pupil is taken for a person the hub
knows, so that nothing is left out.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

import duckdb
import ibis
from ibis.expr.types import Table

from rowan.chronology.tables.purged_sums import COLUMNS as PURGED_COLUMNS
from rowan.chronology.tables.school_week_sums import school_week_sums
from rowan.pipeline.by_school import weeks_by_school
from rowan.pipeline.engine import DuckDB
from rowan.pipeline.purge import PURGED_SUMS
from rowan.pipeline.steps import Steps
from rowan.pipeline.store import read_small
from rowan.records.keeping import delta_tables
from rowan.records.sources.kinds import ATTENDANCE_MARKS
from rowan.records.tables.whose_rows import taken_again
from tests.bench.commands import read_by_duckdb, rowan

# Whatever has come in by now stands.
AS_OF = date.today()
TIMES_A_RAW_SCAN = 4
SHARE_OF_DUCKDBS_READING = 1 / 3
RUNS = 3
THREADS = 2


@dataclass(frozen=True)
class Measured:
    marks: int
    import_seconds: float
    import_peak_mb: int
    duckdb_reads_in: float
    tables_seconds: float
    raw_scan_seconds: float

    @property
    def share_of_duckdbs_reading(self) -> float:
        return self.duckdb_reads_in / self.import_seconds

    @property
    def times_a_raw_scan(self) -> float:
        return self.tables_seconds / self.raw_scan_seconds

    @property
    def is_as_promised(self) -> bool:
        return (
            self.share_of_duckdbs_reading >= SHARE_OF_DUCKDBS_READING
            and self.times_a_raw_scan <= TIMES_A_RAW_SCAN
        )

    def __str__(self) -> str:
        return (
            f"{self.marks:,} attendance marks: imported in {self.import_seconds:.0f} s ({self.import_peak_mb:,} MB) with every check, "
            f"{self.share_of_duckdbs_reading:.2f} of the speed at which DuckDB reads the files (promised: {SHARE_OF_DUCKDBS_READING:.2f}); "
            f"all their tables in {self.tables_seconds:.1f} s of processor, {self.times_a_raw_scan:.1f} times a raw scan of the same Parquet (promised: {TIMES_A_RAW_SCAN})."
        )


def measure(place: Path, children: int, seed: int) -> Measured:
    place.mkdir(parents=True)
    home = {"ROWAN_HOME": str(place / "home"), "ROWAN_KEYS": str(place / "keys")}
    rowan(home, "county", str(place / "county"), "--children", str(children), "--seed", str(seed))
    marks = sorted(str(file) for file in (place / "county" / "schools").rglob("marks_*.csv"))
    rowan(home, "migrate")
    imported = rowan(home, "records", "import", *marks)
    reading = median(read_by_duckdb([Path(file) for file in marks])[0] for _ in range(RUNS))
    found, tables, raw = tables_beside_a_raw_scan(place / "home", place / "engine")
    return Measured(found, imported["seconds"], imported["peak_mb"], reading, tables, raw)


def tables_beside_a_raw_scan(home: Path, scratch: Path) -> tuple[int, float, float]:
    """How many marks, and the medians of the seconds of processor that their tables and a raw scan take."""
    files = sorted(delta_tables.files_of(home, ATTENDANCE_MARKS))
    marks, raw, tables = 0, [], []
    for run in range(RUNS):
        seconds, marks = timed(lambda: raw_scan(files))
        raw.append(seconds)
        engine = DuckDB(scratch / str(run))
        try:
            tables.append(timed(lambda: all_tables(engine, home))[0])  # noqa: B023  # called at once
        finally:
            engine.close()
    return marks, median(tables), median(raw)


def raw_scan(files: list[str]) -> int:
    """Every row of the Parquet read and every cell of it touched, as the tables have to."""
    with duckdb.connect(config={"threads": THREADS}) as connection:
        [(rows, _)] = connection.execute(
            "select count(*), bit_xor(hash(mark)) from read_parquet(?, hive_partitioning=false) as mark",
            [files],
        ).fetchall()
    return int(rows)


def all_tables(engine: DuckDB, home: Path) -> None:
    step = Steps(engine)
    imports = engine.keep("imports", read_small(engine, home, delta_tables.IMPORTS))
    nobody = engine.keep("kept_children", imports.select(source="agency", source_id="import_id").limit(0))
    marks = weeks_by_school(engine, home, imports, nobody, AS_OF)
    weeks = engine.see("attendance_weeks", marks.with_people(everybody_a_person(marks.pupil_numbers)))
    purged = read_small(engine, home, PURGED_SUMS).select(*PURGED_COLUMNS)
    again = step("taken_again", lambda: taken_again(imports))
    some_again = again if engine.count(again) else None
    step("school_week_sums", lambda: school_week_sums(weeks, purged, some_again))
    # Weeks are put into words where they are read: here once, every cell of them.
    engine.connection.execute("select count(*), bit_xor(hash(week)) from attendance_weeks as week").fetchall()


def everybody_a_person(pupil_numbers: Table) -> Table:
    pupil = pupil_numbers.select("source", "source_id").distinct()
    return pupil.mutate(
        rid=pupil.source_id,
        person_id=pupil.source.concat("|", pupil.source_id),
        year_group=ibis.literal("9"),
        year_group_on=ibis.date(AS_OF.isoformat()),
    )


def timed(work: Callable[[], int | None]) -> tuple[float, int]:
    """Seconds of processor, of all threads: whoever else is at work on the machine, the two stay comparable."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found or 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.attendance")
    parser.add_argument("--children", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=4711)
    parser.add_argument(
        "--home", type=Path, help="one that holds marks already: only its tables are measured"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rowan-bench-") as scratch:
        if asked.home:
            marks, tables, raw = tables_beside_a_raw_scan(asked.home, Path(scratch))
            print(json.dumps({"marks": marks, "tables": round(tables, 2), "raw_scan": round(raw, 2)}))
            return 0
        measured = measure(Path(scratch) / "attendance", asked.children, asked.seed)
    print(measured)
    return 0 if measured.is_as_promised else 1


if __name__ == "__main__":
    sys.exit(main())
