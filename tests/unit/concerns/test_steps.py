"""The steps of a concern: every move is allowed or explained, and none leads nowhere."""

from hypothesis import given
from hypothesis import strategies as some

from rowan.concerns.rules.steps import AT_REST, MOVES, STEP_NAMES, WAITS_FOR_TRIAGE, Step, refusal_to_move


@given(some.sampled_from(Step), some.sampled_from(Step))
def test_every_move_is_allowed_or_explained(at, to):
    refusal = refusal_to_move(at, to)
    assert (refusal is None) == (to in MOVES[at])
    assert refusal is None or STEP_NAMES[at].lower() in refusal


def test_every_step_can_come_to_rest():
    for step in Step:
        reached, fresh = {step}, {step}
        while fresh:
            fresh = {to for at in fresh for to in MOVES[at]} - reached
            reached |= fresh
        assert reached & AT_REST, step


def test_nothing_moves_to_received_and_nothing_stays_where_it_is():
    assert all(Step.RECEIVED not in to and at not in to for at, to in MOVES.items())


def test_a_decision_can_always_be_challenged_and_a_challenge_only_ends_in_a_decision():
    assert Step.CHALLENGED in MOVES[Step.DECIDED] & MOVES[Step.REFERRER_TOLD]
    assert MOVES[Step.CHALLENGED] == {Step.DECIDED}


def test_triage_has_what_is_not_decided():
    assert {step for step in Step if Step.DECIDED in MOVES[step]} - {Step.CHALLENGED} == WAITS_FOR_TRIAGE
