"""What is waited for once it is decided to refer: the referral with its date and reference, then children's social care's answer."""

from collections.abc import Collection

from .deciding import REFERS
from .decisions import Fact

REFERRAL_OWED = "a referral to be made and recorded"
ANSWER_OWED = "children's social care's answer to a referral"
CLOCKS = (REFERRAL_OWED, ANSWER_OWED)
ANSWERS = {Fact.ACCEPTED.value, Fact.NOT_ACCEPTED.value}


def what_is_waited_for(decided: str, facts: Collection[str]) -> str | None:
    """`facts`: what children's social care's own system is known to say of this concern."""
    if Fact.REFERRAL.value in facts:
        return None if ANSWERS & set(facts) else ANSWER_OWED
    return REFERRAL_OWED if decided in {each.value for each in REFERS} else None
