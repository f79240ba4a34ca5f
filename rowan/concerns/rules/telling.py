"""What a referrer is told, in words: never more than their kind may be told (`who_raises`), and always whether there is a referral."""

from collections.abc import Iterable
from datetime import date

from .decisions import DECIDED_NAMES, NOT_REFERRED, REFERRED, Decided, Fact
from .kept_in_health import refusal_of_words_kept_in_health
from .told import HEALTH, LONGEST
from .who_raises import ToldOf

THANKS = "Thank you. What you told us was read by the safeguarding hub. We cannot tell you what happened after that."
PASSED_ON = (
    "Thank you. What you told us was read by the safeguarding hub and went to the people whose work it is."
)
HOW = {
    "in_rowan": "In Rowan, on their own page of it",
    "by_code": "With the code of their receipt",
    "by_telephone": "By telephone, or face to face",
    "not_reached": "They could not be reached",
}


def words_for(of: ToldOf, *, decided: str, reason: str, facts: Iterable[tuple[str, date]]) -> str:
    """The words to say or send. A taxi driver is told nothing about a child; a safeguarding lead the decision."""
    if of == ToldOf.THANKS:
        return THANKS
    if of == ToldOf.PASSED_ON:
        return PASSED_ON
    referral = referral_in_words(facts)
    outcome = f"What was decided: {DECIDED_NAMES[Decided(decided)].lower()}. {referral}"
    return outcome if of == ToldOf.OUTCOME else f"{outcome} Why: {reason}"


def referral_in_words(facts: Iterable[tuple[str, date]]) -> str:
    day = next((on for fact, on in facts if fact == Fact.REFERRAL), None)
    return REFERRED.format(day=f"{day.day} {day:%B %Y}") if day else NOT_REFERRED


def may_challenge(of: ToldOf) -> bool:
    """Who may be told what was decided may say that it is wrong."""
    return of in {ToldOf.OUTCOME, ToldOf.DECISION}


def refusal_of_challenge(why: str, sought: str, *, raises: str) -> str | None:
    if not why.strip():
        return "Say why you disagree."
    if len(why) > LONGEST or len(sought) > LONGEST:
        return f"This is longer than {LONGEST} letters. Shorten it."
    return None if raises in HEALTH else refusal_of_words_kept_in_health(why, sought)
