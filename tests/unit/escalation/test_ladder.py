"""Up the ladder: never in a circle, never in silence, and never to nobody while somebody is there."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rowan.agencies.rules.chain import Away, Chair, Sitting
from rowan.escalation.rules.disagreements import (
    AT_REST,
    MOVES,
    STEP_NAMES,
    Said,
    Step,
    begins_at,
    refusal_to_move,
    what_is_missing,
)
from rowan.escalation.rules.ladder import LEVELS, TOP, Level, Rung, above, taken_up
from rowan.escalation.rules.settings import DISAGREEMENT_DAYS, OVERDUE_DAYS, SETTINGS, due_at
from rowan.timescales.rules.settings import values_on
from rowan.timescales.rules.working_days import is_working_day

TODAY = date(2026, 6, 3)
people = st.integers(1, 9)
rungs = st.lists(st.lists(people, max_size=3), min_size=len(LEVELS), max_size=len(LEVELS)).map(
    lambda rows: [
        Rung(level, tuple(Chair(10 + n, f"The post {n}", (Sitting(who),)) for n, who in enumerate(row)))
        for level, row in zip(LEVELS, rows, strict=True)
    ]
)
away = st.sets(people).map(lambda who: {each: [Away(TODAY, TODAY + timedelta(days=9))] for each in who})
levels = st.one_of(st.none(), st.sampled_from(Level))


def there(found, absences, barred) -> set[int]:
    sitting = {each.person for rung in found for chair in rung.chairs for each in chair.sittings}
    return sitting - set(absences) - barred


@given(rungs, away, levels, st.one_of(st.none(), people), st.sets(people))
def test_it_goes_to_somebody_who_is_there_and_may_be_asked_or_says_that_there_is_nobody(
    found, absences, after, now_with, barred
):
    taken = taken_up(found, absences, TODAY, after=after, now_with=now_with, barred=barred)
    assert taken.level in above(after) and taken.says
    assert taken.person not in barred and taken.person not in absences
    if there(found, absences, barred):
        assert taken.person is not None


@given(rungs, away, st.one_of(st.none(), people))
def test_going_up_again_and_again_ends_at_the_top_and_never_comes_down(found, absences, now_with):
    after, seen = None, []
    for _ in LEVELS:
        taken = taken_up(found, absences, TODAY, after=after, now_with=now_with)
        seen.append(LEVELS.index(taken.level))
        after, now_with = taken.level, taken.person
    assert seen == sorted(seen)
    assert all(later > earlier or earlier == len(LEVELS) - 1 for earlier, later in pairwise(seen))
    assert after == TOP


def test_the_lead_and_the_deputy_away_the_next_answers_and_it_says_so():
    lead, deputy, chief = (Chair(n, title, (Sitting(n),)) for n, title in enumerate(["The lead", "The deputy", "The chief officer"], 1))  # fmt: skip
    found = [Rung(Level.SAFEGUARDING_LEAD, (lead, deputy, chief))]
    absences = {1: [Away(TODAY, TODAY + timedelta(days=6))], 2: [Away(TODAY)]}
    taken = taken_up(found, absences, TODAY, after=Level.HEAD_OF_SERVICE, now_with=7)
    assert (taken.person, taken.level) == (3, Level.SAFEGUARDING_LEAD)
    assert taken.says == (
        "The lead is away until 9 June 2026; the deputy is away, with no date of return yet; the chief officer answers."
    )


def test_a_level_where_nobody_is_entered_is_passed_and_said():
    found = [Rung(Level.PARTNERSHIP, (Chair(4, "The board’s chair", (Sitting(4),)),))]
    taken = taken_up(found, {}, TODAY, after=Level.MANAGER, now_with=1)
    assert (taken.level, taken.person) == (Level.PARTNERSHIP, 4)
    assert taken.says.startswith("Head of service: nobody can be asked today. Safeguarding lead: nobody")


def test_when_nobody_above_is_there_it_stays_with_whoever_has_it():
    found = [Rung(Level.MANAGER, (Chair(2, "The manager", (Sitting(2),)),))]
    taken = taken_up(found, {2: [Away(TODAY)]}, TODAY, after=Level.PRACTITIONER, now_with=1)
    assert taken.person == 1 and "It stays with whoever has it." in taken.says


@settings(deadline=None)  # the first look at a year makes its bank holidays
@given(st.sampled_from(Level), st.integers(0, 300))
def test_every_level_has_a_day_by_which_it_sees_to_it(level, later):
    today = TODAY + timedelta(days=later)
    values = values_on(SETTINGS, [], today)
    for days in (OVERDUE_DAYS, DISAGREEMENT_DAYS):
        due = due_at(level, today, values, days)
        assert due > today and is_working_day(due)


@given(st.sampled_from(Step), st.sampled_from(Step))
def test_every_move_of_a_disagreement_is_allowed_or_explained(step, to):
    refusal = refusal_to_move(step, to)
    assert (refusal is None) == (to in MOVES[step])
    assert refusal is None or STEP_NAMES[step].lower() in refusal


def test_every_disagreement_can_come_to_rest_and_rests_only_with_its_learning():
    assert {step for step in Step if not MOVES[step]} == AT_REST == {Step.LEARNT}
    assert Step.RESOLVED in MOVES[Step.OPEN] and MOVES[Step.RESOLVED] == {Step.LEARNT}


@given(*(st.text(max_size=3) for _ in range(4)), st.booleans())
def test_no_disagreement_is_raised_without_saying_what_keeps_the_child_safe(
    about, what, sought, safe, agency
):
    lacks = what_is_missing(Said(about, agency, what, sought, safe))
    assert ("safe_meanwhile" in lacks) == (not safe.strip())
    assert ("sought" in lacks) == (not sought.strip())


def test_immediate_danger_skips_levels():
    assert begins_at(immediate_danger=True) == Level.SAFEGUARDING_LEAD
    assert begins_at(immediate_danger=False) == Level.PRACTITIONER
