"""`rowan matching train` trains the weights by which records are matched, on invented counties."""

import json
import shutil
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand

from rowan.refusals import NotPossible


class Command(BaseCommand):
    help = "Trains the weights by which records are matched, on invented counties whose truth is known."
    requires_system_checks = ()

    def add_arguments(self, parser):
        ways = parser.add_subparsers(dest="way", required=True, metavar="train")
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

    def handle(self, *, counties, out, about, **options):
        weights = _trained(counties, about=about or f"{len(counties)} invented counties", version=out.stem)
        try:
            out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise NotPossible(f"The weights could not be written to {out}: {error.strerror}.") from error
        self.stderr.write(
            f"trained on {weights['records']:,} records and {weights['pairs_of_one_person']:,} pairs of one person: {out}"
        )


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
