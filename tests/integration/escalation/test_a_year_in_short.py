"""The year of going up, in short: six weeks of a small hub through the real tables."""

import pytest

from rowan.escalation.rules.ladder import LEVELS
from tests.soak.a_year_of_going_up import RANKS, Year, nothing_stayed_below


@pytest.mark.django_db
def test_six_weeks_leave_nothing_overdue_that_has_not_gone_up():
    found = Year(4, people=30, agencies=2).live(days=42, clocks=250)
    nothing_stayed_below(found)
    assert found.checks > 100 and found.absences > 20
    assert {"practitioner", "manager", "head_of_service"} <= set(found.went_to)


def test_the_count_of_the_test_knows_the_levels():
    assert [level.value for level in LEVELS] == RANKS


@pytest.mark.django_db
def test_the_count_of_the_test_sees_what_does_not_go_up(monkeypatch):
    monkeypatch.setattr("tests.soak.a_year_of_going_up.take_overdue_up", lambda now: 0)
    assert len(Year(4, people=30, agencies=2).live(days=14, clocks=80).not_gone_up) > 10
