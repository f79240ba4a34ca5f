"""After a decision to refer something is owed until children's social care has answered, and nothing after that."""

from hypothesis import given
from hypothesis import strategies as st

from rowan.concerns.rules.decisions import Decided, Fact
from rowan.concerns.rules.social_care import ANSWER_OWED, REFERRAL_OWED, what_is_waited_for

facts = st.sets(st.sampled_from([each.value for each in Fact]))


@given(st.sampled_from([each.value for each in Decided]), facts)
def test_nothing_is_waited_for_once_social_care_has_answered(decided, facts):
    owed = what_is_waited_for(decided, facts)
    if "referral" in facts:
        assert owed == (None if facts & {"accepted", "not_accepted"} else ANSWER_OWED)
    else:
        assert owed == (REFERRAL_OWED if decided in {"referral", "strategy"} else None)
