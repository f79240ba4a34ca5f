"""Holds the overnight run of an invented county against the county's truth."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rowan.pipeline.county_signs import signs_of_stories
from rowan.pipeline.county_truth import read_run, read_truth, read_unasked
from rowan.pipeline.evaluation import evaluate
from rowan.pipeline.evaluation_figures import figures
from rowan.pipeline.evaluation_kinds import Counts
from rowan.pipeline.evaluation_pooled import pooled
from rowan.pipeline.evaluation_record import commit_of, keep
from rowan.questions.rules.register import RULES
from rowan.website.evaluation_gaps import lead_in_words, wrong_in_words

KINDS_OF_STORIES = (
    "all",
    "with any sign",
    "with a sign before harm was on record",
    "with two or more signs",
    "seen by two or more agencies",
)


class Command(BaseCommand):
    help = (
        "Hold the last overnight run against the truth of the invented county it was of. Several counties are pooled: "
        "give each one's home in the same order with --home."
    )
    # They read every page's address, which takes longer than the counting.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("county", nargs="+", type=Path, help="folder that `rowan county` wrote")
        parser.add_argument(
            "--home",
            action="append",
            type=Path,
            default=[],
            help="ROWAN_HOME in which that county was imported and run; once for each county, in their order (default: this ROWAN_HOME)",
        )
        parser.add_argument(
            "--splink",
            action="store_true",
            help="run plain Splink on the same records too: its own comparisons, trained on them, nothing of Rowan's",
        )
        parser.add_argument(
            "--record",
            type=Path,
            metavar="FILE",
            help="add what was counted to this record, of which docs/generated/evaluation.md is made",
        )
        parser.add_argument("--run", metavar="NAME", help="the run on record these counties belong to")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, county: list[Path], home: list[Path], **options: Any) -> None:
        if bool(options["record"]) != bool(options["run"]):
            raise CommandError("Give --record and --run together, or neither.", returncode=2)
        homes = home or [settings.ROWAN_HOME] * len(county)
        if len(homes) != len(county):
            raise CommandError("Give one --home for each county, in the same order.", returncode=2)
        counted = [
            _counted(folder, place, beside_splink=options["splink"])
            for folder, place in zip(county, homes, strict=True)
        ]
        if options["record"]:
            commit = commit_of(settings.CHECKOUT)
            keep(options["record"], options["run"], dict(zip(county, counted, strict=True)), commit)
        found = figures(sum(counted, Counts())) | {"pooled": pooled(counted)}
        self.stdout.write(json.dumps(found, indent=2) if options["json"] else in_words(found))


def _counted(county: Path, home: Path, *, beside_splink: bool) -> Counts:
    truth = read_truth(county)
    links, unsure, occasions = read_run(home, county, truth)
    counts = evaluate(
        truth,
        links,
        unsure,
        occasions,
        [rule.name for rule in RULES],
        signs=signs_of_stories(county, truth),
        unasked=read_unasked(home, truth),
    )
    if beside_splink:
        # Splink is slow to load: nobody else waits for it.
        from rowan.pipeline.plain_splink import beside

        counts.splink.update(beside(home, truth, links))
    return counts


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
        "",
        *_pooled_in_words(found["pooled"]),
    ]
    return "\n".join(lines)


def _pooled_in_words(found: dict[str, Any]) -> list[str]:
    """With 95% intervals: the wider of counting error and county to county."""
    matching, questions, gaps = found["matching"], found["questions"], found["stories"]["gaps"]
    lines = [f"Pooled over {found['counties']}, with 95% intervals"]
    lines += [_estimate_line(name, matching[name]) for name in matching]
    for bits, beside in found["plain_splink"].items():
        lines += [_estimate_line(f"plain Splink at {bits} bits: {name}", beside[name]) for name in beside]
    lines += [
        _estimate_line(f"recall, {name} names", each) for name, each in found["recall_by_origin"].items()
    ]
    for name in KINDS_OF_STORIES:
        lines.append(_estimate_line(f"stories {name}: recall", found["stories"][name]["recall"]))
        lines.append(
            _estimate_line(f"stories {name}: median lead days", found["stories"][name]["median_lead_days"])
        )
    lines += [_estimate_line(f"gap in recall, {name}", gap) for name, gap in gaps.items()]
    lines.append(
        _estimate_line("questions per 1,000 children a month", questions["all_per_1000_children_a_month"])
    )
    lines += [
        _estimate_line(f"wrong questions per 1,000 children, {group.replace('_', ' ')}", each)
        for group, each in questions["wrong_per_1000_children_by_group"].items()
    ]
    lines += ["", "For whom questions come later, and about whom more of them are wrong"]
    lines += [f"  {sentence}" for sentence in lead_in_words(found["stories"])]
    lines += [f"  {sentence}" for sentence in wrong_in_words(questions)]
    return lines


def _estimate_line(words: str, each: dict[str, Any]) -> str:
    return f"  {words:<52} {_shown(each['value'])}   {_shown(each['low'])} to {_shown(each['high'])}   of {_shown(each['of'])}"


def _story_line(words: str, group: dict[str, Any]) -> str:
    return (
        f"  {words:<32} {group['count']:>5} stories   recall {_shown(group['recall'])}   with any sign {_shown(group['recall_any_sign'])}"
        f"   median lead {_shown(group['median_lead_days'])} days"
    )


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"
