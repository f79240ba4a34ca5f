"""`rowan county`: writes an invented county in the agencies' own file formats."""

import json
from datetime import date, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from rowan.refusals import NotPossible
from rowan.synthetic.county import Asked, CannotWrite, write_county
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.story_shapes import USUAL_FILE, WrongStoriesFile


class Command(BaseCommand):
    help = "Writes an invented county: every agency's files in their own formats, and the truth beside them."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("out", type=Path, metavar="OUT", help="the folder to write into")
        parser.add_argument(
            "--children", type=int, required=True, metavar="N", help="how many children, 200 to 1,000,000"
        )
        parser.add_argument(
            "--seed", type=int, required=True, metavar="S", help="another seed, another county"
        )
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            metavar="DATE",
            help="the last day of the files, as 2026-07-20 (default: yesterday)",
        )
        parser.add_argument(
            "--stories",
            type=Path,
            default=USUAL_FILE,
            metavar="FILE",
            help="shapes of the stories of harm (docs/county.md)",
        )
        parser.add_argument(
            "--stories-per-1000",
            type=float,
            default=None,
            metavar="R",
            help="stories per 1,000 children (default: 2)",
        )
        parser.add_argument(
            "--wrong-identifiers",
            type=float,
            metavar="SHARE",
            help="share of pupil and NHS numbers that belong to somebody else, 0 to 0.2 (default: about 0.004)",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document of counts")

    def handle(self, *, out, children, seed, until, stories, stories_per_1000, wrong_identifiers, **options):
        rate = FIGURES["stories_per_1000"] if stories_per_1000 is None else stories_per_1000
        until = until or timezone.localdate() - timedelta(days=1)
        try:
            counts = write_county(
                out, Asked(children, seed, until, rate, stories, wrong_identifiers), tell=self.tell
            )
        except (CannotWrite, WrongStoriesFile) as refusal:
            raise NotPossible(str(refusal)) from refusal
        except OSError as error:
            raise NotPossible(f"The county could not be written to {out}: {error.strerror}.") from error
        self.tell(
            f"written: {counts['schools']:,} schools, {counts['missing']:,} missing reports, {counts['stories']:,} stories"
        )
        if options["json"]:
            self.stdout.write(json.dumps(counts))

    def tell(self, line: str) -> None:
        self.stderr.write(f"county: {line}", style_func=str)
        self.stderr.flush()
