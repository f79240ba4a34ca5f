"""Holds a run against the truth of an invented county: who was linked with whom, and which questions were right.

Plain arithmetic over plain rows, so that every figure can be followed by hand. Counts add up over counties; shares are taken at the end.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

from rowan.questions.rules.asking_again import Asked, Occasion, questions_of

# Design: rules are held against occasions collapsed as if each question were answered so many days after it was asked,
ANSWERED_AFTER_DAYS = 7
# and a question is true from a story's first sign until so many days after its end.
TRUE_UNTIL_DAYS_AFTER = 90
DAYS_A_MONTH = 365.25 / 12

Place = tuple[str, int]  # file, line


@dataclass(frozen=True)
class Story:
    story: str
    person: str
    shape: str
    first_sign_on: date | None  # None: nobody saw anything
    ends_on: date | None
    first_recorded_harm_on: date | None
    sex: str
    ethnic_group: str

    def covers(self, day: date) -> bool:
        if self.first_sign_on is None or day < self.first_sign_on:
            return False
        return self.ends_on is None or day <= self.ends_on + timedelta(days=TRUE_UNTIL_DAYS_AFTER)


@dataclass(frozen=True)
class Truth:
    """What is so in one county."""

    person_of: Mapping[Place, str]
    stories: tuple[Story, ...]
    signs: Mapping[Place, frozenset[str]]
    months: float

    @property
    def children(self) -> int:
        return len(set(self.person_of.values()))


@dataclass(frozen=True)
class LinkedRow:
    """One row of one agency's file, and the person the run linked it to."""

    rid: str
    person_id: str
    agency: str
    place: Place


@dataclass(frozen=True)
class PutOccasion:
    """An occasion as the run wrote it, with the places of its rows."""

    occasion: Occasion
    places: frozenset[Place]


@dataclass
class Judged:
    """A question as it would have been asked, held against the truth."""

    on: date
    person: str | None
    rules: dict[str, bool]
    stories: set[str]  # the stories for which it was true


@dataclass
class Counts:
    """Everything that adds up over counties."""

    linked_pairs: int = 0
    true_pairs: int = 0
    both_pairs: int = 0
    pages: int = 0
    pages_with_a_wrong_row: int = 0
    records: int = 0
    unsure_pairs: int = 0
    children_months: float = 0.0
    questions: int = 0
    by_rule: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    stories: list["FoundStory"] = field(default_factory=list)

    def __add__(self, other: "Counts") -> "Counts":
        total = Counts(
            **{name: getattr(self, name) + getattr(other, name) for name in _NUMBERS},
            stories=self.stories + other.stories,
        )
        for counts in (self, other):
            for rule, counter in counts.by_rule.items():
                total.by_rule[rule].update(counter)
        return total


_NUMBERS = (
    "linked_pairs", "true_pairs", "both_pairs", "pages", "pages_with_a_wrong_row", "records", "unsure_pairs", "children_months", "questions",
)  # fmt: skip


@dataclass(frozen=True)
class FoundStory:
    """One story of harm: how many signs it left, and whether a true question came before anybody recorded harm."""

    sex: str
    ethnic_group: str
    signs: int
    found: bool
    lead_days: int | None


def evaluate(
    truth: Truth,
    links: list[LinkedRow],
    unsure_pairs: int,
    occasions: list[PutOccasion],
    rules: Iterable[str],
) -> Counts:
    """One county's run held against its truth."""
    counts = _matching(truth, links)
    counts.unsure_pairs = unsure_pairs
    counts.children_months = truth.children * truth.months
    for rule in rules:
        counts.by_rule[rule]["questions"] = 0
    judged = judged_questions(truth, links, occasions)
    counts.questions = len(judged)
    for question in judged:
        for rule, true in question.rules.items():
            counts.by_rule[rule].update(["questions", "true" if true else "false"])
    counts.stories = found_stories(truth, judged)
    return counts


def _matching(truth: Truth, links: list[LinkedRow]) -> Counts:
    """Pairs of records of different agencies: linked, truly one child, and both. A record is an agency's own person."""
    records: dict[tuple[str, str], tuple[str, str]] = {}
    pages: dict[str, Counter[str]] = defaultdict(Counter)
    for row in links:
        person = truth.person_of.get(row.place)
        if person is None:
            continue
        records[(row.rid, person)] = (row.person_id, row.agency)
        pages[row.person_id][person] += 1
    linked: dict[str, Counter[str]] = defaultdict(Counter)
    true: dict[str, Counter[str]] = defaultdict(Counter)
    both: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (_, person), (person_id, agency) in records.items():
        linked[person_id][agency] += 1
        true[person][agency] += 1
        both[(person_id, person)][agency] += 1
    return Counts(
        linked_pairs=pairs_across(linked.values()),
        true_pairs=pairs_across(true.values()),
        both_pairs=pairs_across(both.values()),
        pages=len(pages),
        pages_with_a_wrong_row=sum(len(people) > 1 for people in pages.values()),
        records=len(records),
    )


def pairs_across(groups: Iterable[Counter[str]]) -> int:
    """Pairs within each group whose two records come from different agencies."""
    pairs = 0
    for agencies in groups:
        together = sum(agencies.values())
        pairs += (together * together - sum(n * n for n in agencies.values())) // 2
    return pairs


def judged_questions(truth: Truth, links: list[LinkedRow], occasions: list[PutOccasion]) -> list[Judged]:
    """Questions as they would have been asked, each with whom it was about and the stories it was true for."""
    who = _who_most_records_are(truth, links)
    places = {put.occasion.name: put.places for put in occasions}
    stories: dict[str, list[Story]] = defaultdict(list)
    for story in truth.stories:
        stories[story.person].append(story)
    asked = questions_of((put.occasion for put in occasions), answered_after_days=ANSWERED_AFTER_DAYS)
    return [_judge(question, who.get(question.person), stories, truth, places) for question in asked]


def _judge(
    question: Asked,
    person: str | None,
    stories: Mapping[str, list[Story]],
    truth: Truth,
    places: Mapping[str, frozenset[Place]],
) -> Judged:
    judged = Judged(question.on, person, {}, set())
    for occasion in question.occasions:
        signs = set().union(*(truth.signs.get(place, frozenset()) for place in places[occasion.name]))
        true_for = {
            story.story
            for story in stories.get(person or "", [])
            if story.covers(question.on) and story.story in signs
        }
        judged.rules[occasion.rule] = judged.rules.get(occasion.rule, False) or bool(true_for)
        judged.stories |= true_for
    return judged


def _who_most_records_are(truth: Truth, links: list[LinkedRow]) -> dict[str, str]:
    """For each person of the run, the child that most of the records are; nobody when no child has most."""
    records: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in links:
        if person := truth.person_of.get(row.place):
            records[row.person_id].add((row.rid, person))
    found = {}
    for person_id, held in records.items():
        [(person, most)] = Counter(person for _, person in held).most_common(1)
        if 2 * most > len(held):
            found[person_id] = person
    return found


def found_stories(truth: Truth, judged: list[Judged]) -> list[FoundStory]:
    first_on: dict[str, date] = {}
    harm_on = {story.story: story.first_recorded_harm_on for story in truth.stories}
    for question in judged:
        for story in question.stories:
            harm = harm_on[story]
            if harm is None or question.on < harm:
                first_on[story] = min(first_on.get(story, question.on), question.on)
    signs = Counter(story for stories in truth.signs.values() for story in stories)
    return [
        FoundStory(
            sex=story.sex,
            ethnic_group=story.ethnic_group,
            signs=signs[story.story],
            found=story.story in first_on,
            lead_days=(story.first_recorded_harm_on - first_on[story.story]).days
            if story.story in first_on and story.first_recorded_harm_on
            else None,
        )
        for story in truth.stories
    ]


def figures(counts: Counts) -> dict[str, Any]:
    """The figures of design.md's `evaluate` row, from the counts of one or several counties."""
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
