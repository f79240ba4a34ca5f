"""Take files in: each one whole or not at all, and each once. This is what `rowan records import` does, without its words."""

import re
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from rowan.key_ring import KeyRing
from rowan.records.reading.opening import FileToTakeIn, Opened, ids_inside, number_inside, open_file
from rowan.records.rules.postcodes import AREAS
from rowan.records.sources import agency_codes
from rowan.records.sources.profile import Circumstances
from rowan.refusals import NotPossible

from . import delta_tables
from .ledger import ImportLine, Ledger
from .read_ahead import ReadAhead
from .readings import Reading, ReadingOfCensus, ReadingOfTable
from .sealing import Sealer
from .sealing_again import finish_started, seal_once_by_these_rules, withheld_ids
from .standing_tables import StandingTables
from .versions import SameForTheFile, commit_what_was_held, open_duckdb, work_out_versions
from .what_is_kept import Kept, KeptMarks, KeptRows, are_all_new
from .whose_file import KnownAgencies, Sender, council_of_the_whole_return, whose_file

SCRATCH = "import.scratch"


@dataclass
class FileReport:
    """What became of one file."""

    file: str
    format: str | None = None
    rows: int = 0
    kept: int = 0
    quarantined: int = 0
    repeated: int = 0
    marked: int = 0
    seconds: float = 0.0
    again: bool = False
    refused: str | None = None
    agency: str = ""
    import_id: str = ""
    notes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        return self.refused is None


def take_in(
    home: Path,
    files: Sequence[FileToTakeIn],
    *,
    keys: KeyRing,
    known: KnownAgencies,
    from_agency: str | None,
    received_on: date,
    in_service: bool,
    now: Callable[[], datetime],
    refusal_to_take: Callable[[Path, str, str], str | None] = lambda path, feed, agency: None,
    reported: Callable[[FileReport], None] = lambda report: None,
    taken_from: Callable[[Sender], None] = lambda sender: None,
) -> list[FileReport]:
    """Take in every file that can be, those first that others are looked at beside. The caller holds the lock."""
    home.mkdir(parents=True, exist_ok=True)
    scratch = home / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    sealer = Sealer(keys)
    finish_started(home, sealer)
    seal_once_by_these_rules(home, sealer)
    try:
        desk = _Desk(
            home,
            scratch,
            known,
            from_agency,
            received_on,
            in_service,
            now,
            taken_from,
            StandingTables(home),
            refusal_to_take,
            sealer,
        )
        return desk.take_in(files, reported)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class _Desk:
    """One import's tools: the ledger, DuckDB, and what is known of agencies and places."""

    def __init__(
        self,
        home: Path,
        scratch: Path,
        known: KnownAgencies,
        from_agency: str | None,
        received_on: date,
        in_service: bool,
        now: Callable[[], datetime],
        taken_from: Callable[[Sender], None],
        tables: StandingTables,
        refusal_to_take: Callable[[Path, str, str], str | None],
        sealer: Sealer,
    ):
        self.home, self.scratch, self.known = home, scratch, known
        self.from_agency, self.received_on, self.in_service = from_agency, received_on, in_service
        self.now, self.taken_from = now, taken_from
        self.tables, self.ledger = tables, Ledger(home, tables)
        self.refusal_to_take = refusal_to_take
        self.sealer, self.withheld = sealer, withheld_ids(home)
        self.duckdb = open_duckdb(scratch)
        self.around = self._circumstances()

    def take_in(
        self, files: Sequence[FileToTakeIn], reported: Callable[[FileReport], None]
    ) -> list[FileReport]:
        opened, reports = [], []
        for file in files:
            started = time.perf_counter()
            try:
                opened.append(open_file(file))
            except NotPossible as refusal:
                reports.append(_refused(file, None, refusal, started))
                reported(reports[-1])
        in_order = sorted(opened, key=lambda one: (one.order, one.file.called))
        with ReadAhead(in_order, self.ledger) as ahead:
            for one in in_order:
                started = time.perf_counter()
                try:
                    report = self._take_in_one(one, ahead)
                    report.seconds = round(time.perf_counter() - started, 3)
                except NotPossible as refusal:
                    report = _refused(one.file, one.format, refusal, started)
                reports.append(report)
                reported(report)
        return reports

    def _take_in_one(self, opened: Opened, ahead: ReadAhead) -> FileReport:
        started = time.perf_counter()
        begun = ahead.of(opened, self.around)
        ahead.begin_next(opened, self.around)
        sender = self._whose(opened)
        if why := self.refusal_to_take(opened.file.path, opened.feed, sender.code):
            raise NotPossible(why)
        report = FileReport(opened.file.called, opened.format, agency=sender.code)
        earlier = self.ledger.imports_of(opened.looked_at.digest, sender.code, opened.format)
        if earlier and not self._were_purged(earlier):
            report.again = True
            return report
        report.again = bool(earlier)
        reading = self._reading(opened, sender)
        reading.clear()
        reading.ahead = begun
        # Whatever goes wrong from here to the commit, only the scratch folder has been written to.
        reading.read()
        line = self._keep(opened, sender, reading, again=report.again, started=started)
        if line is None:
            return report
        self.taken_from(sender)
        if opened.table and opened.table.recognised.source.kind == "postcodes":
            self.around = self._circumstances()
        for name in ("rows", "kept", "quarantined", "repeated", "marked", "import_id", "notes"):
            setattr(report, name, getattr(line, name))
        return report

    def _were_purged(self, import_ids: Sequence[str]) -> bool:
        purged = {
            row["import_id"] for row in delta_tables.rows_of(self.home, delta_tables.PURGES, ("import_id",))
        }
        return bool(purged & set(import_ids))

    def _whose(self, opened: Opened) -> Sender:
        number = opened.council
        agency_of: Callable[[str], tuple[str, str]] = agency_codes.of_council
        if opened.table:
            source = opened.table.recognised.source
            number, agency_of = "", source.agency_of or agency_codes.of_council
            if source.own_number:
                number = number_inside(opened) or ""
            elif source.is_a_piece:
                code = council_of_the_whole_return(
                    self.duckdb, self.home, source, [*islice(ids_inside(opened), 2_000)]
                )
                if code:
                    return Sender(code, self.known.names.get(code, code), "council")
        try:
            return whose_file(
                number_inside=number or None,
                agency_of=agency_of,
                feed=opened.feed,
                agency_kind=opened.agency_kind,
                known=self.known,
                from_agency=self.from_agency,
                in_service=self.in_service,
            )
        except ValueError as fault:
            raise NotPossible(f"the file names no agency Rowan can know: {fault}") from None

    def _reading(self, opened: Opened, sender: Sender) -> Reading:
        of_what = ReadingOfTable if opened.table else ReadingOfCensus
        scheme = opened.table.recognised.source.scheme if opened.table else ReadingOfCensus.scheme
        withheld = self.withheld.get(f"{sender.code}:{scheme}", frozenset())
        return of_what(opened, self.around, self.scratch, self.sealer, withheld)

    def _keep(
        self, opened: Opened, sender: Sender, reading: Reading, *, again: bool, started: float
    ) -> ImportLine | None:
        """Work out what is new, write it, and write the file's line last. None when a purged file brings nobody known since."""
        # The name is for people; rows and reports hold it, so it must not hold a machine's folders.
        same = SameForTheFile(
            "", sender.code, f"{sender.code}:{reading.scheme}", opened.file.called, self.received_on
        )
        kept = self._what_is_kept(reading, same, again=again)
        counts = _counts(kept, reading, again)
        if again and not counts["kept"]:
            return None
        notes: list[dict[str, Any]] = [{"says": note} for note in (*opened.looked_at.notes, *reading.notes())]
        notes += [{"marked": reason, "rows": number} for reason, number in kept.remarks()]
        import_id = self.ledger.start(kept.kinds)
        same = SameForTheFile(import_id, same.agency, same.source, same.file, same.received_on)
        try:
            kept.commit(self.tables, same)
            if not again:
                reading.commit_put_aside(self.tables, import_id)
                if reading.is_a_whole_return:
                    for staged in reading.staged():
                        commit_what_was_held(self.duckdb, self.tables, staged, same)
            period_from, period_to = self._period(kept, reading)
            line = ImportLine(
                import_id=import_id,
                content_hash=opened.looked_at.digest,
                file=opened.file.called,
                format=opened.format,
                feed=opened.feed,
                agency=sender.code,
                received_on=self.received_on,
                at=self.now(),
                period_from=period_from,
                period_to=period_to,
                seconds=round(time.perf_counter() - started, 3),
                notes=notes,
                **counts,
            )
            self.ledger.finish(line)
        except Exception:
            with suppress(Exception):
                self.ledger.give_up()
            raise
        finally:
            kept.let_go()
            reading.clear()
        return line

    def _what_is_kept(self, reading: Reading, same: SameForTheFile, *, again: bool) -> Kept:
        if reading.marks is not None:
            if not again and are_all_new(reading.marks, self.tables, same.agency):
                return KeptMarks(reading.marks)
            reading.stage()
        reading.close()
        across = reading.look_across(self.duckdb, self.tables, same.source)
        made = {}
        for staged in reading.staged():
            made[staged.kind] = work_out_versions(
                self.duckdb,
                self.tables,
                staged,
                same,
                carried=reading.carried(staged.kind),
                marks_across=across if staged.kind == reading.main_kind else None,
                only_known=again,
            )
        return KeptRows(self.duckdb, made)

    def _period(self, kept: Kept, reading: Reading) -> tuple[date | None, date | None]:
        """From when to when the file speaks. Only marks come for every day: any other extract may be short of news."""
        first = last = None
        if reading.happened:
            first, last = kept.days(reading.main_kind, reading.happened, self.received_on)
        return first, last if reading.comes_daily else reading.reaches_to(self.received_on)

    def _circumstances(self) -> Circumstances:
        """A directory of postcodes may hold areas that Royal Mail does not: an invented county's."""
        files = delta_tables.files_of(self.home, "postcodes")
        areas = set(AREAS)
        if files:
            found = self.duckdb.execute(
                """select distinct regexp_extract(postcode, '^[A-Z]+')
                   from read_parquet($files, union_by_name=true, hive_partitioning=false)""",
                {"files": files},
            ).fetchall()
            areas |= {area for (area,) in found}
        return Circumstances(self.received_on, frozenset(areas))


def _counts(kept: Kept, reading: Reading, again: bool) -> dict[str, int]:
    lines, marked = kept.lines()
    quarantined = 0 if again else reading.quarantined
    rows = lines if again else reading.rows
    return {
        "rows": rows,
        "kept": lines,
        "quarantined": quarantined,
        "repeated": rows - lines - quarantined,
        "marked": marked,
    }


def _refused(file: FileToTakeIn, read_as: str | None, refusal: NotPossible, started: float) -> FileReport:
    return FileReport(
        file.called, read_as, refused=refusal.reason, seconds=round(time.perf_counter() - started, 3)
    )


def files_below(path: Path) -> list[FileToTakeIn]:
    """Every file of a folder, but for what only says what the folder is, and what evaluation alone may see."""
    found = []
    for file in sorted(path.rglob("*")):
        below = file.relative_to(path)
        if (
            not file.is_file()
            or below.parts[0] == "truth"
            or any(part.startswith(".") for part in below.parts)
        ):
            continue
        if re.fullmatch(r"INVENTED|agreements\.json", below.as_posix()):
            continue
        found.append(FileToTakeIn(file, below.as_posix()))
    return found
