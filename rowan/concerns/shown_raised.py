"""What whoever raised a concern is shown of what came of it: as much as the table says for their kind, and not a word more."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from rowan.chronology.rules.observations import BY_CODE, KIND_NAMES, Kind

from .actions.raising import settings_on
from .models import Concern
from .rules.decisions import DECIDED_NAMES, Fact
from .rules.pregnancy import GROUNDS
from .rules.receipts import says_of_referral
from .rules.told import ALL_DETAILS, CHILD_KNOWS, DETAILS, FIRST_HAND, SEEN_OR_HEARD
from .rules.urgency import next_read_at
from .rules.what_it_is_about import ABOUT_NAMES
from .rules.who_raises import ToldOf, may_be_told

READ = "It is being looked at."
WAITS = "It has been received and is not read yet."
DONE = "It has been read, and somebody has decided what happens next."
THANKS = "Thank you. It has been read by those whose job it is to keep children safe. We cannot tell you what happens next."
PASSED_ON = "It has been read and passed to those who need to know. We cannot say more here about anybody."


@dataclass(frozen=True)
class Outcome:
    """What may be told now. `says` is a paragraph each."""

    says: list[str]
    referral: str
    next_read_at: datetime | None


def outcome_of(concern: Concern, now: datetime) -> Outcome:
    of = may_be_told(concern.raises).of
    waits = concern.waits_for_triage
    return Outcome(
        says=[WAITS if concern.step == "received" else READ] if waits else _decided(concern, of),
        referral=says_of_referral(of, _referred_on(concern)),
        next_read_at=reads_next(now) if concern.step == "received" else None,
    )


def reads_next(now: datetime) -> datetime:
    """When somebody next reads what comes in."""
    return next_read_at(timezone.localtime(now), settings_on(timezone.localdate(now)))


def _decided(concern: Concern, of: ToldOf) -> list[str]:
    if of == ToldOf.THANKS:
        return [THANKS]
    if of == ToldOf.PASSED_ON:
        return [PASSED_ON]
    if told := concern.told.last():
        return [told.words]
    decision = concern.decisions.standing().last()
    if decision is None:
        return [DONE]
    kind = f"Decided on {_day(decision.at)}: {DECIDED_NAMES[decision.decided].lower()}."
    return [kind, f"Why: {decision.reason}"] if of == ToldOf.DECISION else [kind]


def _referred_on(concern: Concern):
    fact = concern.statutory_facts.filter(fact=Fact.REFERRAL.value).first()
    return fact.on if fact else None


def rows_of(concern: Concern) -> list[tuple[str, str]]:
    """What was told, box by box, for whoever told it and for the desk."""
    kept = json.loads(concern.details or "{}")
    labels = DETAILS.get(concern.about, {})
    rows = [("About", ABOUT_NAMES.get(concern.about, concern.about))]
    rows += [(labels.get(key, key), words) for key, words in kept.items() if key in ALL_DETAILS]
    if kept.get("professional"):
        agency = f", {concern.professionals_agency.name}" if concern.professionals_agency else ""
        rows.append(("Somebody who works with children", kept["professional"] + agency))
    if concern.please_contact:
        rows += [("Asks", "Please contact me about this child"), ("How to reach", kept.get("reach", ""))]
    rows += [
        ("In danger now", "Yes" if concern.immediate_danger else ""),
        ("What worries", concern.what_worries),
        ("", "Worried, but cannot say why" if kept.get("cannot_say_why") else ""),
        ("The child’s own words", concern.childs_words),
        *how_it_is_known(concern),
        ("When", concern.when_words),
        ("Where", concern.where_words),
        *_noticed(concern, kept),
        *_names(concern),
        *whether_the_child_knows(concern),
        ("Done already", concern.already_done),
    ]
    return [(name or "And", says) for name, says in rows if says]


def how_it_is_known(concern: Concern) -> list[tuple[str, str]]:
    return [
        ("Seen or heard", SEEN_OR_HEARD.get(concern.seen_or_heard, "")),
        ("How known", FIRST_HAND.get(concern.first_hand, "")),
        ("Told by", concern.told_by),
    ]


def whether_the_child_knows(concern: Concern) -> list[tuple[str, str]]:
    """Where telling would not be safe, whoever rings the home has to know it first."""
    return [
        ("Does the child know", CHILD_KNOWS.get(concern.child_knows, "")),
        ("Why telling would not be safe", concern.why_child_does_not_know),
    ]


def _noticed(concern: Concern, kept: dict) -> list[tuple[str, str]]:
    by_kind: dict[str, list[str]] = {}
    for row in concern.noticed.all():
        by_kind.setdefault(row.kind, []).append(BY_CODE[row.code].words if row.code in BY_CODE else row.code)
    rows = [(KIND_NAMES[kind], "\n".join(by_kind[kind])) for kind in Kind if kind in by_kind]
    if "pregnancy" in kept:
        grounds = [GROUNDS[key] for key in kept["pregnancy"] if key in GROUNDS]
        rows.append(("Pregnant, as far as is known", "\n".join(grounds) or "Yes"))
    return rows


def _names(concern: Concern) -> list[tuple[str, str]]:
    """Names that were heard, and nothing more than that."""
    found = []
    for name in concern.names_heard.all():
        parts = [
            name.as_said,
            f"said by {name.said_by}" if name.said_by else "",
            f"the child calls them {name.child_calls_them}" if name.child_calls_them else "",
            name.description,
        ]
        found.append(("A name that was heard", "; ".join(part for part in parts if part)))
    return found


def _day(moment: datetime) -> str:
    on = timezone.localtime(moment)
    return f"{on.day} {on:%B %Y}"
