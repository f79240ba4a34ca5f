"""A night's occasions as its tables give them, child by child, each with the rows behind it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ..rules.asking_again import Occasion
from ..rules.register import rule_named

CHILDREN_A_TRANSACTION = 25


@dataclass(frozen=True)
class Found:
    """An occasion as the night found it, with the rows behind it."""

    occasion: Occasion
    row: Mapping
    evidence: list[Mapping]


def some_children_at_a_time(
    occasions: Iterable[Mapping], evidence: Iterable[Mapping], switched_off: Collection[str]
) -> Iterator[dict[str, list[Found]]]:
    """Few enough that no transaction holds its lock for long; each child with all its occasions."""
    rows: dict[str, list[Mapping]] = defaultdict(list)
    for row in evidence:
        rows[row["occasion"]].append(row)
    children: dict[str, list[Found]] = defaultdict(list)
    for row in occasions:
        if rule_named(row["rule"]) and row["rule"] not in switched_off:
            behind = rows[row["occasion"]]
            children[row["person_id"]].append(Found(occasion_of(row, behind), row, behind))
    people = iter(sorted(children))
    while chunk := list(islice(people, CHILDREN_A_TRANSACTION)):
        yield {person: children[person] for person in chunk}


def occasion_of(row: Mapping, behind: Iterable[Mapping]) -> Occasion:
    events: dict[str, set] = defaultdict(set)
    for each in behind:
        events[each["event"]].add(reference(each))
    window = (row["window_from"], row["window_to"]) if row["window_from"] else None
    return Occasion(
        row["occasion"],
        row["rule"],
        row["person_id"],
        row["on"],
        row["audience"],
        {event: frozenset(rows) for event, rows in events.items()},
        window,
    )


def reference(row: Mapping) -> tuple[str, str, str]:
    """What a row is known by, whichever version of it an agency sent last."""
    return (row["record_kind"], row["source"], row["record_id"])
