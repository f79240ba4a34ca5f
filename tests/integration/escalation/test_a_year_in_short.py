"""The year of going up, in short: five weeks of a small hub through the real tables."""

import pytest

from rowan.agencies.models import Post
from rowan.escalation.rules.ladder import LEVELS
from tests.soak.a_year_of_going_up import RANKS, Year, nothing_stayed_below


@pytest.mark.django_db
def test_five_weeks_leave_nothing_overdue_that_has_not_gone_up():
    found = Year(4, people=30, agencies=2).live(days=35, clocks=200, reds=18)
    nothing_stayed_below(found)
    assert found.red_checks > 100 and set(found.red_steps) == set(RANKS)
    assert found.checks > 100 and found.absences > 20
    assert {"practitioner", "manager", "head_of_service"} <= set(found.went_to)


def test_the_count_of_the_test_knows_the_levels():
    assert [level.value for level in LEVELS] == RANKS


@pytest.mark.django_db
def test_the_count_of_the_test_sees_what_does_not_go_up(monkeypatch):
    monkeypatch.setattr("tests.soak.a_year_of_going_up.take_overdue_up", lambda now: 0)
    assert len(Year(4, people=30, agencies=2).live(days=14, clocks=80).not_gone_up) > 10


@pytest.mark.django_db
def test_the_count_of_the_test_sees_a_red_that_nobody_takes_up(monkeypatch):
    monkeypatch.setattr("tests.soak.a_year_of_going_up.take_red_up", lambda now: 0)
    assert len(Year(4, people=30, agencies=2).live(days=3, clocks=5, reds=12).red_not_gone_up) > 10


@pytest.mark.django_db
def test_the_count_of_the_test_sees_a_red_that_is_left_to_a_closed_desk(monkeypatch):
    monkeypatch.setattr("rowan.escalation.at_this_hour.desk_at", lambda now: Post.objects.get(kind="triage"))
    year = Year(4, people=30, agencies=1)
    assert len(year.live(days=3, clocks=5, reds=12).red_at_a_closed_desk) > 2
