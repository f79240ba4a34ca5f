"""The steps of the hub's work: every move is allowed or explained, every step owes something, nothing steps down by itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.assessments.rules.eighteen import eighteenth_birthday, move_planned_by
from rowan.assessments.rules.step_down import (
    NO_TRANSITION,
    NOT_APPROVED,
    STRATEGY_WAITS,
    Asked,
    refusal_to_step_down,
    what_is_missing,
)
from rowan.assessments.rules.steps import (
    MOVES,
    OPEN,
    OWED,
    STEP_NAMES,
    TAKES_A_SECOND_PERSON,
    Step,
    refusal_to_move,
    step_after_approval,
)

TODAY = date(2026, 6, 3)
steps = st.sampled_from([*Step])


def test_every_step_has_a_name_its_moves_and_something_that_is_owed():
    assert set(MOVES) == set(OWED) == set(STEP_NAMES) == set(Step)


@given(steps, steps)
def test_every_move_is_allowed_or_explained(step, to):
    assert (refusal_to_move(step, to) is None) == (to in MOVES[step])


def test_every_step_can_be_reached_and_left():
    reached, fresh = {Step.SCREENING}, {Step.SCREENING}
    while fresh:
        fresh = {to for step in fresh for to in MOVES[step]} - reached
        reached |= fresh
    assert reached == set(Step)
    assert all(MOVES.values())


def test_closed_work_is_opened_again_and_nothing_else():
    assert MOVES[Step.CLOSED] == {Step.SCREENING}
    assert Step.CLOSED not in OPEN


@given(st.sampled_from(sorted(OPEN)), st.booleans(), st.booleans())
def test_an_approval_alone_never_steps_down_and_never_closes(step, is_screen, indicated):
    to = step_after_approval(step, is_screen=is_screen, indicated=indicated)
    assert to not in TAKES_A_SECOND_PERSON
    assert to == step or refusal_to_move(step, to) is None


ASKED = Asked(
    "watched",
    "emerging_concern",
    "Home every night since April; the number is blocked",
    "She feels safe",
    TODAY + timedelta(days=60),
)


def missing(**more) -> set[str]:
    asked = Asked(**{**vars(ASKED), **more})
    return set(what_is_missing(asked, stands="significant_concern", today=TODAY, look_back_within_days=183))


@pytest.mark.parametrize(
    ("box", "value"),
    [
        ("evidence", " "),
        ("childs_view", ""),
        ("look_back_on", None),
        ("look_back_on", TODAY),
        ("look_back_on", TODAY + timedelta(days=184)),
        ("to", "review"),
        ("state", "experiencing_harm"),
        ("state", ""),
    ],
)
def test_a_step_down_lacks_what_is_left_out(box, value):
    assert missing() == set()
    assert missing(**{box: value}) == {box}


@given(
    steps,
    st.sampled_from(["watched", "closed"]),
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(0, 25),
    st.booleans(),
)
def test_nothing_steps_down_over_a_waiting_sign_an_unapproved_version_or_a_birthday(
    step, to, approved, waits, age, moved_on
):
    refusal = refusal_to_step_down(
        step, to, approved=approved, strategy_waits=waits, age=age, moved_on=moved_on
    )
    grown_up = to == "closed" and age is not None and age >= 18 and not moved_on
    assert (refusal is None) == (Step(to) in MOVES[step] and approved and not waits and not grown_up)


def test_each_refusal_says_what_to_do_next():
    fine = {"approved": True, "strategy_waits": False, "age": 15, "moved_on": False}
    assert refusal_to_step_down("review", "closed", **fine) is None
    assert refusal_to_step_down("review", "closed", **(fine | {"strategy_waits": True})) == STRATEGY_WAITS
    assert refusal_to_step_down("review", "closed", **(fine | {"approved": False})) == NOT_APPROVED
    assert refusal_to_step_down("review", "closed", **(fine | {"age": 18})) == NO_TRANSITION
    assert refusal_to_step_down("review", "watched", **(fine | {"age": 18})) is None


@given(st.dates(date(2000, 1, 1), date(2026, 6, 3)), st.integers(1, 730))
def test_the_move_at_18_is_planned_before_it_or_today(born, days_before):
    due_on = move_planned_by(born, TODAY, days_before)
    assert due_on >= TODAY
    assert due_on == TODAY or due_on == eighteenth_birthday(born) - timedelta(days=days_before)
    assert move_planned_by(None, TODAY, days_before) is None


def test_a_birthday_on_29_february_is_kept_on_1_march():
    assert eighteenth_birthday(date(2008, 2, 29)) == date(2026, 3, 1)
