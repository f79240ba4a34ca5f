"""What a changed number of a rule would have asked in the past year. Counts alone; nothing is written and nobody is asked."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rowan.pipeline.dry_run import dry_run
from rowan.pipeline.memory import seldom_looked_through
from rowan.questions.dry_runs import found_by
from rowan.timescales.declared import setting_named
from rowan.timescales.rules.settings import as_typed


class Command(BaseCommand):
    help = (
        "Ask the rules of now and the rules with one number changed about the past year, and print what would be new and what would "
        "go: questions a week, by post and by group. From rows still kept; each question is taken as put on its day and answered "
        "seven days after. Writes nothing and asks nobody."
    )
    # They read every page's address, which takes longer than matching a small county.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--setting",
            required=True,
            metavar="NAME=VALUE",
            help="the changed number, such as questions.missing_again.episodes=4",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        name, sign, typed = options["setting"].partition("=")
        if not sign:
            raise CommandError("Write the setting and its value as NAME=VALUE.", returncode=2)
        value = as_typed(setting_named(name.strip()), typed.strip())
        with seldom_looked_through():
            compared = dry_run(
                name.strip(), value, home=settings.ROWAN_HOME, keys=settings.ROWAN_KEYS, today=timezone.localdate(),
                now=timezone.now().astimezone(UTC), hear=_say_nothing_more,
            )  # fmt: skip
        found = {"setting": name.strip(), "value": value} | found_by(compared, timezone.localdate())
        self.stdout.write(json.dumps(found) if options["json"] else "\n".join(in_words(found)))
        sys.stderr.write("Nothing was changed and nobody was asked.\n")


def _say_nothing_more(doing: str, share: float) -> None:
    """The night's own lines say how far it is."""


def in_words(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['setting']} = {found['value']}, tried on the 52 weeks from {found['from_on']} up to {found['until_on']}"
    yield f"  questions now {found['now']}, with the change {found['changed']}: {found['new']} new, {found['goes']} would go"
    yield f"  of {found['stays']} that stay, {found['sooner']} sooner and {found['later']} later"
    yield from _table("week from", found["weeks"])
    yield from _table("rule", [[name.replace("_", " "), *counts] for name, *counts in found["rules"]])
    yield from _table("goes to", found["posts"])
    yield ""
    yield "Children asked about (c: from 1 to 5, or it would tell one of those)"
    for table in found["groups"]:
        yield f"  {table['heading']:<34}{'either way':>12}{'no longer':>12}{'newly':>12}"
        yield from (f"    {line[0]:<32}" + "".join(f"{_count(each):>12}" for each in line[1:]) for line in table["lines"])  # fmt: skip
    yield f"    {'All':<32}" + "".join(f"{count:>12}" for count in found["children"].values())


def _table(heading: str, rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    yield ""
    yield f"  {heading:<40}{'now':>8}{'changed':>10}"
    yield from (f"  {name:<40}{now:>8}{changed:>10}" for name, now, changed in rows)


def _count(count: int | None) -> str:
    return "c" if count is None else str(count)
