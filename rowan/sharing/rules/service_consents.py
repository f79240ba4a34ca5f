"""Agreeing to a service, such as a mentor or early help: what its record has to say. It is no ground for sharing, and nothing here is asked when protecting a child.

A family may say no to a service. That decides nothing about what is shared to keep a child safe, nor about what a law requires
(domain facts 5.2): decisions to share do not read these records, and a test holds them to it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Said(StrEnum):
    GIVEN = "given"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"
    WITHDRAWN = "withdrawn"


SAID_NAMES = {
    Said.GIVEN: "Agreed to the service",
    Said.DECLINED: "Said no to the service",
    Said.NOT_ASKED: "Not asked",
    Said.WITHDRAWN: "Agreed before, and no longer agrees",
}


class Asked(StrEnum):
    CHILD = "child"
    PARENT = "parent"
    BOTH = "both"
    NOBODY = "nobody"


ASKED_NAMES = {
    Asked.CHILD: "The child",
    Asked.PARENT: "A parent or carer",
    Asked.BOTH: "The child, and a parent or carer",
    Asked.NOBODY: "Nobody",
}
# What kind of service, by the compartment in which its record stands: that a child goes to a clinic is health information itself.
SERVICES = {
    "core": "Support: mentoring, family help, youth work and the like",
    "health": "Health",
    "sexual_health": "Sexual health",
}
UNDERSTANDS = {
    "competent": "Yes: under 16 and understands it fully (Gillick competent), or 16 or over",
    "not_competent": "No, not by herself or himself",
    "not_assessed": "Nobody has looked into it",
}
UNDER_13 = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True)
class Answer:
    """An answer about a service as somebody records it."""

    service: str = ""
    compartment: str = ""
    what_for: str = ""
    said: str = ""
    asked: str = ""
    asked_words: str = ""
    childs_view: str = ""
    understands: str = ""
    under_13: str = ""
    why: str = ""
    on: date | None = None


def what_is_missing(answer: Answer, *, before: str, today: date) -> dict[str, str]:
    """`before`: what the record that this one follows said; empty for the first."""
    lacks = {}
    if not answer.service.strip():
        lacks["service"] = "Say which service"
    if answer.compartment not in SERVICES:
        lacks["compartment"] = "Say what kind of service"
    if not answer.what_for.strip():
        lacks["what_for"] = "Say what the service is for"
    if answer.said not in {said.value for said in Said}:
        lacks["said"] = "Say what the answer was"
    elif answer.said == Said.WITHDRAWN and before not in {Said.GIVEN, Said.WITHDRAWN}:
        lacks["said"] = "Nobody agreed to it before, so it cannot be withdrawn. Was it a no?"
    lacks |= _lacks_about_asking(answer)
    if answer.on is None or answer.on > today:
        lacks["on"] = "Give the day it was said, today or earlier"
    return lacks


def _lacks_about_asking(answer: Answer) -> dict[str, str]:
    lacks = {}
    if answer.said == Said.NOT_ASKED:
        if answer.asked not in {"", Asked.NOBODY}:
            lacks["asked"] = "If somebody was asked, say what they answered"
        if not answer.why.strip():
            lacks["why"] = "Say why nobody was asked"
        return lacks
    if answer.asked not in {Asked.CHILD, Asked.PARENT, Asked.BOTH}:
        lacks["asked"] = "Say who was asked"
    elif answer.asked != Asked.CHILD and not answer.asked_words.strip():
        lacks["asked_words"] = "Say which parent or carer"
    if not answer.childs_view.strip():
        lacks["childs_view"] = "Say what the child thinks of it, or why that is not known"
    if answer.understands not in UNDERSTANDS:
        lacks["understands"] = "Say whether the child understands it"
    if answer.under_13 not in UNDER_13:
        lacks["under_13"] = "Say whether the child is under 13"
    if answer.said == Said.GIVEN and answer.asked == Asked.CHILD:
        if answer.understands in {"not_competent", "not_assessed"}:
            lacks["asked"] = "Ask a parent or carer too, or find out whether the child understands it"
        elif answer.under_13 == "yes" and not answer.why.strip():
            lacks["why"] = "Under 13, and no parent or carer was asked: say why, and who advised"
    return lacks
