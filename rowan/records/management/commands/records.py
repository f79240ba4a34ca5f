"""`rowan records import` takes agencies' files in; `rowan records quarantine` lists the rows put aside; others settle what comes before."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from rowan.audit_trail.actions import OPERATOR
from rowan.records.actions import import_paths
from rowan.records.keeping import delta_tables
from rowan.records.keeping.take_in import FileReport
from rowan.records.settling_papers import add_governance, settle
from rowan.refusals import NotPossible

IN_THE_REPORT = (
    "file", "format", "rows", "kept", "quarantined", "repeated", "marked", "seconds", "again", "refused",
)  # fmt: skip


class Command(BaseCommand):
    help = "Takes in the files agencies send, and lists the rows that were put aside."
    requires_system_checks = ()

    def add_arguments(self, parser):
        ways = parser.add_subparsers(
            dest="way",
            required=True,
            metavar="import | quarantine | begin-service | record-assessment | record-agreement",
        )
        importing = ways.add_parser("import", help="read files or folders, recognising each format")
        importing.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
        importing.add_argument(
            "--from",
            dest="from_agency",
            metavar="AGENCY",
            help="the agency the files are from, where nothing inside them says it",
        )
        importing.add_argument(
            "--received-on",
            type=date.fromisoformat,
            metavar="DATE",
            help="the day they came, as 2026-07-20 (default: today)",
        )
        importing.add_argument("--json", action="store_true", help="print one JSON document")
        add_governance(ways)
        quarantine = ways.add_parser("quarantine", help="list the rows put aside: file, line, column, reason")
        quarantine.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *, way, json: bool = False, **options):
        _make_the_web_database_ready()
        if way == "import":
            self._import(options["paths"], options["from_agency"], options["received_on"], as_json=json)
        elif way == "quarantine":
            self._list_quarantine(as_json=json)
        else:
            self.stdout.write(settle(way, options))

    def _import(self, paths, from_agency, received_on, *, as_json):
        if received_on and received_on > timezone.localdate():
            raise NotPossible("--received-on lies in the future: nothing can have come on that day yet.")
        say = self.stderr if as_json else self.stdout
        reports = import_paths(
            paths,
            by=OPERATOR,
            from_agency=from_agency,
            received_on=received_on,
            reported=lambda report: say.write(_line(report)),
        )
        if as_json:
            self.stdout.write(
                json.dumps(
                    {
                        "files": [
                            {name: getattr(report, name) for name in IN_THE_REPORT} for report in reports
                        ]
                    },
                    ensure_ascii=False,
                )
            )
        _refuse_what_was_asked_for(paths, reports)

    def _list_quarantine(self, *, as_json):
        finished = {
            line["import_id"]
            for line in delta_tables.rows_of(settings.ROWAN_HOME, delta_tables.IMPORTS, ("import_id",))
        }
        rows = [
            {name: row[name] for name in ("file", "line", "column", "reason", "masked")}
            for row in delta_tables.rows_of(settings.ROWAN_HOME, delta_tables.QUARANTINE)
            if row["import_id"] in finished
        ]
        rows.sort(key=lambda row: (row["file"], row["line"]))
        if as_json:
            self.stdout.write(json.dumps({"rows": rows}, ensure_ascii=False))
            return
        for row in rows:
            column = f" {row['column']}:" if row["column"] else ""
            self.stdout.write(f"{row['file']} line {row['line']}:{column} {row['reason']}, {row['masked']}")
        self.stderr.write(f"{len(rows):,} rows are put aside." if len(rows) != 1 else "1 row is put aside.")


def _line(report: FileReport) -> str:
    """One file in one line, and below it what its report says of it as a whole."""
    if report.refused:
        return f"{report.file}: refused: {report.refused}."
    if report.again and not report.rows:
        return f"{report.file}: {report.format}: is in already, nothing added."
    rows = "1 row" if report.rows == 1 else f"{report.rows:,} rows"
    counts = f"{rows}, {report.kept:,} kept, {report.quarantined:,} quarantined"
    if report.repeated:
        counts += f", {report.repeated:,} repeated"
    if report.marked:
        counts += f", {report.marked:,} marked"
    said = [f"{report.file}: {report.format}: {counts}, {report.seconds:.1f} s"]
    said += [f"    {note['says']}" for note in report.notes if "says" in note]
    said += [f"    marked: {note['marked']}: {note['rows']:,}" for note in report.notes if "marked" in note]
    return "\n".join(said)


def _refuse_what_was_asked_for(paths: list[Path], reports: list[FileReport]) -> None:
    """A folder is well when any of its files was taken; a file that was named itself has to be."""
    refused = [report for report in reports if report.refused]
    named = {path.name or str(path) for path in paths if not path.is_dir()}
    refused_by_name = [report for report in refused if report.file in named]
    if refused_by_name:
        first = refused_by_name[0]
        more = f" ({len(refused_by_name) - 1} more were refused as well)" if len(refused_by_name) > 1 else ""
        raise NotPossible(f"{first.file} was refused: {first.refused}.{more}")
    if not any(report.taken for report in reports):
        if not refused:
            raise NotPossible("There is no file to take in.")
        raise NotPossible(f"No file was taken: {refused[0].file}: {refused[0].refused}.")


def _make_the_web_database_ready() -> None:
    """A first look needs no set-up: SQLite's tables are made when they are not there."""
    if connection.vendor == "sqlite" and not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
