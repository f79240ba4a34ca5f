"""The weeks of some schools' marks that stand, the quick way: where a file is one import's, and none of a pupil's marks was sent anew.

Nearly every file is. Those that hold rows of several imports (a purge puts together what it leaves), and every pupil with a corrected
mark, go the plain way beside them: mark by mark, is it the newest version?
"""

from dataclasses import dataclass
from datetime import date

from ibis.expr.types import Table

from rowan.chronology.tables.attendance_weeks import (
    SENDER,
    in_numbers,
    of_imports_in_numbers,
    put_together,
    senders,
    weeks_by_import,
    weeks_of_imports,
)
from rowan.records.keeping.delta_tables import FileOfRows
from rowan.records.tables.current_rows import MARK, corrected_rows, received_rows, that_stand

from .engine import Engine
from .store import SomeSchools, read_marks_of

PUPIL = ["source", "source_id"]


@dataclass(frozen=True)
class Received:
    """Marks of some schools as a night received them."""

    engine: Engine
    some: SomeSchools
    imports: Table
    as_of: date

    def rows(self, some: SomeSchools, name: str) -> Table:
        marks = read_marks_of(self.engine, some, name)
        # As a table that was kept has it.
        marks = marks.mutate(version=marks.version.cast("int64"))
        return received_rows(marks, self.imports, self.as_of)

    def of_pupils(self, pupils: Table, some: SomeSchools, name: str) -> Table:
        """Their marks, in files that may hold them. `pupils`: agency, source, source_id."""
        at = self.engine.keep("schools_of_some", pupils.select("agency").distinct())
        agencies = {row["agency"] for batch in self.engine.batches(at) for row in batch.to_pylist()}
        theirs = some.only(lambda file: any(file.may_hold(agency) for agency in agencies))
        rows = self.rows(theirs, f"told_{name}").semi_join(pupils, PUPIL)
        return self.engine.keep_for_now(name, rows)

    def that_stand(self, rows: Table) -> Table:
        """Of rows that hold every version of their marks, the newest."""
        corrected = self.engine.keep_for_now("corrected_marks", corrected_rows(rows, MARK))
        return that_stand(rows, corrected, MARK)


@dataclass(frozen=True)
class Senders:
    """Who sent the marks, in numbers, and which files are of one sender each."""

    numbered: Table
    of_one: SomeSchools
    of_several: SomeSchools


def who_sent(received: Received, after: int) -> Senders:
    """Import, agency, school and day received are the same for a whole file taken in: of its rows here one Parquet file is asked, not all."""
    one, several = received.some.divided(lambda file: None not in (file.import_id, file.only_agency))
    found = _numbered(received, one, several, after)
    if received.engine.count(found.numbered) == received.engine.count(
        found.numbered.select("import_id").distinct()
    ):
        return found
    # No import has ever written this: then every row says for itself who sent it.
    return _numbered(received, *received.some.divided(lambda file: False), after)


def _numbered(received: Received, one: SomeSchools, several: SomeSchools, after: int) -> Senders:
    asked = _one_file_an_import(one.found_in)
    first = one.only(lambda file: file.path in asked)
    told = received.rows(first, "first_marks").select(*SENDER)
    if several.files:
        told = told.union(received.rows(several, "marks_of_several").select(*SENDER))
    return Senders(received.engine.keep_for_now("senders_of_some", senders(told, after)), one, several)


def _one_file_an_import(files: list[FileOfRows]) -> set[str]:
    largest_first = sorted(files, key=lambda file: -file.rows)
    return set({file.import_id: file.path for file in largest_first}.values())


def weeks_that_stand(received: Received, sent: Senders) -> Table:
    """sender_number, source_id, week_on and register of every week, import by import."""
    engine = received.engine
    # Whether its import is in is asked of a week, not of each of its marks.
    marks = read_marks_of(engine, sent.of_one, "marks_of_one")
    quick = engine.keep_for_now("quick_weeks", of_imports_in_numbers(weeks_of_imports(marks), sent.numbered))
    anew = engine.keep_for_now("sent_anew", _sent_anew(received, sent, quick))
    some_anew = engine.count(anew) > 0
    if not some_anew and not sent.of_several.files:
        return quick.drop("newest_version")
    every_version = received.rows(sent.of_several, "marks_of_several")
    if some_anew:
        every_version = every_version.union(received.of_pupils(anew, sent.of_one, "marks_sent_anew"))
    plain = in_numbers(weeks_by_import(received.that_stand(every_version)), sent.numbered)
    stand = _with_source(quick, sent).anti_join(anew, PUPIL).select(*plain.columns)
    return engine.keep_for_now("weeks_of_some", put_together(stand.union(plain)))


def _sent_anew(received: Received, sent: Senders, quick: Table) -> Table:
    """Pupils of whose marks one at least has a later version: agency, source, source_id."""
    pupil = ("agency", *PUPIL)
    anew = _with_source(quick.filter(quick.newest_version > 1), sent).select(*pupil)
    if sent.of_several.files:
        rows = received.rows(sent.of_several, "marks_of_several")
        anew = anew.union(rows.filter(rows.version > 1).select(*pupil))
    return anew.distinct()


def _with_source(weeks: Table, sent: Senders) -> Table:
    return weeks.join(sent.numbered.select("sender_number", "agency", "source"), "sender_number")
