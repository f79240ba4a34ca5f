"""What an answer must say, and what it sets going."""

from datetime import date, timedelta
from enum import StrEnum

from rowan.timescales.rules.working_days import add_working_days


class Answered(StrEnum):
    CONCERN = "concern"
    STRATEGY = "strategy"
    IN_PLAN = "in_plan"
    EXPLAINED = "explained"
    LOOK_AGAIN = "look_again"


class Act(StrEnum):
    """What is owed after an answer, until the room for it stands."""

    RAISE_CONCERN = "raise_concern"
    STRATEGY_DISCUSSION = "strategy_discussion"
    ASK_AGENCY = "ask_agency"


ACTS = {
    Answered.CONCERN: Act.RAISE_CONCERN,
    Answered.STRATEGY: Act.STRATEGY_DISCUSSION,
    Answered.LOOK_AGAIN: Act.ASK_AGENCY,
}
ACT_NAMES = {
    Act.RAISE_CONCERN: "raise or join a concern with children's social care",
    Act.STRATEGY_DISCUSSION: "hold a strategy discussion",
    Act.ASK_AGENCY: "ask the agency",
}
# Being asked opens the record until the question is answered, and so long after, to read and correct the answer (docs/adr/0012).
SEEN_AFTER_DAYS = 28
LOOK_AGAIN_WITHIN_DAYS = 90

WHAT_HAPPENS_TO_A_WRONG_ROW = (
    "Tonight's run takes this row away from this child and keeps the two apart from then on. "
    "Until then it stands here, marked with what you said. If it turns out to be this child after all, your judgement can be undone."
)


def refusal_to_take(
    kind: str, *, text: str, how_known: str, asks_an_agency: bool, look_again_on: date | None, today: date
) -> str | None:
    """What the answer still lacks, in words for the person answering; None when it is whole."""
    if kind not in {known.value for known in Answered}:
        return "Choose one of the answers."
    if kind == Answered.IN_PLAN and not text.strip():
        return "Say which plan already covers this."
    if kind == Answered.EXPLAINED and not (text.strip() and how_known.strip()):
        return "Say what explains this, and how you know."
    if kind != Answered.LOOK_AGAIN:
        return None
    if not asks_an_agency:
        return "Say which agency you are asking."
    if look_again_on is None or look_again_on <= today:
        return "Give a date after today on which to look again."
    if look_again_on > today + timedelta(days=LOOK_AGAIN_WITHIN_DAYS):
        return f"Look again within {LOOK_AGAIN_WITHIN_DAYS} days: nothing about a child is put off longer."
    return None


def act_owed(kind: str) -> Act | None:
    return ACTS.get(Answered(kind))


def act_due_on(act: Act, *, today: date, look_again_on: date | None) -> date:
    """A strategy discussion is due the same day, weekend or not; a concern is raised within one working day."""
    if act == Act.STRATEGY_DISCUSSION:
        return today
    if act == Act.ASK_AGENCY and look_again_on:
        return look_again_on
    return add_working_days(today, 1)


OTHER_CHILDREN = "Other children? Siblings, friends, that address"
ASKS_OF_OTHERS = "Say whether other children may be affected: siblings, friends, that address."


def refusal_of_strategy_answer(*, reason: str, manager: str) -> str | None:
    if not reason.strip():
        return "Say why a strategy discussion was held, or why not."
    if not manager.strip():
        return "Name the manager who decided."
    return None
