"""What whoever raised a concern is shown of what came of it: as much as the table says for their kind, and not a word more."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from .actions.raising import settings_on
from .models import Concern
from .rules.decisions import DECIDED_NAMES, Fact
from .rules.receipts import says_of_referral
from .rules.urgency import next_read_at
from .rules.who_raises import ToldOf

READ = "It is being looked at."
WAITS = "It has been received and is not read yet."
DONE = "It has been read, and somebody has decided what happens next."
WITH_THE_OFFICER = (
    "It has been received. The designated officer tells those who have to know what comes of it."
)
THANKS = "Thank you. It has been read by those whose job it is to keep children safe. We cannot tell you what happens next."
PASSED_ON = "It has been read and passed to those who need to know. We cannot say more here about anybody."


@dataclass(frozen=True)
class Outcome:
    """What may be told now. `says` is a paragraph each."""

    says: list[str]
    referral: str
    next_read_at: datetime | None


def outcome_of(concern: Concern, now: datetime) -> Outcome:
    of = concern.may_be_told.of
    waits = concern.waits_for_triage
    return Outcome(
        says=[WAITS if concern.step == "received" else READ] if waits else _decided(concern, of),
        referral=says_of_referral(of, _referred_on(concern)),
        next_read_at=reads_next(now) if concern.step == "received" else None,
    )


def outcome_for_a_system(concern: Concern, now: datetime) -> Outcome:
    """As for anybody of their kind. Of one about a professional no more than that it came: whoever it is about may look after the system."""
    if not concern.about_a_professional:
        return outcome_of(concern, now)
    return Outcome([WITH_THE_OFFICER], says_of_referral(ToldOf.PASSED_ON, None), None)


def reads_next(now: datetime) -> datetime:
    """When somebody next reads what comes in."""
    return next_read_at(timezone.localtime(now), settings_on(timezone.localdate(now)))


def _decided(concern: Concern, of: ToldOf) -> list[str]:
    if of == ToldOf.THANKS:
        return [THANKS]
    if of == ToldOf.PASSED_ON:
        return [PASSED_ON]
    if told := concern.told.last():
        return [told.words]
    decision = concern.decisions.standing().last()
    if decision is None:
        return [DONE]
    kind = f"Decided on {_day(decision.at)}: {DECIDED_NAMES[decision.decided].lower()}."
    return [kind, f"Why: {decision.reason}"] if of == ToldOf.DECISION else [kind]


def _referred_on(concern: Concern):
    fact = concern.statutory_facts.filter(fact=Fact.REFERRAL.value).first()
    return fact.on if fact else None


def _day(moment: datetime) -> str:
    on = timezone.localtime(moment)
    return f"{on.day} {on:%B %Y}"
