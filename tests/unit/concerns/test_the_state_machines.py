"""However a concern, or a protection of the law, wanders through its steps: nowhere without an owner's clock and a date, but at rest."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rowan.concerns.rules import protections
from rowan.concerns.rules.deciding import what_is_owed
from rowan.concerns.rules.decisions import Decided
from rowan.concerns.rules.protection_settings import SETTINGS
from rowan.concerns.rules.protections import About, State
from rowan.concerns.rules.running import CLOCKS, RUNS_AT, TO_BE_LOOKED_AT, clock_at, clocks_that_stop
from rowan.concerns.rules.steps import AT_REST, MOVES, Step, refusal_to_move
from rowan.concerns.rules.telling import may_challenge, words_for
from rowan.concerns.rules.urgency import Urgency
from rowan.concerns.rules.who_raises import ToldOf
from rowan.timescales.rules.settings import values_on


@given(
    st.lists(st.integers(min_value=0, max_value=5), max_size=40),
    st.lists(st.sampled_from(Urgency), min_size=41, max_size=41),
)
def test_a_concern_always_has_one_clock_unless_nothing_more_is_owed(choices, urgencies):
    """However urgent it is said to be on the way."""
    step, running = Step.RECEIVED, {clock_at(Step.RECEIVED, urgencies[0])}
    for choice, urgency in zip(choices, urgencies[1:], strict=False):
        to = list(Step)[choice % len(Step)]
        if refusal_to_move(step, to):
            assert to not in MOVES[step]
            continue
        step = to
        running -= set(clocks_that_stop(step, urgency))
        running |= {clock_at(step, urgency)} - {None}
        assert running == ({clock_at(step, urgency)} if step not in AT_REST else set())
        assert None not in running


def test_only_red_that_nobody_has_read_has_to_be_looked_at_within_the_hour():
    found = {(step, urgency) for step in Step for urgency in Urgency if clock_at(step, urgency) == TO_BE_LOOKED_AT}  # fmt: skip
    assert found == {(Step.RECEIVED, Urgency.RED)}


def test_every_step_is_reached_and_every_one_leads_on():
    reached, fresh = {Step.RECEIVED}, [Step.RECEIVED]
    for step in fresh:
        fresh += [to for to in MOVES[step] if to not in reached and not reached.add(to)]
    assert reached == set(Step)
    assert all(MOVES[step] for step in Step)
    assert set(CLOCKS) == {*RUNS_AT.values(), TO_BE_LOOKED_AT}


@settings(deadline=None)  # the first reading of a year’s bank holidays takes its time
@given(st.sampled_from(About), st.lists(st.sampled_from(State), max_size=30), st.dates(date(2026, 1, 1), date(2029, 1, 1)))  # fmt: skip
def test_a_protection_always_has_a_date_unless_it_is_at_rest(about, wishes, day):
    state, values = protections.BEGINS[about], values_on(SETTINGS, [], day)
    said = {"words": "w", "act": "received", "purpose": "criminal", "reference": "r", "to_whom": "t"}
    for to in wishes:
        refusal = protections.refusal_to_take(state, to, **said)
        assert (refusal is None) == (to in protections.MOVES[state])
        state = to if refusal is None else state
        due = protections.due_on(state, day, values)
        assert (due is None) == (state in protections.AT_REST)
        assert due is None or due >= day


def test_where_a_protection_is_not_at_rest_something_follows():
    assert all(protections.MOVES[state] for state in State if state not in protections.AT_REST)


@given(st.sampled_from(ToldOf), st.sampled_from(Decided), st.text(min_size=12))
def test_nobody_is_told_more_than_they_may_be(of, decided, reason):
    words = words_for(of, decided=decided, reason=f"<<{reason}>>", facts=[("referral", date(2026, 6, 3))])
    assert (f"<<{reason}>>" in words) == (of == ToldOf.DECISION)
    assert ("referral on 3 June 2026" in words) == (of in {ToldOf.OUTCOME, ToldOf.DECISION})
    assert may_challenge(of) == (of in {ToldOf.OUTCOME, ToldOf.DECISION})


@given(st.sampled_from(Decided), st.booleans(), st.booleans())
def test_at_a_sign_of_harm_other_children_are_always_asked_about(decided, challenged, agreed):
    said = {
        "manager": "M",
        "early_help_agreed": agreed,
        "challenged": challenged,
        "about_a_professional": False,
    }
    assert what_is_owed(decided, signs=True, other_children=" ", decided_before_by_me=False, **said)
    assert what_is_owed(decided, signs=True, other_children="None", decided_before_by_me=True, **said)


def test_the_duty_to_report_is_owed_the_day_it_was_learned_a_sunday_too():
    sunday = date(2026, 6, 7)
    assert protections.due_on(State.LEARNED, sunday, values_on(SETTINGS, [], sunday)) == sunday
