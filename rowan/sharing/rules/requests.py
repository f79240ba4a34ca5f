"""Asking an agency for information: what a request says, when it is chased, and when it goes to the agency's lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rowan.timescales.rules.working_days import add_working_days

from .deciding import PURPOSES
from .law import Kind, is_in_force, law_named
from .settings import CHASE_EVERY, ESCALATE_AFTER, REQUEST_DUE


class Step(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STEP_NAMES = {
    Step.OPEN: "Waiting for an answer",
    Step.ANSWERED: "Answered",
    Step.REFUSED: "Refused, with a reason",
    Step.WITHDRAWN: "Withdrawn",
}
MOVES: dict[Step, frozenset[Step]] = {
    Step.OPEN: frozenset({Step.ANSWERED, Step.REFUSED, Step.WITHDRAWN}),
    Step.ANSWERED: frozenset(),
    Step.REFUSED: frozenset(),
    Step.WITHDRAWN: frozenset(),
}
AT_REST = frozenset({Step.ANSWERED, Step.REFUSED, Step.WITHDRAWN})
CLOCK = "an agency's answer to a request"
RUNS_AT = {Step.OPEN: CLOCK}
# On what ground an agency says no.
GROUNDS = {
    "not_held": "They do not hold it",
    "more_detrimental": "Sharing would be more detrimental to the child than not sharing",
    "does_not_help": "It would not help protect the child",
    "forbidden": "A law or a court order forbids it",
    "confidence": "Keeping the confidence weighs more than the public interest in sharing",
    "no_basis": "They see no lawful basis",
    "too_much": "It asks for more than is needed",
}


@dataclass(frozen=True)
class Asked:
    """A request as somebody says it."""

    agency: bool
    what: str
    purpose: str
    purpose_words: str = ""
    article6: str = ""
    duty: str = ""
    due_on: date | None = None


def what_is_missing_to_ask(asked: Asked, *, today: date, settings: Mapping[str, object]) -> dict[str, str]:
    lacks = {}
    if not asked.agency:
        lacks["asked_agency"] = "Choose the agency you ask"
    if not asked.what.strip():
        lacks["what"] = "Say what you ask for, and no more than you need"
    if asked.purpose not in PURPOSES:
        lacks["purpose"] = "Choose what it is for"
    elif asked.purpose == "other" and not asked.purpose_words.strip():
        lacks["purpose_words"] = "Say what it is for"
    for box, kind, words in (
        ("article6", Kind.ARTICLE_6, "Choose the lawful basis"),
        ("duty", Kind.DUTY, "Choose the duty or power"),
    ):
        law = law_named(getattr(asked, box))
        if law is None or law.kind != kind or not is_in_force(law, settings, today):
            lacks[box] = words
    if asked.due_on is None or asked.due_on < today:
        lacks["due_on"] = "Give the day you need the answer, today or later"
    return lacks


def due_unless_said(today: date, settings: Mapping[str, object]) -> date:
    return add_working_days(today, _days(settings, REQUEST_DUE.name))


def refusal_to_close(step: str, *, asker: bool, to: Step) -> str | None:
    """Why a request cannot take this step, or None when it can."""
    if to not in MOVES[Step(step)]:
        return f"This request is closed already: {STEP_NAMES[Step(step)].lower()}."
    if to == Step.WITHDRAWN and not asker:
        return "Only the agency that asked can withdraw a request."
    return None


def is_to_be_chased(
    due_on: date, last_chased_on: date | None, *, today: date, settings: Mapping[str, object]
) -> bool:
    """The first working day after it was due, and then every few working days."""
    if today <= due_on:
        return False
    if last_chased_on is None:
        return True
    return today >= add_working_days(last_chased_on, _days(settings, CHASE_EVERY.name))


def goes_to_the_lead(due_on: date, *, escalated: bool, today: date, settings: Mapping[str, object]) -> bool:
    return not escalated and today >= add_working_days(due_on, _days(settings, ESCALATE_AFTER.name))


def _days(settings: Mapping[str, object], name: str) -> int:
    return int(str(settings[name]))
