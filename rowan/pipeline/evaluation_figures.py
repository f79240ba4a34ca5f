"""The figures of design.md's `evaluate` row, from the counts of one or several counties."""

from collections import defaultdict
from collections.abc import Callable
from statistics import median
from typing import Any

from .evaluation_kinds import Counts, FoundStory


def figures(counts: Counts) -> dict[str, Any]:
    precision = share(counts.both_pairs, counts.linked_pairs)
    recall = share(counts.both_pairs, counts.true_pairs)
    per_1000 = counts.children_months / 1000
    f1 = None if precision is None or recall is None else share(2 * precision * recall, precision + recall)
    return {
        "matching": {
            "precision": precision,
            "recall": recall,
            "f1": f1,
            "children_with_a_wrong_row_per_10000": share(
                10_000 * counts.pages_with_a_wrong_row, counts.pages
            ),
            "unsure_per_1000_records": share(1000 * counts.unsure_pairs, counts.records),
        },
        "rules": [
            {
                "rule": rule,
                "questions": counter["questions"],
                "true": counter["true"],
                "false": counter["false"],
                "per_1000_children_month": share(counter["questions"], per_1000),
            }
            for rule, counter in counts.by_rule.items()
        ],
        "stories": _of_stories(counts.stories)
        | {
            "by_sex": _by(counts.stories, lambda story: story.sex),
            "by_ethnic_group": _by(counts.stories, lambda story: story.ethnic_group),
            "by_signs": _by(counts.stories, lambda story: "2+" if story.signs > 1 else str(story.signs)),
        },
        "burden": {"questions_per_1000_children_month": share(counts.questions, per_1000)},
    }


def _by(stories: list[FoundStory], group: Callable[[FoundStory], str]) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[FoundStory]] = defaultdict(list)
    for story in stories:
        groups[group(story) or "not known"].append(story)
    return {name: _of_stories(groups[name]) for name in sorted(groups)}


def _of_stories(stories: list[FoundStory]) -> dict[str, Any]:
    with_signs = [story for story in stories if story.signs]
    leads = [story.lead_days for story in stories if story.lead_days is not None]
    return {
        "count": len(stories),
        "recall": share(sum(story.found for story in stories), len(stories)),
        "recall_any_sign": share(sum(story.found for story in with_signs), len(with_signs)),
        "median_lead_days": median(leads) if leads else None,
    }


def share(part: float, whole: float) -> float | None:
    """A share, or None where there is nothing to take it of: nothing is shown as nought or as perfect by default."""
    return round(part / whole, 6) if whole else None
