"""What a list shows of questions and of signs of harm: a card each, and each only as far as this reader may see."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rowan.access.actions import seen_by
from rowan.access.involved import Worker, named_once, who_works_with
from rowan.access.rules.seeing import Seen
from rowan.agencies.in_words import agency_names
from rowan.asked_alike import asked_alike
from rowan.chronology.models import Entry
from rowan.people.called import Called, called

from .models import HUB, Question, Reason
from .reasons import who_is_behind
from .rules.heard import heard_whole
from .rules.register import rule_named


@dataclass(frozen=True)
class Card:
    """One question in the list."""

    question: Question
    child: Called
    newest: Reason | None
    more_reasons: int
    workers: list[Worker]
    also_asked: list[str]
    half_heard: bool  # the newest reason joins agencies, and the reader may hear only some of them

    @property
    def title(self) -> str:
        rule = rule_named(self.newest.rule) if self.newest else None
        return rule.title if rule else ""


@dataclass(frozen=True)
class Sign:
    entry: Entry
    agency: str


@dataclass(frozen=True)
class SignCard:
    """One child's signs of harm that nobody has answered: strategy discussion? Each is due the day it reached Rowan."""

    child: Called
    signs: list[Sign]
    workers: list[Worker]

    @property
    def due_on(self) -> date:
        return min(sign.entry.known_on for sign in self.signs)


def asked_of(question: Question) -> str:
    if question.practitioner:
        return question.practitioner.display_name
    if question.waits_for_room:
        return (
            f"nobody yet, for everybody has as many as one person is given; it waits at {question.post.title}"
        )
    return question.post.title if question.post else "nobody yet"


def also_asked(questions: list[Question], seen: Mapping[str, Seen]) -> dict[str, list[str]]:
    """Who else was asked about the same child. Never on a school's page."""
    people = {q.person_id for q in questions if q.audience == HUB and seen[q.person_id].is_hub}
    if not people:
        return {}
    others: dict[str, list[str]] = defaultdict(list)
    for other in _open_elsewhere(ids=people):
        others[other.person_id].append(asked_of(other))
    return others


@asked_alike
def _open_elsewhere(ids):
    asked = Question.objects.open().filter(person__among=ids).exclude(audience=HUB)
    return asked.select_related("post", "practitioner")


def cards(questions: list[Question], by, today: date) -> list[Card]:
    """A child whom the reader may not see is left out: the list hides what the page would."""
    seen = seen_by(by, [question.person_id for question in questions], today)
    shown = [question for question in questions if question.person_id in seen]
    names, workers, others = called(seen, today), who_works_with(seen, today), also_asked(shown, seen)
    half_heard = _half_heard(shown, seen)
    made = []
    for question in shown:
        reasons = list(question.reasons.all())
        made.append(
            Card(
                question,
                names[question.person_id],
                reasons[0] if reasons else None,
                len(reasons) - 1,
                named_once(workers[question.person_id]),
                others.get(question.person_id, []),
                bool(reasons) and reasons[0].pk in half_heard,
            )
        )
    return made


def _half_heard(questions: list[Question], seen: Mapping[str, Seen]) -> set[int]:
    """Reasons that join what agencies said, of which the reader may hear only some."""
    joins = {
        reason.pk: (reason.rule, seen[question.person_id])
        for question in questions
        for reason in question.reasons.all()
        if (rule := rule_named(reason.rule)) and rule.joins_agencies
    }
    behind = who_is_behind(joins)
    return {pk for pk, (rule_name, reader) in joins.items() if not heard_whole(rule_name, behind[pk], reader)}


def sign_cards(signs: list[Entry], by, today: date) -> list[SignCard]:
    """Signs of harm as the list shows them: a card for each child, by the day the first of them reached Rowan."""
    seen = seen_by(by, [sign.person_id for sign in signs], today)
    shown: dict[str, list[Entry]] = defaultdict(list)
    for sign in signs:
        if sign.person_id in seen and seen[sign.person_id].shows(sign.agency_code, sign.compartment):
            shown[sign.person_id].append(sign)
    names, workers = called(seen, today), who_works_with(seen, today)
    agencies = agency_names(sign.agency_code for found in shown.values() for sign in found)
    cards = [
        SignCard(
            names[person_id],
            [Sign(sign, agencies[sign.agency_code]) for sign in found],
            named_once(workers[person_id]),
        )
        for person_id, found in shown.items()
    ]
    return sorted(cards, key=lambda card: (card.due_on, card.child.name))
