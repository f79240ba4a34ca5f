"""What an agreement between agencies has to say, whether it is in force, and when it is looked at again, chased and taken to a lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rowan.timescales.rules.working_days import add_working_days

from .law import Kind, is_in_force, law_named
from .settings import (
    AGREEMENT_CHASED_EVERY,
    AGREEMENT_ESCALATED_AFTER,
    AGREEMENT_REVIEWED_WITHIN,
    AGREEMENT_TOLD_BEFORE,
)


class How(StrEnum):
    """How an agreement stands on a day."""

    IN_FORCE = "in_force"
    DUE = "due"
    NOT_BEGUN = "not_begun"
    LAPSED = "lapsed"
    ENDED = "ended"


HOW_NAMES = {
    How.IN_FORCE: "In force",
    How.DUE: "In force, review due",
    How.NOT_BEGUN: "Not begun",
    How.LAPSED: "Lapsed",
    How.ENDED: "Ended",
}


@dataclass(frozen=True)
class Agreed:
    """An agreement as somebody says it. The agencies and the owner's agency are keys; what they are called does not matter here."""

    name: str = ""
    parties: frozenset[int] = frozenset()
    other_parties: str = ""
    purpose: str = ""
    what: str = ""
    article6: str = ""
    condition: str = ""
    duty: str = ""
    document_reference: str = ""
    from_on: date | None = None
    until_on: date | None = None
    review_on: date | None = None
    owners_agency: int | None = None
    why: str = ""  # what changed and why; not for the first version

    @property
    def terms(self) -> tuple[object, ...]:
        """What a standing decision rests on. Another name, owner or review date is the same agreement."""
        return (
            self.parties,
            *(
                " ".join(getattr(self, box).split())
                for box in ("other_parties", "purpose", "what", "article6", "condition", "duty")
            ),
        )


def what_is_missing(
    said: Agreed,
    *,
    makers_agency: int | None,
    replaced_from: date | None,
    today: date,
    settings: Mapping[str, object],
) -> dict[str, str]:
    """`makers_agency`: of whoever records it, who speaks for nobody else; None when its review has passed to them."""
    lacks = {
        box: words
        for box, words in (
            ("name", "Give it a name"),
            ("purpose", "Say what it is for"),
            ("what", "Say what is shared under it"),
            ("document_reference", "Say where the signed document is kept"),
        )
        if not getattr(said, box).strip()
    }
    if len(said.parties) + bool(said.other_parties.strip()) < 2:
        lacks["parties"] = "Choose at least two agencies, or one and another body in words"
    elif makers_agency is not None and makers_agency not in said.parties:
        lacks["parties"] = "Your own agency has to be one of them: nobody records what others agreed"
    for box, kind, words in (
        ("article6", Kind.ARTICLE_6, "Choose the lawful basis"),
        ("condition", Kind.CONDITION, "Choose the condition"),
        ("duty", Kind.DUTY, "Choose the duty or power"),
    ):
        law = law_named(getattr(said, box))
        if law is None or law.kind != kind or not is_in_force(law, settings, today):
            lacks[box] = words
    if said.owners_agency is None:
        lacks["owner"] = "Choose who owns it: whoever sees to its review"
    elif said.parties and said.owners_agency not in said.parties:
        lacks["owner"] = "Its owner has to work for one of the agencies"
    lacks |= _lacks_about_days(said, replaced_from=replaced_from, today=today, settings=settings)
    if replaced_from is not None and not said.why.strip():
        lacks["why"] = "Say what changed, and why"
    return lacks


def _lacks_about_days(
    said: Agreed, *, replaced_from: date | None, today: date, settings: Mapping[str, object]
) -> dict[str, str]:
    lacks = {}
    if said.from_on is None:
        lacks["from_on"] = "Give the first day it holds"
    elif replaced_from is not None and said.from_on < replaced_from:
        lacks["from_on"] = "It cannot hold from before the version it replaces"
    if said.until_on is not None and said.until_on < max(today, said.from_on or today):
        lacks["until_on"] = "The last day must be today or later, and not before the first"
    latest = today + timedelta(days=_number(settings, AGREEMENT_REVIEWED_WITHIN.name))
    if said.review_on is None or not today < said.review_on <= latest:
        lacks["review_on"] = f"Give a day after today and no later than {latest.day} {latest:%B %Y}"
    elif said.until_on is not None and said.review_on > said.until_on:
        lacks["review_on"] = "Look at it again before it lapses"
    return lacks


def how_it_stands(*, from_on: date, until_on: date | None, review_on: date, ended: bool, today: date) -> How:
    if ended:
        return How.ENDED
    if until_on is not None and until_on < today:
        return How.LAPSED
    if from_on > today:
        return How.NOT_BEGUN
    return How.DUE if review_on <= today else How.IN_FORCE


def refusal_to_rest_on(own: Agreed, in_force: Agreed | None) -> str | None:
    """Why nothing more is shared under a standing decision that rests on an agreement, or None while it holds unchanged."""
    if in_force is None:
        return "The agreement this rests on has ended or lapsed, so nothing more is shared under it. Use the full form."
    if own.terms != in_force.terms:
        return (
            "What the agencies agreed has changed since this was set up, so nothing more is shared under it. "
            "Set up a standing decision under the new version, or use the full form."
        )
    return None


def is_told_of(review_on: date, *, today: date, settings: Mapping[str, object]) -> bool:
    """Some weeks before its review is due, its owner is told."""
    return today >= review_on - timedelta(days=_number(settings, AGREEMENT_TOLD_BEFORE.name))


def is_chased(
    review_on: date, last_chased_on: date | None, *, today: date, settings: Mapping[str, object]
) -> bool:
    if today <= review_on:
        return False
    every = _number(settings, AGREEMENT_CHASED_EVERY.name)
    return last_chased_on is None or today >= add_working_days(last_chased_on, every)


def is_taken_to_the_lead(review_on: date, *, today: date, settings: Mapping[str, object]) -> bool:
    return today >= add_working_days(review_on, _number(settings, AGREEMENT_ESCALATED_AFTER.name))


def _number(settings: Mapping[str, object], name: str) -> int:
    return int(str(settings[name]))
