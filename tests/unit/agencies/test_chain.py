"""Who answers when the lead is away: the demonstration council's chain, then every chain Hypothesis can think of."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rowan.agencies.rules.chain import (
    Away,
    Chair,
    Half,
    Level,
    Sitting,
    in_words,
    time_away,
    who_answers,
)

MONDAY = date(2026, 6, 1)
JUDITH, FEMI, NERYS, ALDOUS, HUB = 1, 2, 3, 4, 5
COUNCIL = (
    Chair(1, "Head of Community Services", (Sitting(JUDITH),)),
    Chair(2, "Head of Leisure and Cultural Services", (Sitting(FEMI),)),
    Chair(3, "Children’s Centre Manager", (Sitting(NERYS),)),
    Chair(4, "The chief officer (Chief Executive)", (Sitting(ALDOUS),), Level.CHIEF_OFFICER),
)


def away(first=MONDAY, days=3, **more):
    return [Away(first, first + timedelta(days=days - 1), **more)]


def test_the_first_post_of_the_chain_answers():
    reached = who_answers(COUNCIL, {}, MONDAY)
    assert (reached.person, in_words(reached)) == (JUDITH, "Head of Community Services answers.")


def test_the_deputy_answers_while_the_lead_is_away_and_it_says_until_when():
    reached = who_answers(COUNCIL, {JUDITH: away()}, MONDAY)
    assert reached.person == FEMI
    assert in_words(reached) == (
        "Head of Community Services is away until 3 June 2026; Head of Leisure and Cultural Services answers."
    )


def test_the_second_deputy_answers_when_both_are_away():
    assert who_answers(COUNCIL, {JUDITH: away(), FEMI: away()}, MONDAY).person == NERYS


def test_when_the_whole_chain_is_away_the_chief_officer_answers_and_it_says_so():
    reached = who_answers(COUNCIL, {who: away() for who in (JUDITH, FEMI, NERYS)}, MONDAY)
    assert (reached.person, reached.chair.level) == (ALDOUS, Level.CHIEF_OFFICER)
    assert in_words(reached).endswith("; the chief officer (Chief Executive) answers.")


def test_when_even_the_chief_officer_is_away_it_says_that_nobody_is_left():
    reached = who_answers(COUNCIL, {who: away() for who in (JUDITH, FEMI, NERYS, ALDOUS)}, MONDAY)
    assert (reached.person, reached.chair, len(reached.passed)) == (None, None, 4)
    assert in_words(reached).endswith("; nobody else is in the chain.")


def test_where_no_chain_is_entered_it_says_that():
    assert in_words(who_answers((), {}, MONDAY)) == "No chain of leads is entered yet."


def test_a_post_that_nobody_holds_is_passed_and_named():
    empty = (Chair(9, "Head of Safeguarding"), *COUNCIL)
    assert in_words(who_answers(empty, {}, MONDAY)) == (
        "Nobody holds the post of Head of Safeguarding; Head of Community Services answers."
    )


def test_who_is_named_to_stand_in_comes_before_the_deputy():
    reached = who_answers(COUNCIL, {JUDITH: away(stands_in=NERYS)}, MONDAY)
    assert (reached.person, reached.stands_in) == (NERYS, True)
    assert "named to stand in" in in_words(reached)


def test_who_is_named_to_stand_in_and_is_away_too_is_not_asked():
    assert who_answers(COUNCIL, {JUDITH: away(stands_in=NERYS), NERYS: away()}, MONDAY).person == FEMI


def test_a_morning_away_counts_in_the_morning_only():
    absences = {JUDITH: away(days=1, half=Half.MORNING)}
    assert who_answers(COUNCIL, absences, MONDAY, Half.MORNING).person == FEMI
    assert who_answers(COUNCIL, absences, MONDAY, Half.AFTERNOON).person == JUDITH
    assert who_answers(COUNCIL, absences, MONDAY).person == JUDITH
    assert "away this morning" in in_words(who_answers(COUNCIL, absences, MONDAY, Half.MORNING))


def test_posts_and_sittings_hold_for_their_days_only():
    later = Chair(7, "Head of Everything", (Sitting(9),), from_on=MONDAY + timedelta(days=1))
    left = Chair(8, "Head of Parks", (Sitting(8, until_on=MONDAY - timedelta(days=1)),))
    assert who_answers((later, left, *COUNCIL), {}, MONDAY).person == JUDITH
    assert who_answers((later, left, *COUNCIL), {}, MONDAY + timedelta(days=1)).person == 9


def test_one_absence_that_follows_on_another_is_one_time_away():
    follows = MONDAY + timedelta(days=3)
    assert time_away([*away(follows), *away()], MONDAY) == (MONDAY, MONDAY + timedelta(days=5))
    assert time_away([*away(), *away(follows)], follows) == (MONDAY, MONDAY + timedelta(days=5))
    assert time_away([*away(), Away(follows)], MONDAY) == (MONDAY, None)
    assert time_away([*away(), *away(follows + timedelta(days=1))], MONDAY) == (
        MONDAY,
        MONDAY + timedelta(days=2),
    )
    assert time_away(away(), MONDAY + timedelta(days=9)) is None
    assert time_away(away(days=1, half=Half.MORNING), MONDAY) is None


days = st.integers(0, 30).map(lambda n: MONDAY + timedelta(days=n))
absence = st.tuples(days, st.integers(0, 9) | st.none()).map(
    lambda a: Away(a[0], None if a[1] is None else a[0] + timedelta(days=a[1]))
)
sittings = st.lists(st.integers(1, 6).map(Sitting), max_size=3).map(tuple)
chains = st.lists(st.builds(Chair, st.integers(1, 9), st.just("A post"), sittings), max_size=5)


@given(chains, st.dictionaries(st.integers(1, 6), st.lists(absence, max_size=3)), days)
def test_whoever_answers_is_there_and_nobody_before_them_was(chain, absences, day):
    reached = who_answers(chain, absences, day)

    def is_there(person):
        return not any(
            a.from_on <= day and (a.until_on is None or a.until_on >= day) for a in absences.get(person, [])
        )

    everybody = [sitting.person for chair in chain for sitting in chair.sittings]
    there = [person for person in everybody if is_there(person)]
    assert reached.person == (there[0] if there else None)
    assert in_words(reached).endswith(".")
