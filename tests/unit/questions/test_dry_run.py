"""Which questions stay, go and are new when a number of a rule changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.questions.rules.dry_run import (
    SAME_WITHIN_DAYS,
    WEEKS,
    Compared,
    WouldAsk,
    children_of,
    refusal_to_try,
    weeks_of,
    year_before,
)
from rowan.questions.rules.register import RULES
from rowan.questions.rules.settings import MAY_BE_TRIED

FROM_ON, UNTIL_ON = year_before(date(2026, 6, 3))
DAY = date(2026, 3, 4)


def asked(after=0, *occasions, person="ada", audience="hub", rule="missing_again", day=DAY):
    return WouldAsk(
        person, audience, day + timedelta(days=after), rule, frozenset({rule}), frozenset(occasions)
    )


def compared(now, changed):
    found = Compared(FROM_ON, UNTIL_ON)
    for person in sorted({each.person for each in (*now, *changed)}):
        found.add(
            [each for each in now if each.person == person],
            [each for each in changed if each.person == person],
        )
    return found


def test_the_year_is_the_52_whole_weeks_that_are_over():
    assert (FROM_ON, UNTIL_ON) == (date(2025, 6, 2), date(2026, 6, 1))
    assert FROM_ON.weekday() == UNTIL_ON.weekday() == 0


def test_a_question_on_the_same_occasion_stays():
    found = compared([asked(0, "a")], [asked(0, "a")])
    assert (len(found.stays), found.goes, found.new) == (1, [], [])
    assert found.on_another_day == (0, 0)


def test_one_that_comes_a_little_sooner_or_later_stays_and_is_counted_as_such():
    found = compared([asked(0, "a"), asked(60, "c")], [asked(-7, "b"), asked(70, "c")])
    assert len(found.stays) == 2
    assert found.on_another_day == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        asked(SAME_WITHIN_DAYS + 1, "b"),
        asked(0, "b", rule="child_arrested"),
        asked(0, "b", audience="school-1"),
        asked(0, "b", person="ben"),
    ],
)
def test_another_time_rule_audience_or_child_is_another_question(other):
    found = compared([asked(0, "a")], [other])
    assert (found.stays, found.goes, found.new) == ([], [asked(0, "a")], [other])


def test_of_two_that_could_stand_in_its_place_the_one_on_the_same_occasion_does_then_the_nearest():
    found = compared([asked(0, "a")], [asked(1, "b"), asked(9, "a")])
    assert found.stays == [(asked(0, "a"), asked(9, "a"))]
    assert found.new == [asked(1, "b")]
    found = compared([asked(0, "a")], [asked(9, "b"), asked(1, "c")])
    assert found.stays == [(asked(0, "a"), asked(1, "c"))]


def test_what_was_asked_before_the_year_is_paired_and_not_counted():
    before = (FROM_ON - DAY).days - 3
    found = compared([asked(before, "a"), asked(before - 40, "z")], [asked(before + 5, "a")])
    assert (len(found.stays), found.goes, found.new) == (1, [], [])
    assert (found.now, len(found.changed)) == ([], 1)


def test_weeks_and_children_are_counted():
    found = compared([asked(0, "a"), asked(1, person="ben")], [asked(0, "a"), asked(2, person="cleo")])
    weeks = weeks_of(found)
    assert len(weeks) == WEEKS
    assert [week for week in weeks if week[1] or week[2]] == [(date(2026, 3, 2), 2, 2)]
    assert children_of(found) == ({"ada"}, {"ben"}, {"cleo"})


some = st.lists(
    st.builds(
        asked,
        st.integers(-500, 120),
        st.sampled_from("abcdef"),
        person=st.sampled_from(["ada", "ben"]),
        audience=st.sampled_from(["hub", "school-1"]),
        rule=st.sampled_from(["missing_again", "child_arrested"]),
    ),
    max_size=12,
)


@given(some, some)
def test_every_question_of_the_year_is_counted_once_whichever_way_round(now, changed):
    found, turned = compared(now, changed), compared(changed, now)

    def in_the_year(each):
        return FROM_ON <= each.on < UNTIL_ON

    assert sorted(found.now, key=repr) == sorted(filter(in_the_year, now), key=repr)
    assert sorted(found.changed, key=repr) == sorted(filter(in_the_year, changed), key=repr)
    assert sum(now for _, now, _ in weeks_of(found)) == len(found.now)
    assert (len(found.goes), len(found.new)) == (len(turned.new), len(turned.goes))


@given(some)
def test_a_number_that_changes_nothing_makes_nothing_new_and_nothing_go(now):
    found = compared(now, now)
    assert (found.goes, found.new) == ([], [])
    assert found.on_another_day == (0, 0)


def test_the_numbers_that_say_when_a_rule_asks_about_a_child_may_be_tried_and_no_others():
    for rule in RULES:
        assert all(refusal_to_try(setting.name) is None for setting in rule.settings)
        assert "nothing to try" in refusal_to_try(rule.due_working_days.name)
    for name in (
        "questions.published_within_days",
        "questions.feed_silent.school_days",
        "concerns.hub_opens_at",
    ):
        assert "can be tried" in refusal_to_try(name)
    assert "questions.missing_again.episodes" in MAY_BE_TRIED
