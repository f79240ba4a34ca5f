"""An action: every step and every move; none that is open is without an owner and a date."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rowan.plans.rules.steps import (
    AT_REST,
    MOVES,
    OUTCOMES,
    STEP_NAMES,
    Ended,
    Step,
    refusal_to_move,
    what_is_missing_to_end,
    what_is_missing_to_set,
)

TODAY = date(2026, 6, 3)
days = st.one_of(st.none(), st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n)))
words = st.text(max_size=5)


def test_every_step_has_a_name_and_its_moves():
    assert set(STEP_NAMES) == set(MOVES) == set(Step)
    assert {step for step in Step if not MOVES[step]} == AT_REST
    assert set(OUTCOMES) == MOVES[Step.OPEN]


@given(st.sampled_from(Step), st.sampled_from(Step))
def test_every_move_is_allowed_or_explained(step, to):
    refusal = refusal_to_move(step, to)
    assert (refusal is None) == (to in MOVES[step])
    assert refusal is None or refusal.endswith(".")


@given(words, days, st.booleans())
def test_no_action_is_open_without_an_owner_and_a_date_that_has_not_passed(what, due_on, has_owner):
    lacks = what_is_missing_to_set(what, due_on, has_owner=has_owner, today=TODAY)
    whole = bool(what.strip()) and has_owner and due_on is not None and due_on >= TODAY
    assert (lacks == {}) == whole


@given(st.one_of(st.sampled_from([step.value for step in Step]), words), words, days, st.booleans())
def test_an_action_ends_with_words_and_what_is_carried_forward_has_an_owner_and_a_date(
    to, said, due_on, has_owner
):
    lacks = what_is_missing_to_end(Ended(to, said, due_on, has_owner), today=TODAY)
    if lacks:
        return
    assert to in OUTCOMES and said.strip()
    assert to != Step.CARRIED or (due_on is not None and due_on >= TODAY and has_owner)
