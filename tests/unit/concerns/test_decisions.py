"""What triage can decide, and what it cannot yet."""

import pytest

from rowan.concerns.rules.decisions import Decided, refusal_of_decision

WHOLE = {
    "about": "child",
    "matched": True,
    "has_worker": True,
    "reason": "Two new facts from the school",
    "signs_unanswered": False,
}


@pytest.mark.parametrize("decided", list(Decided))
def test_what_says_why_can_be_decided(decided):
    assert refusal_of_decision(decided, **WHOLE) is None


@pytest.mark.parametrize(
    ("decided", "but", "says"),
    [
        ("closed", {}, "Choose what is decided"),
        (Decided.REFERRAL, {"reason": " "}, "Say why"),
        (Decided.REFERRAL, {"about": "place"}, "not about a child"),
        (Decided.REFERRAL, {"matched": False}, "which child"),
        (Decided.TO_WORKER, {"has_worker": False}, "Nobody works with this child"),
        (Decided.NO_FURTHER_ACTION, {"signs_unanswered": True}, "sign of harm"),
        (Decided.ADVICE, {"signs_unanswered": True}, "sign of harm"),
    ],
)
def test_what_cannot_be_decided_says_why_not(decided, but, says):
    assert says in refusal_of_decision(decided, **WHOLE | but)


def test_a_sign_of_harm_holds_up_no_referral():
    for decided in (Decided.REFERRAL, Decided.STRATEGY, Decided.TO_WORKER):
        assert refusal_of_decision(decided, **WHOLE | {"signs_unanswered": True}) is None
