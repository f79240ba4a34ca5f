"""What children's social care's own system says, and the clocks that run from it: mirrored here, never owned (domain 1.3).

Each clock runs from its own event: the conference is due 15 working days from the *strategy discussion*, the assessment 45 from the *referral*.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rowan.timescales.rules.settings import Setting
from rowan.timescales.rules.working_days import add_working_days

OWNER = "Children’s social care"


class Fact(StrEnum):
    REFERRAL = "referral"
    DECISION = "decision"
    ASSESSMENT = "assessment"
    STRATEGY = "strategy"
    SECTION47 = "section47"
    CONFERENCE = "conference"
    CORE_GROUP = "core_group"
    REVIEW_CONFERENCE = "review_conference"


FACT_NAMES = {
    Fact.REFERRAL: "Referral received",
    Fact.DECISION: "Decision on the next step, and the referrer told",
    Fact.ASSESSMENT: "Child and family assessment finished",
    Fact.STRATEGY: "Strategy discussion held",
    Fact.SECTION47: "Section 47 enquiry started",
    Fact.CONFERENCE: "Initial child protection conference held",
    Fact.CORE_GROUP: "Core group met",
    Fact.REVIEW_CONFERENCE: "Review conference held",
}


@dataclass(frozen=True)
class Mirrored:
    """A clock of the statutory system: from which fact it runs, which ends it, and how long it is."""

    what: str
    runs_from: Fact
    ended_by: Fact
    limit: Setting
    working_days: bool = True


def _limit(name: str, default: int, unit: str, source: str, what: str) -> Setting:
    return Setting(
        name=f"assessments.{name}",
        unit=unit,
        default=default,
        least=1,
        most=400,
        source=source,
        owner=OWNER,
        explanation=f"How long the statutory system has for {what}. Mirrored here; the clock is theirs.",
    )


WORKING_TOGETHER = "Working Together to Safeguard Children."
MIRRORED = (
    Mirrored(
        "statutory: a decision on a referral",
        Fact.REFERRAL,
        Fact.DECISION,
        _limit("statutory_decision_working_days", 1, "working days", WORKING_TOGETHER, "its decision on a referral"),
    ),
    Mirrored(
        "statutory: a child and family assessment",
        Fact.REFERRAL,
        Fact.ASSESSMENT,
        _limit("statutory_assessment_working_days", 45, "working days", WORKING_TOGETHER, "a child and family assessment, from the referral"),
    ),
    Mirrored(
        "statutory: an initial child protection conference",
        Fact.STRATEGY,
        Fact.CONFERENCE,
        _limit("statutory_conference_working_days", 15, "working days", WORKING_TOGETHER, "a first conference, from the strategy discussion where a section 47 enquiry was started"),
    ),
    Mirrored(
        "statutory: a core group",
        Fact.CONFERENCE,
        Fact.CORE_GROUP,
        _limit("statutory_core_group_working_days", 10, "working days", WORKING_TOGETHER, "the first core group, from the conference"),
    ),
    Mirrored(
        "statutory: a first review conference",
        Fact.CONFERENCE,
        Fact.REVIEW_CONFERENCE,
        _limit("statutory_first_review_days", 91, "days", WORKING_TOGETHER, "the first review, three months from the conference"),
        working_days=False,
    ),
    Mirrored(
        "statutory: the next review conference",
        Fact.REVIEW_CONFERENCE,
        Fact.REVIEW_CONFERENCE,
        _limit("statutory_next_review_days", 183, "days", WORKING_TOGETHER, "each later review, six months from the one before"),
        working_days=False,
    ),
)  # fmt: skip


def due_on(mirrored: Mirrored, on: date, settings: Mapping[str, object]) -> date:
    limit = int(str(settings[mirrored.limit.name]))
    return add_working_days(on, limit) if mirrored.working_days else on + timedelta(days=limit)


def running(facts: list[tuple[Fact, date]], settings: Mapping[str, object]) -> dict[str, date]:
    """Which mirrored clocks run after these facts, and when each is due. A conference is owed only where that discussion led to an enquiry."""
    found = {}
    for each in MIRRORED:
        began = max((on for fact, on in facts if fact is each.runs_from), default=None)
        ends = [on for fact, on in facts if fact is each.ended_by and began is not None and on >= began]
        if began is None or (ends and each.runs_from is not each.ended_by):
            continue
        if each.runs_from is Fact.STRATEGY and not any(
            fact is Fact.SECTION47 and on >= began for fact, on in facts
        ):
            continue
        found[each.what] = due_on(each, began, settings)
    return found


def what_is_missing(fact: str, on: date | None, reference: str, today: date) -> dict[str, str]:
    lacks = {}
    if fact not in set(Fact):
        lacks["fact"] = "Choose what the statutory system says"
    if on is None or on > today:
        lacks["on"] = "Give the day it happened, today or before"
    if not reference.strip():
        lacks["reference"] = "Give the statutory system’s own reference"
    return lacks
