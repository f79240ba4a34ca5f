"""What came of an action says in which place of their agency's chain of leads somebody said so."""

import pytest

from rowan.plans.actions import end_action
from tests import people_in_tests as invented
from tests.acting_as import acting_on_the_trail, page


@pytest.fixture
def words(team):
    return invented.acting_lead(team.worker)


def end(team, by):
    return end_action(team.set(), to="not_done", words="She was away", by=by, now=team.now)


def test_what_came_of_an_action_says_it_and_so_does_its_page(team, words):
    action = end(team, team.worker)
    assert action.ended_acting_as == words
    assert acting_on_the_trail("said what came of an action") is True
    assert f"Joan Eccles ({words})" in page(team.worker, f"/plans/actions/{action.pk}/")


def test_said_by_somebody_else_it_is_in_nobodys_place(team, words):
    invented.involve(team.girl, team.council, "working_with", "Rita Vale", practitioner=team.colleague)
    assert end(team, team.colleague).ended_acting_as == ""
    assert acting_on_the_trail("said what came of an action") is False
