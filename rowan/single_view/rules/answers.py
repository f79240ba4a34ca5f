"""How a question about looks is answered, by whom, and to whom it goes: never to the person it is about."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

LEAST_WORDS = 3
FOR_GOVERNANCE = "Questions about looks are for information governance."
NO_SUCH_QUESTION = "Either there is no such question, or it is not for you."


class Answered(StrEnum):
    EXPLAINED = "explained"
    LOOKED_INTO = "looked_into"
    PASSED_ON = "passed_on"


ANSWER_NAMES = {
    Answered.EXPLAINED: "Explained",
    Answered.LOOKED_INTO: "Looked into",
    Answered.PASSED_ON: "Passed to the agency’s lead",
}
ANSWER_HINTS = {
    Answered.EXPLAINED: "There is an ordinary reason. Say how you know.",
    Answered.LOOKED_INTO: "Say what was looked into, and what came of it.",
    Answered.PASSED_ON: "Rowan tells nobody. Ring the lead yourself, and say here whom you told and when.",
}


def refusal_to_read(
    *, there: bool, about_them: bool, kept_out: bool, is_governance: bool, is_asked: bool
) -> str | None:
    """To an officer whom it is about, or who is kept out of the child's record, it looks as if there were none."""
    if not is_governance and not is_asked:
        return FOR_GOVERNANCE
    return None if there and not about_them and not kept_out else NO_SUCH_QUESTION


def refusal_of_words(words: str) -> str | None:
    if len(words.split()) >= LEAST_WORDS:
        return None
    return "Say it in a few words that somebody else will understand."


def whom_to_ask(
    officers: Iterable[int], up_the_chain: Iterable[int], *, never: Collection[int], load: Mapping[int, int]
) -> int | None:
    """The officer with fewest open questions; where there is none but the subject, the first up the chain who is neither."""
    there = [officer for officer in officers if officer not in never]
    if there:
        return min(there, key=lambda officer: (load.get(officer, 0), officer))
    return next((person for person in up_the_chain if person not in never), None)
