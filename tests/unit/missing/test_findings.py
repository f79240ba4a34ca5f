"""What an interview leaves behind: every sign of harm asks, harm that was told of asks, and nothing else does."""

from hypothesis import given
from hypothesis import strategies as some

from rowan.chronology.rules.observations import BY_CODE, OBSERVATIONS, Kind
from rowan.missing.rules.findings import TOLD, Found, observation_of, signs_of_harm, to_pick_from

CODES = [each.code for each in OBSERVATIONS]


@given(some.sampled_from(["yes", "no", "not_sure"]), some.lists(some.sampled_from(CODES), unique=True))
def test_no_sign_of_harm_is_left_out_and_nothing_else_is_made_one(told, noticed):
    signs = signs_of_harm(Found(told, tuple(noticed)))
    picked = [code for code in noticed if BY_CODE[code].kind is Kind.SIGN_OF_HARM]
    assert [sign.code for sign in signs] == (picked or ([TOLD] if told == "yes" else []))
    assert all(sign.kind is Kind.SIGN_OF_HARM for sign in signs)


def test_an_interview_that_raises_people_places_or_harm_is_an_indicator():
    assert observation_of(Found("no")) == ""
    assert observation_of(Found("no", raises_people_or_places=True)) == "MISS-04"
    assert observation_of(Found("not_sure")) == "MISS-04"


def test_repeat_missing_is_a_rules_to_say_and_not_the_interviewers():
    codes = {each.code for kind in Kind for each in to_pick_from(kind)}
    assert codes & {"MISS-01", "MISS-02", "MISS-03", "MISS-04"} == set()
