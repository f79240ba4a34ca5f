"""What a decision to share, share part, wait or not share has to say (domain 5.4), and what is still missing from one.

A decision not to share asks for little, so that it takes seconds and is recorded all the same (golden rule 7).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from .items import holds_a_confidence, known
from .law import S16LA_SETTING, Kind, Law, is_in_force, law_named

REVIEW_WITHIN_DAYS = 365


class Decided(StrEnum):
    SHARE = "share"
    PART = "part"
    LATER = "later"
    NOT_SHARE = "not_share"


DECIDED_NAMES = {
    Decided.SHARE: "Share",
    Decided.PART: "Share part of what was asked for",
    Decided.LATER: "Not now: decide later",
    Decided.NOT_SHARE: "Do not share",
}
LEAVES = frozenset({Decided.SHARE, Decided.PART})


class Told(StrEnum):
    TOLD = "told"
    NOT_YET = "not_yet"
    NOT_TOLD = "not_told"
    STANDING = "standing"  # as the standing decision says


TOLD_NAMES = {
    Told.TOLD: "Yes, told",
    Told.NOT_YET: "Not yet, but will be told",
    Told.NOT_TOLD: "No, and will not be told now",
    Told.STANDING: "As the standing decision says",
}
PURPOSES = {
    "protect_from_exploitation": "Protect the child from exploitation",
    "missing": "Find a missing child, or keep her from going missing",
    "strategy_discussion": "Strategy discussion or section 47 enquiry",
    "assess_need": "Assess what the child or family needs",
    "attendance": "Persistent absence from school",
    "support": "Give support or a service",
    "prevent_crime": "Prevent or investigate a crime against a child",
    "health_care": "Health care",
    "proceedings": "Court proceedings",
    "review": "Statutory review or inspection",
    "other": "Something else, said in words",
}
# Why not, with whether section 16LA leaves room for it: it asks only whether the other body could be helped, and whether
# disclosing would be more detrimental to the child than not disclosing. What a law forbids is no disclosure it could ask for.
REASONS_NOT = {
    "more_detrimental": (
        "Sharing would be more detrimental to the child than not sharing",
        True,
    ),
    "does_not_help": ("It would not help them do their work for the child", True),
    "forbidden": ("A law or a court order forbids it", True),
    "has_it_already": ("They have it already", True),
    "no_part": ("They have no part in keeping this child safe", True),
    "not_accurate": ("It is not known to be accurate; it is being checked", False),
    "confidence": ("Keeping the confidence weighs more than the public interest in sharing", False),
    "waiting": ("Something has to happen first", False),
}
FACTS = {"facts": "Facts only", "opinion": "Opinion only", "both": "Both, and each is marked"}
ROUTES = {
    "in_person": "Said in person or by telephone to a known number",
    "in_meeting": "Said in a meeting, nothing handed over",
    "secure_email": "Secure e-mail between government or NHS addresses",
    "secure_transfer": "Secure file transfer",
    "file_from_rowan": "A signed file from Rowan, handed over by a secure route",
    "recorded_post": "Recorded delivery",
}
ADVICE = {
    "": "Nobody; it was clear",
    "data_protection_officer": "Data protection officer",
    "caldicott_guardian": "Caldicott guardian",
    "legal": "Legal services",
    "hub_manager": "Hub manager",
    "safeguarding_lead": "Safeguarding lead",
}
CAPACITY = {
    "competent": "She understands what sharing means (Gillick competent, or over 16 with capacity)",
    "not_competent": "She does not, in the clinician’s judgement",
    "not_assessed": "Not assessed",
}


@dataclass(frozen=True)
class Said:
    """A decision as somebody says it, before it is taken."""

    decided: str = ""
    whose: str = ""
    recipient: str = ""  # the agency or outside body
    recipient_person: str = ""
    items: tuple[str, ...] = ()
    items_words: str = ""
    purpose: str = ""
    purpose_words: str = ""
    article6: str = ""
    condition: str = ""
    duty: str = ""
    necessary: str = ""
    told_child: str = ""
    told_parent: str = ""
    why_not_told: str = ""
    childs_view: str = ""
    danger_if_seen: str = ""
    facts: str = ""
    accuracy: str = ""
    advice: str = ""
    advice_words: str = ""
    route: str = ""
    handling: str = ""
    reason_not: str = ""
    why_not: str = ""
    review_on: date | None = None
    weighing: str = ""
    capacity: str = ""
    under_13: str = ""
    caldicott: str = ""


@dataclass(frozen=True)
class Step:
    """A page of the full form: its address, what it is called, and the boxes it shows."""

    name: str
    title: str
    boxes: tuple[str, ...] = field(default=())


WHAT = Step(
    "what",
    "What is shared, and with whom",
    ("decided", "whose", "recipient_agency", "recipient_body", "recipient_person", "items", "items_words"),
)
WHY = Step(
    "why",
    "Why, and on what ground",
    ("purpose", "purpose_words", "article6", "condition", "duty", "necessary"),
)
HEALTH = Step(
    "health",
    "What was told in confidence",
    ("weighing", "capacity", "under_13", "caldicott"),
)
TOLD = Step(
    "told",
    "Who has been told",
    ("told_child", "told_parent", "why_not_told", "childs_view"),
)
SAFELY = Step(
    "safely",
    "Accurate, and safe",
    (
        "facts",
        "accuracy",
        "danger_if_seen",
        "route",
        "handling",
        "advice",
        "advice_words",
        "reason_not",
        "why_not",
        "review_on",
    ),
)
STEPS = (WHAT, WHY, HEALTH, TOLD, SAFELY)


# The ordinary case on one page: nothing told in confidence, all of what was asked for, the family told or soon to be.
ON_ONE_PAGE = (
    "recipient_agency",
    "recipient_body",
    "recipient_person",
    "items",
    "purpose",
    "necessary",
    "told_child",
    "told_parent",
    "facts",
    "route",
    "danger_if_seen",
)
# What is filled in with what is usual, and stands there to be changed.
FILLED_IN = ("whose", "article6", "condition", "duty", "accuracy")
AS_THE_RECORDS_SAY = "As the records say, each with its source and date"


def steps_for(said: Said) -> list[Step]:
    """What is not shared asks little; the health page stands only where something was told in confidence."""
    if said.decided and said.decided not in LEAVES:
        return [WHAT, SAFELY]
    return [step for step in STEPS if step is not HEALTH or holds_a_confidence(said.items)]


def boxes_of(step: Step, said: Said) -> list[str]:
    """The boxes a page shows, for what was decided on the first."""
    if step is not SAFELY:
        return list(step.boxes)
    if said.decided in LEAVES:
        left_out = {"reason_not", "why_not"} if said.decided == Decided.SHARE else set()
    else:
        left_out = {"facts", "accuracy", "danger_if_seen", "route", "handling"}
    return [box for box in step.boxes if box not in left_out]


def what_is_missing(said: Said, *, today: date, settings: Mapping[str, object]) -> dict[str, str]:
    """What each box still lacks, in words for the person deciding. Nothing is missing when it is empty."""
    if said.decided not in {known.value for known in Decided}:
        return {"decided": "Say whether it is shared"}
    lacks = {}
    if not said.recipient.strip():
        lacks["recipient_agency"] = "Say which agency or body, from the list or in words"
    if said.decided in {Decided.LATER, Decided.NOT_SHARE, Decided.PART}:
        lacks |= _lacks_a_reason(said, today=today, settings=settings)
    if said.decided in LEAVES:
        lacks |= _lacks_to_leave(said, today=today, settings=settings)
    if said.review_on is not None and not today < said.review_on <= today + timedelta(
        days=REVIEW_WITHIN_DAYS
    ):
        lacks["review_on"] = "The review date must be after today and within a year"
    if said.review_on is None and said.decided in {Decided.LATER, Decided.NOT_SHARE}:
        lacks["review_on"] = "Say when this is looked at again"
    return lacks


def _lacks_a_reason(said: Said, *, today: date, settings: Mapping[str, object]) -> dict[str, str]:
    lacks = {}
    if said.reason_not not in REASONS_NOT:
        lacks["reason_not"] = "Say why it is not shared, or not all of it"
    elif not said.why_not.strip():
        lacks["why_not"] = "Say in a few words how that applies to this child"
    elif section_16la_holds(settings, today) and not REASONS_NOT[said.reason_not][1]:
        lacks["reason_not"] = (
            "Section 16LA of the Children Act 2004 leaves no room for this reason alone. Share, or say why sharing would be "
            "more detrimental to the child than not sharing"
        )
    return lacks


def _lacks_to_leave(said: Said, *, today: date, settings: Mapping[str, object]) -> dict[str, str]:
    lacks = {}
    if not said.whose:
        lacks["whose"] = "Say whose information it is"
    if not said.recipient_person.strip():
        lacks["recipient_person"] = "Say which person receives it: a name, or a post"
    if not known(said.items) and not said.items_words.strip():
        lacks["items"] = "Pick what is shared, or say it in words"
    if said.purpose not in PURPOSES:
        lacks["purpose"] = "Choose what it is for"
    elif said.purpose == "other" and not said.purpose_words.strip():
        lacks["purpose_words"] = "Say what it is for"
    for box, kind, words in (
        (
            "article6",
            Kind.ARTICLE_6,
            "Choose the lawful basis. You do not need to be sure to ask: see who can advise",
        ),
        ("condition", Kind.CONDITION, "Choose the condition"),
        ("duty", Kind.DUTY, "Choose the duty or power"),
    ):
        if not _may_rest_on(law_named(getattr(said, box)), kind, settings, today):
            lacks[box] = words
    if not said.necessary.strip():
        lacks["necessary"] = "Say why this much is needed and no less would do"
    lacks |= _lacks_about_telling(said)
    if said.facts not in FACTS:
        lacks["facts"] = "Say whether it is fact or opinion"
    if not said.accuracy.strip():
        lacks["accuracy"] = "Say how old it is and how sure you are"
    if said.route not in ROUTES:
        lacks["route"] = "Choose a safe way"
    if holds_a_confidence(said.items):
        lacks |= _lacks_about_confidence(said)
    return lacks


def _may_rest_on(law: Law | None, kind: Kind, settings: Mapping[str, object], today: date) -> bool:
    return law is not None and law.kind == kind and is_in_force(law, settings, today)


def _lacks_about_telling(said: Said) -> dict[str, str]:
    lacks = {}
    for box, whom in (("told_child", "the child"), ("told_parent", "a parent or carer")):
        if getattr(said, box) not in {told.value for told in Told}:
            lacks[box] = f"Say whether {whom} has been told"
    if Told.NOT_TOLD in (said.told_child, said.told_parent) and not said.why_not_told.strip():
        lacks["why_not_told"] = "Say why telling would not be safe or possible"
    return lacks


def _lacks_about_confidence(said: Said) -> dict[str, str]:
    lacks = {}
    if not said.weighing.strip():
        lacks["weighing"] = "Say how the public interest weighs against the confidence"
    if said.capacity not in CAPACITY:
        lacks["capacity"] = "Say what the clinician judged"
    if said.under_13 not in {"yes", "no"}:
        lacks["under_13"] = "Say whether the child is under 13"
    if said.under_13 == "yes" and not said.caldicott.strip():
        lacks["caldicott"] = "Under 13: say what the Caldicott guardian or safeguarding lead advised"
    return lacks


def section_16la_holds(settings: Mapping[str, object], day: date) -> bool:
    law = law_named("ca2004_s16la")
    assert law is not None and law.from_setting == S16LA_SETTING
    return is_in_force(law, settings, day)
