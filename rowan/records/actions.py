"""Take files in for somebody, under the home's one lock, and show the pages what the Delta tables hold of files and feeds."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from filelock import FileLock, Timeout

from rowan.agencies.models import Agency
from rowan.audit_trail.actions import record
from rowan.encryption import this_homes_keys
from rowan.home import NOTE, is_in_service
from rowan.refusals import NotPossible

from .governance import is_invented, remember_invented_people, who_may_send
from .keeping import delta_tables
from .keeping.take_in import FileReport, files_below, take_in
from .keeping.whose_file import Agreement, KnownAgencies, Sender
from .models import FeedAgreement, ImportedFile, QuarantinedRow
from .reading.opening import FileToTakeIn
from .sources.agency_codes import AGENCY_KINDS

# The web database shows this many of a file's rows put aside; the Delta table and `rowan records quarantine` hold all.
MOST_SHOWN = 5_000
WAIT_FOR_THE_LOCK_SECONDS = 10


def import_paths(
    paths: Sequence[Path],
    *,
    by,
    from_agency: str | None = None,
    received_on: date | None = None,
    now: Callable[[], datetime] = timezone.now,
    reported: Callable[[FileReport], None] = lambda report: None,
) -> list[FileReport]:
    """Take in files and folders. A file that is not one is reported as refused; the others go on."""
    home = settings.ROWAN_HOME
    reports: list[FileReport] = []
    with the_only_one(home):
        # A file is in with its commit to the Delta tables, which no transaction of the trail's can hold: so a line goes first.
        record(by=by, did="began to import", about_kind="import", particulars={"paths": len(paths)})
        catch_up(by=by)
        for path in paths:
            if path.is_dir():
                _take_in_what_a_folder_says_of_itself(path, home, by=by)
        in_service = is_in_service(home)
        files = [file for path in paths for file in _files(path, reports, reported)]
        reports += take_in(
            home,
            files,
            keys=this_homes_keys(),
            known=known_agencies(),
            from_agency=from_agency,
            received_on=received_on or timezone.localdate(),
            in_service=in_service,
            refusal_to_take=who_may_send(in_service=in_service, today=timezone.localdate()),
            # Delta keeps moments without a zone: in UTC.
            now=lambda: now().astimezone(UTC).replace(tzinfo=None),
            reported=reported,
            taken_from=partial(_add_agency, by=by),
        )
        if in_service and any(report.taken for report in reports) and any(map(is_invented, paths)):
            remember_invented_people(home)
        for report in reports:
            if report.refused:
                _leave_a_line_for_a_refusal(report, by=by)
        catch_up(by=by)
    return reports


def catch_up(*, by) -> int:
    """Show the pages every import they do not show yet: after an import, and after one whose process was killed."""
    home = settings.ROWAN_HOME
    lines = delta_tables.rows_of(home, delta_tables.IMPORTS)
    shown = set(ImportedFile.objects.values_list("import_id", flat=True))
    missing = {line["import_id"]: line for line in lines if line["import_id"] not in shown}
    if not missing:
        return 0
    aside: dict[str, list[dict]] = {}
    for row in delta_tables.rows_of(home, delta_tables.QUARANTINE):
        if row["import_id"] in missing:
            aside.setdefault(row["import_id"], []).append(row)
    for line in sorted(missing.values(), key=lambda line: line["at"]):
        _show(line, aside.get(line["import_id"], []), by=by)
    return len(missing)


@transaction.atomic
def _show(line: dict, aside: list[dict], *, by) -> None:
    imported = ImportedFile.objects.create(
        agency=_agency(line["agency"], by=by),
        notes=json.loads(line["notes"] or "[]"),
        at=line["at"].replace(tzinfo=UTC),
        **{
            name: line[name]
            for name in (
                "import_id", "file", "format", "feed", "period_from", "period_to", "received_on", "rows", "kept",
                "quarantined", "repeated", "marked", "seconds",
            )
        },
    )  # fmt: skip
    QuarantinedRow.objects.bulk_create(
        [
            QuarantinedRow(
                imported_file=imported,
                line=row["line"],
                column=(row["column"] or "")[:120],
                reason=row["reason"][:400],
                masked=(row["masked"] or "")[:120],
            )
            for row in sorted(aside, key=lambda row: row["line"])[:MOST_SHOWN]
        ],
        batch_size=500,
    )
    record(
        by=by,
        did="imported a file",
        about_kind="imported file",
        about_id=line["import_id"],
        particulars={
            name: line[name] for name in ("feed", "agency", "rows", "kept", "quarantined", "repeated")
        },
    )


def take_in_agreements(agreements: Sequence[dict], *, by) -> int:
    """What each agency has agreed to send, why and whose rows. The same agreement again changes nothing; another wording of one is on the trail."""
    made = changed = 0
    with transaction.atomic():
        for agreement in agreements:
            agency = _add_agency(
                Sender(agreement["agency"], agreement["agency_name"], agreement["agency_kind"]), by=by
            )
            says = {
                "purpose": agreement["purpose"],
                "whose_rows": agreement["whose_rows"],
                "how_far_back_days": agreement["how_far_back_days"],
                "own_watch": agreement["own_watch"],
                "until_on": date.fromisoformat(agreement["until"]) if agreement["until"] else None,
            }
            kept, is_new = FeedAgreement.objects.get_or_create(
                feed=agreement["feed"],
                agency=agency,
                from_on=date.fromisoformat(agreement["from"]),
                defaults=says,
            )
            made += is_new
            if any(getattr(kept, name) != value for name, value in says.items()):
                FeedAgreement.objects.filter(pk=kept.pk).update(**says)
                changed += 1
        if made or changed:
            record(
                by=by,
                did="took in feed agreements",
                about_kind="feed agreement",
                particulars={"new": made, "changed": changed},
            )
    return made


def known_agencies() -> KnownAgencies:
    agencies = Agency.objects.values_list("code", "name", "kind")
    today = timezone.localdate()
    agreements = FeedAgreement.objects.filter(from_on__lte=today).exclude(until_on__lt=today)
    return KnownAgencies(
        names={code: name for code, name, _ in agencies},
        kinds={code: kind for code, _, kind in agencies},
        agreements=[Agreement(feed, code) for feed, code in agreements.values_list("feed", "agency__code")],
    )


@contextmanager
def the_only_one(home: Path) -> Iterator[None]:
    """One lock for imports and the overnight run; it is freed when its holder dies."""
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home / "import.lock", timeout=WAIT_FOR_THE_LOCK_SECONDS):
            yield
    except Timeout:
        raise NotPossible(
            "Another import or overnight run is going on in this home. Wait until it has finished, then run this again."
        ) from None


def _files(
    path: Path, reports: list[FileReport], reported: Callable[[FileReport], None]
) -> list[FileToTakeIn]:
    if path.is_dir():
        return files_below(path)
    if path.is_file():
        return [FileToTakeIn(path, path.name)]
    reports.append(FileReport(path.name or str(path), refused="there is no such file or folder"))
    reported(reports[-1])
    return []


def _take_in_what_a_folder_says_of_itself(folder: Path, home: Path, *, by) -> None:
    """Its agreements, and whether everybody in it is invented."""
    if (folder / "INVENTED").exists() and not (home / NOTE).exists():
        (home / NOTE).write_text(json.dumps({"kind": "invented"}) + "\n")
    file = folder / "agreements.json"
    if not file.is_file():
        return
    if is_in_service(home):
        raise NotPossible(
            "A home in service, or that others reach (ROWAN_HOSTS), takes no agreements from a folder: they are made in Rowan."
        )
    try:
        agreements = json.loads(file.read_text(encoding="utf-8"))
        take_in_agreements(agreements, by=by)
    except (ValueError, KeyError, TypeError):
        raise NotPossible(f"{file.name} in the folder is not a list of feed agreements.") from None


@transaction.atomic
def _add_agency(sender: Sender, *, by) -> Agency:
    kind = sender.kind if sender.kind in AGENCY_KINDS else "council"
    number = sender.code.rpartition("-")[2]
    agency, is_new = Agency.objects.get_or_create(
        code=sender.code,
        defaults={
            "name": sender.name,
            "kind": kind,
            "la_code": number if kind == "council" and number.isdigit() and len(number) == 3 else "",
            "laestab": number if kind == "school" and number.isdigit() and len(number) == 7 else "",
        },
    )
    if is_new:
        record(by=by, did="added an agency", about_kind="agency", about_id=agency.code)
    # An agency first met in a file has only its number for a name.
    elif agency.name != sender.name and agency.name in {_name_by_number(agency.code), agency.code}:
        agency.name = sender.name
        agency.save(update_fields=["name"])
        record(by=by, did="named an agency", about_kind="agency", about_id=agency.code)
    return agency


def _agency(code: str, *, by) -> Agency:
    """The agency of an import whose process was killed before it was added."""
    kind = next((kind for kind in AGENCY_KINDS if code.startswith(kind.replace("_", "-") + "-")), "council")
    return _add_agency(Sender(code, _name_by_number(code), kind), by=by)


def _name_by_number(code: str) -> str:
    kind, _, number = code.partition("-")
    return f"{kind.capitalize()} {number}"


def _leave_a_line_for_a_refusal(report: FileReport, *, by) -> None:
    record(
        by=by,
        did="tried to import a file",
        about_kind="file",
        refused_because=report.refused or "",
        particulars={"format": report.format or "not recognised"},
    )
