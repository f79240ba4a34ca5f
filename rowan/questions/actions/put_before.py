"""What was put about a child on earlier nights, so that nothing is asked twice."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from rowan.people.models import Person

from ..models import EvidenceRow, Reason
from ..rules.asking_again import Occasion, Put


@dataclass
class PutBefore:
    """What was put about some children before: by child, audience and rule, and beneath each question."""

    put: dict[tuple[str, str, str], Put] = field(default_factory=lambda: defaultdict(Put))
    reasons: dict[object, list[Reason]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[int, set] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, questions, now_of: Mapping[str, str]) -> "PutBefore":
        before = cls()
        for reason in Reason.objects.filter(question__in=questions).select_related("question"):
            question = reason.question
            put = before.put[now_of[question.person_id], question.audience, reason.rule]
            if reason.figures.get("window_from"):
                put.windows.append(
                    (
                        date.fromisoformat(reason.figures["window_from"]),
                        date.fromisoformat(reason.figures["window_to"]),
                    )
                )
            before.reasons[question.pk].append(reason)
        rows = EvidenceRow.objects.filter(reason__question__in=questions).values_list(
            "reason_id",
            "reason__rule",
            "reason__question__person_id",
            "reason__question__audience",
            "record_kind",
            "source",
            "record_id",
        )
        for reason_id, rule, person_id, audience, *known_by in rows:
            before.put[now_of[person_id], audience, rule].rows.add(tuple(known_by))
            before.rows[reason_id].add(tuple(known_by))
        return before


def kept_window(occasion: Occasion) -> dict[str, str]:
    """The window, kept with the figures, so that the next night can tell whether a week was put before."""
    if occasion.window is None:
        return {}
    first, last = occasion.window
    return {"window_from": first.isoformat(), "window_to": last.isoformat()}


def who_now(person_ids: Collection[str]) -> dict[str, str]:
    """These children and everybody who was joined into them, each with who they are now."""
    now_of = {person_id: person_id for person_id in person_ids}
    fresh = list(person_ids)
    while fresh:
        once = [
            (was, is_now)
            for was, is_now in Person.objects.filter(now_id__in=fresh).values_list("pk", "now_id")
            if was not in now_of
        ]
        now_of |= {was: now_of[is_now] for was, is_now in once}
        fresh = [was for was, _ in once]
    return now_of
