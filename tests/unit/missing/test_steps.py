"""The steps of a missing episode and its interview: every move is allowed or explained, and nothing is owed by nobody."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from rowan.missing.rules.due import clock_due_on, held, interview_due_at
from rowan.missing.rules.settings import SETTINGS
from rowan.missing.rules.steps import (
    AT_REST,
    CLOCKS,
    INTERVIEW_AT_REST,
    INTERVIEW_MOVES,
    INTERVIEW_NAMES,
    MISSING_NOW,
    MOVES,
    STEP_NAMES,
    Interview,
    Step,
    clock_of,
    refusal_of_interview,
    refusal_to_move,
)
from rowan.timescales.rules.settings import values_on

TODAY = date(2026, 6, 3)
VALUES = values_on(SETTINGS, [], TODAY)
MACHINES = [(MOVES, STEP_NAMES, AT_REST), (INTERVIEW_MOVES, INTERVIEW_NAMES, INTERVIEW_AT_REST)]


@given(some.sampled_from(Step), some.sampled_from(Step))
def test_every_step_is_allowed_or_explained(at, to):
    refusal = refusal_to_move(at, to)
    assert (refusal is None) == (to in MOVES[at])
    assert refusal is None or STEP_NAMES[at].lower() in refusal


@given(some.sampled_from(Interview), some.sampled_from(Interview))
def test_every_step_of_an_interview_is_allowed_or_explained(at, to):
    refusal = refusal_of_interview(at, to)
    assert (refusal is None) == (to in INTERVIEW_MOVES[at])
    assert refusal is None or INTERVIEW_NAMES[at].lower() in refusal


@given(some.sampled_from(Interview))
def test_before_the_return_no_interview_takes_any_step(to):
    assert "Record the return first" in refusal_of_interview("", to)


# The calendar of bank holidays is made at its first use.
@settings(deadline=None)
@given(some.data())
def test_wherever_people_go_something_is_owed_until_nothing_is(data):
    """Any walk: at every step a clock runs that has a due date, or the machine is at rest."""
    step, interview = Step.REPORTED, ""
    for _ in range(data.draw(some.integers(0, 12))):
        if step != Step.RETURNED:
            following = sorted(MOVES[step])
            if not following:
                break
            step = data.draw(some.sampled_from(following))
            interview = Interview.REQUIRED if step == Step.RETURNED else ""
        elif following := sorted(INTERVIEW_MOVES[Interview(interview)]):
            interview = data.draw(some.sampled_from(following))
        at_rest = interview in INTERVIEW_AT_REST or step == Step.NOT_MISSING
        clock = clock_of(step, interview)
        assert bool(clock) != at_rest
        if clock:
            assert (
                clock_due_on(clock, today=TODAY, interview_due_on=TODAY + timedelta(days=3), values=VALUES)
                >= TODAY
            )


@pytest.mark.parametrize(("moves", "names", "at_rest"), MACHINES)
def test_every_step_has_a_name_and_can_come_to_rest(moves, names, at_rest):
    assert set(moves) == set(names)
    for step in moves:
        reached, fresh = {step}, {step}
        while fresh:
            fresh = {to for at in fresh for to in moves[at]} - reached
            reached |= fresh
        assert reached & at_rest, step


def test_a_child_who_declined_or_could_not_be_heard_can_always_be_asked_again():
    for at in (Interview.DECLINED, Interview.CARER_ASKED, Interview.NOT_POSSIBLE):
        assert Interview.OFFERED in INTERVIEW_MOVES[at]


def test_every_step_of_a_missing_child_has_a_clock():
    assert set(CLOCKS) >= MISSING_NOW
    assert set(CLOCKS) >= set(Interview) - INTERVIEW_AT_REST


@given(
    some.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    some.timedeltas(timedelta(), timedelta(days=9)),
)
def test_in_time_is_within_72_hours_of_the_return_weekends_and_all(returned_at, after):
    due_at = interview_due_at(returned_at, VALUES)
    assert due_at - returned_at == timedelta(hours=72)
    in_time = held(returned_at + after, due_at) == Interview.HELD_IN_TIME
    assert in_time == (after <= timedelta(hours=72))
