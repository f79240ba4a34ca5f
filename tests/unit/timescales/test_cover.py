"""Who takes over a clock: the post's other holders, its deputies, the leads, the chief officer; a cap; and no going to and fro."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.agencies.rules.chain import Away, Chair, Level, Sitting
from rowan.timescales.rules.cover import Cover, Running, Why, hand_over, in_words, strands
from rowan.timescales.rules.working_days import lasts

MONDAY = date(2026, 6, 1)
ANN, BEA, CAL, LEAD, CHIEF, WORKER = 1, 2, 3, 4, 5, 6
DESK, DEPUTY, LEAD_POST, CHIEF_POST = 11, 12, 13, 14
COUNCIL = 21


def in_days(n):
    return MONDAY + timedelta(days=n)


def away(first=0, days=5, **more):
    return [Away(in_days(first), in_days(first + days - 1), **more)]


def cover(absences=None, gone=(), load=None, cap=10, **more):
    return Cover(
        **{
            "sitters": {DESK: [ANN, BEA], DEPUTY: [CAL], LEAD_POST: [LEAD], CHIEF_POST: [CHIEF]},
            "deputy_of": {DESK: DEPUTY, DEPUTY: DESK},
            "agency_of_post": dict.fromkeys((DESK, DEPUTY, LEAD_POST, CHIEF_POST), COUNCIL),
            "agency_of": dict.fromkeys((ANN, BEA, CAL, LEAD, CHIEF, WORKER), COUNCIL),
            "posts_of": {ANN: [DESK], BEA: [DESK]},
            "chains": {
                COUNCIL: [
                    Chair(LEAD_POST, "Head of Community Services", (Sitting(LEAD),)),
                    Chair(CHIEF_POST, "The chief officer", (Sitting(CHIEF),), Level.CHIEF_OFFICER),
                ]
            },
            "absences": absences or {},
            "gone": set(gone),
            "load": dict(load or {}),
            "cap": cap,
            "long_absence": 3,
        }
        | more
    )


HERS = Running(1, in_days(30), owner=ANN, post=DESK)
AT_DESK = Running(2, in_days(30), post=DESK)


def taken(clock, standing):
    moves = list(hand_over([clock], standing, MONDAY))
    assert len(moves) <= 1
    return (moves[0].to, moves[0].through) if moves else None


def test_a_clock_whose_owner_is_there_stays():
    assert taken(HERS, cover()) is None
    assert taken(AT_DESK, cover({ANN: away()})) is None


@pytest.mark.parametrize(
    ("absence", "due_in", "moves"),
    [
        (away(days=2), 30, False),
        (away(days=3), 30, True),
        (away(days=2), 1, True),
        (away(days=2), 2, False),
        (away(days=2), -4, True),
        (away(1, 5), 30, False),
        ([Away(MONDAY)], 30, True),
        ([*away(days=2), *away(2, 1)], 30, True),
    ],
    ids=[
        "two days away, due after",
        "three working days away",
        "due on the second day away",
        "due the day after",
        "overdue already",
        "away from tomorrow",
        "no date of return",
        "two absences that follow on",
    ],
)
def test_it_moves_when_the_absence_is_long_or_the_date_falls_within_it(absence, due_in, moves):
    clock = Running(1, in_days(due_in), owner=ANN, post=DESK)
    assert (taken(clock, cover({ANN: absence})) is not None) == moves


def test_three_days_over_a_weekend_are_one_working_day():
    friday = in_days(4)
    assert not lasts(friday, in_days(6), 3)
    assert lasts(friday, in_days(8), 3)
    assert lasts(friday, None, 20)


def test_it_goes_down_the_line_in_order():
    absences, reached = {}, []
    for _ in range(5):
        found = taken(Running(1, in_days(30), owner=WORKER, post=DESK), cover({WORKER: away(), **absences}))
        reached.append(found)
        if found:
            absences[found[0]] = away(days=1)
    assert reached == [(ANN, DESK), (BEA, DESK), (CAL, DEPUTY), (LEAD, LEAD_POST), (CHIEF, CHIEF_POST)]


def test_who_has_left_is_never_asked_again_and_their_clocks_move():
    assert taken(HERS, cover(gone=[ANN, BEA])) == (CAL, DEPUTY)
    assert strands(HERS, cover(gone=[ANN]), MONDAY) == (Why.LEFT, None)


def test_whoever_is_named_to_stand_in_is_asked_first():
    assert taken(HERS, cover({ANN: away(stands_in=LEAD)})) == (LEAD, None)
    assert taken(HERS, cover({ANN: away(stands_in=LEAD), LEAD: away(days=1)})) == (BEA, DESK)


def test_beyond_the_cap_it_spills_to_the_deputy_and_at_last_to_the_chief_officer():
    full = {BEA: 10, CAL: 9, LEAD: 10, CHIEF: 10}
    clocks = [Running(n, in_days(n), owner=ANN, post=DESK) for n in range(3)]
    moves = list(hand_over(clocks, cover({ANN: away()}, load=full), MONDAY))
    assert [(move.to, move.beyond_the_cap) for move in moves] == [(CAL, False), (CHIEF, True), (CHIEF, True)]


def test_two_holders_share_what_comes_to_their_post():
    clocks = [Running(n, in_days(9), owner=WORKER, post=DESK) for n in range(6)]
    moves = list(hand_over(clocks, cover(gone=[WORKER]), MONDAY))
    assert sorted(move.to for move in moves) == [ANN] * 3 + [BEA] * 3


def test_a_clock_at_a_post_moves_when_nobody_there_can_see_to_it():
    assert taken(AT_DESK, cover({ANN: away(), BEA: away()})) == (CAL, DEPUTY)
    assert taken(AT_DESK, cover({ANN: away(), BEA: away(days=1)})) is None


def test_whoever_may_not_see_it_is_passed_over():
    assert taken(HERS, cover(gone=[ANN], barred={1: {BEA, CAL}})) == (LEAD, LEAD_POST)


def test_whoever_is_kept_out_of_the_record_gives_its_clock_up():
    (move,) = hand_over([HERS], cover(barred={1: {ANN}}), MONDAY)
    assert (move.to, move.through) == (BEA, DESK)
    assert in_words(move, owner="Ann Lee") == "because Ann Lee has no part in it any more"
    assert taken(HERS, cover(barred={2: {ANN}})) is None


def test_where_nobody_is_left_it_says_so_by_naming_nobody():
    everybody = {who: away() for who in (ANN, BEA, CAL, LEAD, CHIEF)}
    assert taken(HERS, cover(everybody)) == (None, None)
    assert taken(AT_DESK, cover(everybody)) is None


def test_the_reason_is_a_sentence_for_whoever_has_it_now():
    (move,) = hand_over([HERS], cover({ANN: away()}), MONDAY)
    assert in_words(move, owner="Ann Lee") == "because Ann Lee is away until 5 June 2026"
    (move,) = hand_over([HERS], cover({ANN: [Away(MONDAY)]}), MONDAY)
    assert in_words(move, owner="Ann Lee") == "because Ann Lee is away, with no date of return yet"
    (move,) = hand_over([HERS], cover(gone=[ANN]), MONDAY)
    assert in_words(move, owner="Ann Lee") == "because Ann Lee has left"
    (move,) = hand_over([AT_DESK], cover({ANN: away(), BEA: away()}), MONDAY)
    assert in_words(move, post="Triage desk") == (
        "because nobody who holds the post of Triage desk is there (the first is back after 5 June 2026)"
    )


people = st.sampled_from([ANN, BEA, CAL, LEAD, CHIEF])
calendars = st.dictionaries(
    people,
    st.lists(
        st.builds(lambda first, days: away(first, days)[0], st.integers(-5, 5), st.integers(1, 9)), max_size=2
    ),
)
clocks = st.lists(
    st.tuples(st.integers(-3, 20), st.sampled_from([None, ANN, BEA, CAL])), min_size=1, max_size=30
).map(lambda rows: [Running(n, in_days(due), owner=owner, post=DESK) for n, (due, owner) in enumerate(rows)])


@given(clocks, calendars, st.sets(people, max_size=2), st.integers(1, 12))
def test_after_a_hand_over_nothing_that_somebody_could_take_is_stranded_and_a_second_moves_nothing(
    running, calendar, gone, cap
):
    load = {who: sum(clock.owner == who for clock in running) for who in (ANN, BEA, CAL)}
    # Somebody may have more of their own than they would ever be handed.
    own = dict(load)
    standing = cover(calendar, gone, load, cap)
    moves = {move.clock.clock: move for move in hand_over(running, standing, MONDAY)}
    after = [
        Running(clock.clock, clock.due_on, moves[clock.clock].to or clock.owner, clock.post)
        if clock.clock in moves
        else clock
        for clock in running
    ]
    somebody_is_there = any(
        who not in gone and not any(a.covers(MONDAY) for a in calendar.get(who, []))
        for who in (ANN, BEA, CAL, LEAD, CHIEF)
    )
    if somebody_is_there:
        assert [clock for clock in after if strands(clock, standing, MONDAY)] == []
        assert list(hand_over(after, standing, MONDAY)) == []
    for who, now in standing.load.items():
        handed_beyond = any(move.to == who and move.beyond_the_cap for move in moves.values())
        assert now <= max(cap, own.get(who, 0)) or handed_beyond
