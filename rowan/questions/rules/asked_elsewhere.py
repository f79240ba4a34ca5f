"""What is asked of a named person and stands in another room: told in the register, so that nobody looks for its rule here or takes it for missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from .declaration import Values, some


@dataclass(frozen=True)
class AskedElsewhere:
    name: str
    title: str
    sentence: str  # as published; {names} stand for the working days in force
    question: str
    asks: str
    source: str
    carried_by: str  # the room that asks, in the field's words
    address: str  # where it is told in full, for those who sign in
    numbers: Mapping[str, str]  # each name in the sentence, and the other room's setting behind it

    def published(self, values: Values) -> str:
        return self.sentence.format(
            **{word: some(int(values[name]), "working day") for word, name in self.numbers.items()}
        )


OVERDUE = AskedElsewhere(
    name="overdue",
    title="A review, an action or an answer is overdue",
    sentence=(
        "Whatever somebody owes by a day has a clock with an owner: the review of a plan or a meeting, an action, the answer to a question, to another agency or to a concern. "
        "When the day has passed it is put to its owner, who has {practitioner}; if nobody sees to it, it goes up: to the manager, who has {manager}, the head of service, "
        "who has {head_of_service}, the safeguarding lead, who has {safeguarding_lead}, and the safeguarding partnership, who is asked again every {partnership}."
    ),
    question="What is done about it, and by when?",
    asks="its owner by name, else whoever holds the post it is owed by; while they are away their deputy, then the next level above",
    source="Working together to safeguard children (statutory guidance), on local procedures for escalation; area procedures give 1 to 5 working days a stage.",
    carried_by="escalation",
    address="escalation:ladder",
    numbers={
        level: f"escalation.overdue_{level}_working_days"
        for level in ("practitioner", "manager", "head_of_service", "safeguarding_lead", "partnership")
    },
)
ASKED_ELSEWHERE: tuple[AskedElsewhere, ...] = (OVERDUE,)
