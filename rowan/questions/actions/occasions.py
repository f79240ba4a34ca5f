"""A night's occasions as its tables give them, child by child, each with the rows behind it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rowan.timescales.rules.working_days import add_working_days

from ..rules.asking_again import Occasion
from ..rules.declaration import whole
from ..rules.register import rule_named


@dataclass(frozen=True)
class Found:
    """An occasion as the night found it, with the rows behind it."""

    occasion: Occasion
    row: Mapping
    evidence: list[Mapping]

    @property
    def settings_used(self) -> dict:
        return json.loads(self.row["settings"])

    def due_on(self, today: date) -> date:
        rule = rule_named(self.occasion.rule)
        return add_working_days(today, whole(self.settings_used, rule.due_working_days))


def found_by_child(
    occasions: Iterable[Mapping], evidence: Iterable[Mapping], switched_off: Collection[str]
) -> dict[tuple[str, str], list[Found]]:
    """Each child with all its occasions of one audience, which come to one question."""
    rows: dict[str, list[Mapping]] = defaultdict(list)
    for row in evidence:
        rows[row["occasion"]].append(row)
    children: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for row in occasions:
        if rule_named(row["rule"]) and row["rule"] not in switched_off:
            behind = rows[row["occasion"]]
            children[row["person_id"], row["audience"]].append(Found(occasion_of(row, behind), row, behind))
    return children


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
