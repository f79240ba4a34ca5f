"""The overnight run: snapshot, run, publish, purge."""

import json
from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from filelock import FileLock, Timeout

from rowan.audit_trail.anchors import anchor_or_say
from rowan.pipeline.memory import seldom_looked_through
from rowan.pipeline.night import Overnight


class Command(BaseCommand):
    help = (
        "Work out who is who, what happened and what to ask, from every file that is in; then show it. With --as-of: what we "
        "knew that night, from rows still kept, written to a scratch place and asked of nobody."
    )
    # They read every page's address, which takes longer than matching a small county.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of", type=date.fromisoformat, metavar="DATE", help="as we knew it on this day: 2026-03-31"
        )
        parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
        parser.add_argument(
            "--everybody",
            action="store_true",
            help="compare everybody with everybody, though it is not the night for it",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        home: Path = settings.ROWAN_HOME
        home.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(home / "import.lock", timeout=10), seldom_looked_through():
                told = Overnight(
                    home, settings.ROWAN_KEYS, options["engine"], everybody=options["everybody"]
                ).go(as_of=options["as_of"], today=timezone.localdate(), now=timezone.now().astimezone(UTC))
        except Timeout:
            raise CommandError(
                "Another import or overnight run is going on in this home. Wait until it has finished, then run this again."
            ) from None
        anchor_or_say(timezone.now(), self.stderr.write)
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write("\n".join(_table(told)))


def _table(told: dict[str, Any]) -> Iterator[str]:
    """Counts, for a person to read."""
    yield f"{'step':<30}{'rows':>14}{'seconds':>10}"
    for step in told["steps"]:
        yield f"{str(step['step']).replace('_', ' '):<30}{step['rows']:>14,}{step['seconds']:>10.2f}"
    yield f"Peak memory {told['peak_mb']} MB."
