"""What a return home interview asks: before, during and after; what pushed, what pulled; and where each part of it may be read.

Statutory guidance 2014; Missing People (domain 3.5). Factors are prompts, in words that blame no child: none need be chosen.
"""

from collections.abc import Collection
from dataclasses import dataclass

from rowan.chronology.rules.observations import BY_CODE, OBSERVATIONS, Kind, Observation

PUSH = {
    "home_conflict": "Conflict or violence at home",
    "home_unsafe": "Not feeling safe or cared for where the child lives",
    "placement": "Unhappy in the placement, or moved there not long ago",
    "loss": "Loss, bereavement or worry about somebody",
    "school": "Bullying or trouble at school",
    "not_heard": "Not being listened to",
}
PULL = {
    "family": "To be with family",
    "friends": "To be with friends",
    "older_person": "Somebody older, or somebody met online, was waiting",
    "gifts": "Money, gifts, drink or drugs were offered",
    "told_to": "Was told, made or threatened to go",
    "belonging": "A place or group to belong to",
}
FACTORS = PUSH | PULL
TOLD_OF_HARM = {"yes": "Yes", "no": "No", "not_sure": "Not sure"}
# The child tells somebody: what stands for harm that was told and that no other observation names.
TOLD = "VOICE-01"
RAISES = "MISS-04"
# What the feed already reports, what this very interview is, and what only a clinician can say.
_NOT_TO_PICK = {"MISS-01", "MISS-02", "MISS-03", RAISES, "HLT-02"}


@dataclass(frozen=True)
class Found:
    """What decides which lines an interview leaves in the chronology."""

    told_of_harm: str
    noticed: tuple[str, ...] = ()
    raises_people_or_places: bool = False


def to_pick_from(kind: Kind) -> list[Observation]:
    return [each for each in OBSERVATIONS if each.kind is kind and each.code not in _NOT_TO_PICK]


def signs_of_harm(found: Found) -> list[Observation]:
    """Every sign of harm in it. Harm that was told of is one, whether or not somebody picked a line for it."""
    signs = [BY_CODE[code] for code in found.noticed if BY_CODE[code].kind is Kind.SIGN_OF_HARM]
    return signs or ([BY_CODE[TOLD]] if found.told_of_harm == "yes" else [])


def observation_of(found: Found) -> str:
    """What the interview's own line is: an indicator when it raises people, places or harm."""
    return RAISES if found.raises_people_or_places or found.told_of_harm != "no" else ""


def named(codes: Collection[str], among: dict[str, str]) -> list[str]:
    return [words for code, words in among.items() if code in codes]
