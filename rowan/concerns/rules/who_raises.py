"""Who raises a concern, and what each kind of person may be told of what came of it.

Somebody who heard nothing stops telling; somebody who heard too much puts a child in danger. So it is a table, and one place reads it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Raises(StrEnum):
    YOUNG_PERSON = "young_person"
    PARENT = "parent"
    CARER = "carer"
    RESIDENT = "resident"
    TAXI_DRIVER = "taxi_driver"
    BUSINESS = "business"
    SCHOOL_LEAD = "school_lead"
    SCHOOL_STAFF = "school_staff"
    HEALTH = "health"
    SEXUAL_HEALTH = "sexual_health"
    POLICE = "police"
    SOCIAL_CARE = "social_care"
    YOUTH_SERVICE = "youth_service"
    HOUSING_OR_COUNCIL = "housing_or_council"
    OTHER_PROFESSIONAL = "other_professional"
    RATHER_NOT_SAY = "rather_not_say"


RAISES_NAMES = {
    Raises.YOUNG_PERSON: "I am a young person",
    Raises.PARENT: "I am a parent or relative",
    Raises.CARER: "I am a foster carer or work in a children’s home",
    Raises.RESIDENT: "I am a resident or neighbour",
    Raises.TAXI_DRIVER: "I drive a taxi or private hire car",
    Raises.BUSINESS: "I work in a shop, hotel or other business",
    Raises.SCHOOL_LEAD: "I am a safeguarding lead of a school or college",
    Raises.SCHOOL_STAFF: "I work in a school or college",
    Raises.HEALTH: "I work in health",
    Raises.SEXUAL_HEALTH: "I work in a sexual-health service",
    Raises.POLICE: "I work for the police",
    Raises.SOCIAL_CARE: "I work in children’s social care",
    Raises.YOUTH_SERVICE: "I work with young people",
    Raises.HOUSING_OR_COUNCIL: "I work for a council or in housing",
    Raises.OTHER_PROFESSIONAL: "I work in another service",
    Raises.RATHER_NOT_SAY: "I would rather not say",
}


class ToldOf(StrEnum):
    """How much of the outcome somebody may be told."""

    THANKS = "thanks"  # that it was read, and nothing of anybody
    PASSED_ON = "passed_on"  # that it went to the right people, and nothing about a child
    OUTCOME = "outcome"  # which kind of decision was made
    DECISION = "decision"  # the decision with its reason, and what happens next


@dataclass(frozen=True)
class MayBeTold:
    of: ToldOf
    why: str


WHAT_EACH_MAY_BE_TOLD: dict[Raises, MayBeTold] = {
    Raises.YOUNG_PERSON: MayBeTold(
        ToldOf.PASSED_ON, "A young person is spoken to by somebody they trust, not by a form."
    ),
    Raises.PARENT: MayBeTold(
        ToldOf.PASSED_ON, "Who writes as a parent may be anybody; the worker speaks to the family."
    ),
    Raises.CARER: MayBeTold(
        ToldOf.OUTCOME, "Carers look after the child and have to know what happens next."
    ),
    Raises.RESIDENT: MayBeTold(ToldOf.THANKS, "A resident has no part in the child’s life."),
    Raises.TAXI_DRIVER: MayBeTold(
        ToldOf.THANKS, "A driver is told nothing about a child, not even that one was found."
    ),
    Raises.BUSINESS: MayBeTold(ToldOf.THANKS, "A business has no part in the child’s life."),
    Raises.SCHOOL_LEAD: MayBeTold(
        ToldOf.DECISION, "The school goes on keeping the child safe and may challenge the decision."
    ),
    Raises.SCHOOL_STAFF: MayBeTold(
        ToldOf.OUTCOME, "The school’s lead is told the decision and tells colleagues what they need."
    ),
    Raises.HEALTH: MayBeTold(ToldOf.DECISION, "A health professional goes on seeing the child."),
    Raises.SEXUAL_HEALTH: MayBeTold(ToldOf.DECISION, "The clinician goes on seeing the child."),
    Raises.POLICE: MayBeTold(ToldOf.DECISION, "The police decide with children’s social care."),
    Raises.SOCIAL_CARE: MayBeTold(ToldOf.DECISION, "Children’s social care carries the decision out."),
    Raises.YOUTH_SERVICE: MayBeTold(ToldOf.DECISION, "The youth worker goes on seeing the child."),
    Raises.HOUSING_OR_COUNCIL: MayBeTold(
        ToldOf.OUTCOME, "They know what happens next, not the child’s circumstances."
    ),
    Raises.OTHER_PROFESSIONAL: MayBeTold(
        ToldOf.OUTCOME, "They know what happens next, not the child’s circumstances."
    ),
    Raises.RATHER_NOT_SAY: MayBeTold(ToldOf.THANKS, "We do not know who they are."),
}


UNVOUCHED = MayBeTold(
    ToldOf.PASSED_ON,
    "On the public page anybody may say that they are anybody. Whoever works with the child and rings the desk is told more there.",
)


def may_be_told(raises: str, *, vouched: bool) -> MayBeTold:
    """Somebody of a kind we do not know is thanked, and told nothing.

    `vouched`: an account, a link sent to an agency or an agency's own system says who they are, and not only they themselves. Whoever
    harms a child may report her, to learn what is known: of what was decided the public page tells nobody.
    """
    try:
        of_their_kind = WHAT_EACH_MAY_BE_TOLD[Raises(raises)]
    except ValueError:
        of_their_kind = WHAT_EACH_MAY_BE_TOLD[Raises.RATHER_NOT_SAY]
    if vouched or of_their_kind.of in {ToldOf.THANKS, ToldOf.PASSED_ON}:
        return of_their_kind
    return UNVOUCHED
