"""Holds a run against the truth of an invented county: who was linked with whom, and which questions were right.

Plain arithmetic over plain rows, so that every figure can be followed by hand. Counts add up over counties; shares are taken at the end.
"""

from collections.abc import Iterable, Mapping

from .county_signs import Sign
from .evaluated_losses import why_lost
from .evaluated_matching import matching
from .evaluated_questions import found_stories, judged_questions, who_most_records_are
from .evaluation_kinds import Counts, Judged, LinkedRow, PutOccasion, Truth

GROUPS = ("sex", "ethnic_group")


def evaluate(
    truth: Truth,
    links: list[LinkedRow],
    unsure_pairs: int,
    occasions: list[PutOccasion],
    rules: Iterable[str],
    *,
    signs: Mapping[str, list[Sign]] | None = None,
    unasked: Iterable[PutOccasion] = (),
) -> Counts:
    """One county's run held against its truth. With the stories' signs, day by day, it is told too where stories were lost."""
    counts = matching(truth, links)
    counts.unsure_pairs = unsure_pairs
    counts.children = truth.children
    counts.children_months = truth.children * truth.months
    for rule in rules:
        counts.by_rule[rule]["questions"] = 0
    judged = judged_questions(truth, links, occasions)
    counts.questions = len(judged)
    for question in judged:
        for rule, true in question.rules.items():
            counts.by_rule[rule].update(["questions", "true" if true else "false"])
        counts.wrong_questions += not any(question.rules.values())
    lost = (
        None
        if signs is None
        else why_lost(truth, signs, links, who_most_records_are(truth, links), judged, unasked)
    )
    counts.stories = found_stories(truth, judged, signs, lost)
    _by_group(counts, truth, judged)
    return counts


def _by_group(counts: Counts, truth: Truth, judged: list[Judged]) -> None:
    """Children and questions by sex and by ethnic group, as the truth has them: no file's own words."""
    for person in set(truth.person_of.values()):
        if known := truth.people.get(person):
            for group in GROUPS:
                counts.by_group[f"{group}: {getattr(known, group)}"]["children"] += 1
    for question in judged:
        if known := truth.people.get(question.person or ""):
            for group in GROUPS:
                counter = counts.by_group[f"{group}: {getattr(known, group)}"]
                counter["questions"] += 1
                counter["wrong"] += not any(question.rules.values())
