"""`rowan matching train` trains the weights by which records are matched; `rowan matching try` links one file of somebody's own."""

import csv
import json
import os
import shutil
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand

from rowan.matching.rules.own_columns import COLUMNS
from rowan.refusals import NotPossible

LINES_NAMED = 5
PAIRS_NAMED = 20
UNSURE_COLUMNS = ("line", "record_id", "other_line", "other_record_id", "why")


class Command(BaseCommand):
    help = "Trains the weights by which records are matched, or tries them on a file of your own."
    requires_system_checks = ()

    def add_arguments(self, parser):
        ways = parser.add_subparsers(dest="way", required=True, metavar="train|try")
        train = ways.add_parser("train", help="train the weights of a model version")
        train.add_argument(
            "counties", nargs="+", type=Path, metavar="COUNTY", help="a folder written by `rowan county`"
        )
        train.add_argument(
            "--out", type=Path, required=True, metavar="FILE", help="the weights file to write"
        )
        train.add_argument(
            "--about", default="", metavar="TEXT", help="what it was trained on, in words for the model card"
        )
        own = ways.add_parser("try", help="link the records of one file, and keep nothing")
        own.add_argument(
            "file", type=Path, metavar="PERSONS.csv", help=f"any of these columns: {', '.join(COLUMNS)}"
        )
        own.add_argument(
            "--out",
            type=Path,
            metavar="CLUSTERS.csv",
            help="where record_id and cluster_id go (default: standard output)",
        )
        own.add_argument(
            "--unsure",
            type=Path,
            metavar="PAIRS.csv",
            help="where the pairs go that might be one person and are not linked: their lines, their record_ids and why",
        )
        own.add_argument("--replace", action="store_true", help="overwrite these files where they exist")

    def handle(self, *, way, **options):
        if way == "try":
            self._try(options["file"], options["out"], options["unsure"], replace=options["replace"])
        else:
            self._train(options["counties"], options["out"], options["about"])

    def _try(self, file, out, unsure, *, replace):
        refuse_places(file, [place for place in (out, unsure) if place], replace=replace)
        # Splink is slow to load: no other command waits for it.
        from rowan.matching.own_file import link_own_file

        with tempfile.TemporaryDirectory(prefix="rowan-own-file-") as scratch:
            clusters = Path(scratch) / "clusters.csv"
            self.stderr.write("reading, weighing and linking …")
            with clusters.open("w", encoding="utf-8", newline="") as written:
                tried = link_own_file(file, written, Path(scratch))
            if out:
                _put(clusters, out)
            else:
                with clusters.open(encoding="utf-8", newline="") as read:
                    shutil.copyfileobj(read, self.stdout)
            if unsure:
                _put(_pairs(tried, Path(scratch) / "unsure.csv"), unsure)
        for line in _said(tried, unsure):
            self.stderr.write(line)

    def _train(self, counties, out, about):
        weights = _trained(counties, about=about or f"{len(counties)} invented counties", version=out.stem)
        try:
            out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise NotPossible(f"The weights could not be written to {out}: {error.strerror}.") from error
        self.stderr.write(
            f"trained on {weights['records']:,} records and {weights['pairs_of_one_person']:,} pairs of one person: {out}"
        )


def refuse_places(file, places, *, replace):
    """Before anything is read: somebody's own file is never written over, and what exists only when she says so."""
    for number, place in enumerate(places):
        if _is_same(place, file):
            raise NotPossible(
                f"{place} is the file to be read. Give --out and --unsure other names; nothing was changed."
            )
        if any(_is_same(place, other) for other in places[:number]):
            raise NotPossible(f"{place} is named twice: the clusters and the unsure pairs need a file each.")
        if place.is_dir():
            raise NotPossible(f"{place} is a folder. Give the name of a file in it; nothing was changed.")
        if (place.exists() or place.is_symlink()) and not replace:
            raise NotPossible(
                f"{place} exists already. Give another name, or --replace to write over it; nothing was changed."
            )


def _is_same(place: Path, other: Path) -> bool:
    """By any name: through a link, or as a second name of the same file."""
    if place.exists() and other.exists():
        return place.samefile(other)
    return place.resolve() == other.resolve()


def _pairs(tried, file: Path) -> Path:
    with file.open("w", encoding="utf-8", newline="") as opened:
        written = csv.writer(opened, lineterminator="\n")
        written.writerow(UNSURE_COLUMNS)
        written.writerows([getattr(pair, name) for name in UNSURE_COLUMNS] for pair in tried.unsure)
    return file


def _put(written: Path, out: Path) -> None:
    """Whole or not at all."""
    unfinished = out.with_name(f"{out.name}.unfinished")
    try:
        shutil.copyfile(written, unfinished)
        os.replace(unfinished, out)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise NotPossible(f"The clusters could not be written to {out}: {error.strerror}.") from error


def _said(tried, pairs_in) -> list[str]:
    found = [
        f"{_some(tried.records, 'record')}, {_some(tried.people, 'person', 'people')}; {_some(len(tried.unsure), 'pair')} unsure and not linked."
    ]
    named = tried.unsure[:PAIRS_NAMED]
    found += [
        f"  lines {pair.line} and {pair.other_line} (record_id {pair.record_id} and {pair.other_record_id}): {pair.why}"
        for pair in named
    ]
    if pairs_in and tried.unsure:
        found.append(f"All unsure pairs stand in {pairs_in}.")
    elif len(named) < len(tried.unsure):
        found.append(f"  … and {len(tried.unsure) - len(named):,} more: --unsure FILE writes them all.")
    found += [
        f"The column '{name}' was not read."
        + (f" Did you mean {meant}? Name it so and try again." if meant else "")
        for name, meant in tried.columns_left_out
    ]
    if tried.columns_left_out:
        found.append(f"Columns that are read: {', '.join(COLUMNS)} (sex is not compared).")
    if dates := tried.dates_not_read:
        found.append(f"Could not be read: {_some(len(dates), 'birth date')} ({_lines(dates)}).")
    if rows := tried.rows_not_read:
        found.append(
            f"Could not be read and stand in no cluster: {_some(len(rows), 'row')} ({_lines(rows)})."
        )
    if rows := tried.rows_too_long:
        found.append(
            f"Refused, with more cells than there are columns: {_some(len(rows), 'row')} ({_lines(rows)}). They stand in no cluster; "
            "put quotes round a text with commas."
        )
    return found


def _some(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"


def _lines(numbers: list[int]) -> str:
    named = ", ".join(str(number) for number in numbers[:LINES_NAMED])
    return f"line{'s' if len(numbers) > 1 else ''} {named}{' …' if len(numbers) > LINES_NAMED else ''}"


def _trained(counties, *, about, version):
    # Splink is slow to load: no other command waits for it.
    import duckdb

    from rowan.matching.counties import take_in_for_training
    from rowan.matching.training import trained

    scratch = Path(tempfile.mkdtemp(prefix="rowan-training-"))
    try:
        connection = duckdb.connect(str(scratch / "training.duckdb"))
        records, truth = take_in_for_training(counties, scratch, connection)
        weights = trained(connection, records, truth, about=about, version=version)
        connection.close()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return weights
