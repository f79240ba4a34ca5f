"""Who was linked with whom, held against who is who: pairs of records of different agencies, and pages that mix two children."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from .evaluation_kinds import Counts, LinkedRow, Truth

NOT_KNOWN = "not known"


def records_of(truth: Truth, links: Iterable[LinkedRow]) -> dict[tuple[str, str], tuple[str, str]]:
    """Each record, as (its name, whose it is): the person it was linked to, and its agency. A record is an agency's own person."""
    return {
        (row.rid, truth.person_of[row.place]): (row.person_id, row.agency)
        for row in links
        if row.place in truth.person_of
    }


def matching(truth: Truth, links: list[LinkedRow]) -> Counts:
    records = records_of(truth, links)
    pages: dict[str, set[str]] = defaultdict(set)
    linked: dict[str, Counter[str]] = defaultdict(Counter)
    true: dict[str, Counter[str]] = defaultdict(Counter)
    both: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (_, person), (person_id, agency) in records.items():
        pages[person_id].add(person)
        linked[person_id][agency] += 1
        true[person][agency] += 1
        both[(person_id, person)][agency] += 1
    counts = Counts(
        linked_pairs=pairs_across(linked.values()),
        true_pairs=pairs_across(true.values()),
        both_pairs=pairs_across(both.values()),
        pages=len(pages),
        pages_with_a_wrong_row=sum(len(people) > 1 for people in pages.values()),
        records=len(records),
    )
    mixed = {person for people in pages.values() if len(people) > 1 for person in people}
    for person, agencies in true.items():
        for group in _groups(truth, person):
            counts.linked_by_group[group].update(
                {"true": pairs_across([agencies]), "children": 1, "mixed": person in mixed}
            )
        counts.by_origin[_origin(truth, person)]["true"] += pairs_across([agencies])
    for (_, person), agencies in both.items():
        for group in _groups(truth, person):
            counts.linked_by_group[group]["found"] += pairs_across([agencies])
        counts.by_origin[_origin(truth, person)]["found"] += pairs_across([agencies])
    return counts


def _origin(truth: Truth, person: str) -> str:
    return truth.people[person].names if person in truth.people else NOT_KNOWN


def _groups(truth: Truth, person: str) -> list[str]:
    known = truth.people.get(person)
    return [f"sex: {known.sex}", f"age: {known.age}"] if known and known.age else []


def pairs_across(groups: Iterable[Counter[str]]) -> int:
    """Pairs within each group whose two records come from different agencies."""
    pairs = 0
    for agencies in groups:
        together = sum(agencies.values())
        pairs += (together * together - sum(n * n for n in agencies.values())) // 2
    return pairs
