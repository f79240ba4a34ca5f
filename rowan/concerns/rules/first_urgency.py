"""How urgent a concern is until somebody has read it: by what whoever raised it said, and by nothing else. Triage may change it."""

from .told import Told
from .urgency import Urgency
from .what_it_is_about import About

IN_DANGER = "Whoever raised it says that a child is in danger now."
SIGN_OF_HARM = "It tells of a sign that a child may be being harmed: that is looked at the same day."
CHILD = "It is about a child, and tells of no sign of harm and no danger now."
PROFESSIONAL = "It is about somebody who works with children."
NO_CHILD = "It is about no one child, and tells of no danger now."


def first_urgency(told: Told) -> tuple[Urgency, str]:
    """The urgency, and why, in a sentence for whoever reads it."""
    if told.immediate_danger:
        return Urgency.RED, IN_DANGER
    if "S" in told.kinds.values():
        return Urgency.RED, SIGN_OF_HARM
    if told.about_a_professional:
        return Urgency.AMBER, PROFESSIONAL
    if told.about == About.CHILD:
        return Urgency.AMBER, CHILD
    return Urgency.GREEN, NO_CHILD
