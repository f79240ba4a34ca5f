"""Four descriptive states, each apart from urgency, confidence and trend; a sign of harm is never filed as risk."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.assessments.rules.states import ONLY_A_MANAGER, SIGN_STANDS, State, refusal_of_state, says_less
from rowan.assessments.rules.written import STEP_DOWN_INSTEAD, VIEWS, Said, what_is_missing
from rowan.chronology.rules.observations import OBSERVATIONS, Kind

TODAY = date(2026, 6, 3)
WHOLE = Said(
    written_as="screen",
    narrative="An adult waits for her after school.",
    child_view="She says he is a friend.",
    carer_view="Her mother is worried.",
    school_not_sought="Half term",
    state="emerging_concern",
    why_state="He is not known to the family.",
    urgency="days",
    confidence="partly",
    trend="not_known",
    review_on=TODAY + timedelta(days=28),
)


def but(**more) -> Said:
    return Said(**{**vars(WHOLE), **more})


def missing(said: Said, stands: str = "") -> dict[str, str]:
    return what_is_missing(said, stands=stands, today=TODAY, review_within_days=84)


def test_a_whole_screen_lacks_nothing_and_no_tick_is_needed():
    assert WHOLE.noticed == ()
    assert missing(WHOLE) == {}


def test_the_narrative_comes_first_ticks_alone_are_not_enough():
    assert set(missing(but(narrative=" ", noticed=("FAM-01", "MISS-02")))) == {"narrative"}


@pytest.mark.parametrize("whose", VIEWS)
def test_each_view_is_asked_for_and_not_sought_because_is_an_answer(whose):
    neither = {f"{whose}_view": "", f"{whose}_not_sought": ""}
    assert set(missing(but(**neither))) == {f"{whose}_view"}
    assert missing(but(**(neither | {f"{whose}_not_sought": "It would warn an adult at home"}))) == {}


def test_a_sign_of_harm_says_what_was_seen_and_when():
    said = but(noticed=("ADU-05",), state="experiencing_harm")
    assert set(missing(said)) == {"harm_words", "harm_seen_on"}
    assert missing(but(noticed=("ADU-05",), state="experiencing_harm", harm_words="A hotel", harm_seen_on=TODAY)) == {}  # fmt: skip
    tomorrow = TODAY + timedelta(days=1)
    assert "harm_seen_on" in missing(but(noticed=("ADU-05",), harm_words="A hotel", harm_seen_on=tomorrow))


def test_a_version_cannot_say_less_than_what_stands():
    assert missing(WHOLE, stands="significant_concern") == {"state": STEP_DOWN_INSTEAD}
    assert missing(WHOLE, stands="not_indicated") == {}


def test_the_day_of_the_next_review_is_soon_and_not_past():
    for on in (None, TODAY, TODAY + timedelta(days=85)):
        assert set(missing(but(review_on=on))) == {"review_on"}


SIGNS = [each.code for each in OBSERVATIONS if each.kind is Kind.SIGN_OF_HARM]
OTHERS = [each.code for each in OBSERVATIONS if each.kind is not Kind.SIGN_OF_HARM]


@given(st.sampled_from([*State]), st.booleans(), st.text(max_size=10), st.booleans())
def test_over_a_sign_of_harm_only_a_manager_who_writes_why_says_anything_else(state, sign, why, is_manager):
    refusal = refusal_of_state(state, sign_of_harm=sign, why=why, is_manager=is_manager)
    allowed = not sign or state is State.EXPERIENCING_HARM or (is_manager and bool(why.strip()))
    assert (refusal is None) == allowed
    assert refusal in {None, SIGN_STANDS, ONLY_A_MANAGER}


@given(st.lists(st.sampled_from(OTHERS)), st.lists(st.sampled_from(SIGNS)))
def test_however_much_is_ticked_it_moves_no_state(others, signs):
    """Ticks decide one thing, whether a sign of harm is among them; how many there are decides nothing."""
    said = but(noticed=(*others, *signs), harm_words="x", harm_seen_on=TODAY)
    assert missing(said) == {}
    assert bool(said.signs) == bool(signs)


@given(st.sampled_from([*State]), st.sampled_from([*State]))
def test_of_two_states_at_most_one_says_less(one, other):
    assert not (says_less(one, other) and says_less(other, one))
    assert says_less(one, other) or says_less(other, one) or one == other
    assert not says_less("", one)
