"""Holds the overnight run of an invented county against the county's truth."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rowan.pipeline.county_truth import read_run, read_truth
from rowan.pipeline.evaluation import Counts, evaluate, figures
from rowan.questions.rules.register import RULES


class Command(BaseCommand):
    help = (
        "Hold the last overnight run against the truth of the invented county it was of. Several counties are pooled: "
        "give each one's home in the same order with --home."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("county", nargs="+", type=Path, help="folder that `rowan county` wrote")
        parser.add_argument(
            "--home",
            action="append",
            type=Path,
            default=[],
            help="ROWAN_HOME in which that county was imported and run; once for each county, in their order (default: this ROWAN_HOME)",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, county: list[Path], home: list[Path], **options: Any) -> None:
        homes = home or [settings.ROWAN_HOME] * len(county)
        if len(homes) != len(county):
            raise CommandError("Give one --home for each county, in the same order.", returncode=2)
        counts = Counts()
        for folder, place in zip(county, homes, strict=True):
            truth = read_truth(folder)
            links, unsure, occasions = read_run(place, truth)
            counts += evaluate(truth, links, unsure, occasions, [rule.name for rule in RULES])
        found = figures(counts)
        self.stdout.write(json.dumps(found, indent=2) if options["json"] else in_words(found))


def in_words(found: dict[str, Any]) -> str:
    """The figures as a page to read."""
    matching, stories = found["matching"], found["stories"]
    lines = [
        "Matching, pairs across agencies",
        f"  precision {_shown(matching['precision'])}   recall {_shown(matching['recall'])}   F1 {_shown(matching['f1'])}",
        f"  children whose page shows another's row, per 10,000: {_shown(matching['children_with_a_wrong_row_per_10000'])}",
        f"  unsure pairs per 1,000 records: {_shown(matching['unsure_per_1000_records'])}",
        "",
        "Rules                questions    true   false   per 1,000 children a month",
        *[
            f"  {rule['rule']:<18}{rule['questions']:>10}{rule['true']:>8}{rule['false']:>8}   {_shown(rule['per_1000_children_month'])}"
            for rule in found["rules"]
        ],
        f"  all together: {_shown(found['burden']['questions_per_1000_children_month'])} questions per 1,000 children a month",
        "",
        f"Stories of harm: {stories['count']}",
        _story_line("found before harm was recorded", stories),
        *[
            _story_line(f"{words} {name}", group)
            for words, groups in (
                ("sex", stories["by_sex"]),
                ("ethnic group", stories["by_ethnic_group"]),
                ("signs", stories["by_signs"]),
            )
            for name, group in groups.items()
        ],
    ]
    return "\n".join(lines)


def _story_line(words: str, group: dict[str, Any]) -> str:
    return (
        f"  {words:<32} {group['count']:>5} stories   recall {_shown(group['recall'])}   with any sign {_shown(group['recall_any_sign'])}"
        f"   median lead {_shown(group['median_lead_days'])} days"
    )


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"
