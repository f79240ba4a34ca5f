"""What a meeting decided, its dissent and its minutes say in which place of their agency's chain of leads somebody decided."""

from datetime import timedelta
from uuid import uuid4

import pytest

from rowan.meetings import actions
from rowan.meetings.actions.minutes import approve, write_minutes
from rowan.meetings.models import Dissent
from tests import people_in_tests as invented
from tests.acting_as import acting_on_the_trail, page


@pytest.fixture
def words(panel):
    return invented.acting_lead(panel.chair)


def test_a_decision_says_it_and_so_does_its_page(panel, words):
    item = panel.item(panel.in_session())
    panel.decide(item)
    item.refresh_from_db()
    assert item.decided_acting_as == words
    assert acting_on_the_trail("decided in a meeting") is True
    assert f"Wanda Firth ({words})" in page(panel.organiser, f"/meetings/items/{item.pk}/")


def test_recorded_by_somebody_else_a_decision_is_in_nobodys_place(panel, words):
    item = panel.item(panel.in_session())
    panel.decide(item, by=panel.organiser)
    item.refresh_from_db()
    assert item.decided_acting_as == ""
    assert acting_on_the_trail("decided in a meeting") is False


def test_dissent_says_it_and_so_does_the_page(panel, words):
    item = panel.item(panel.in_session())
    panel.decide(item)
    said = {"agency": panel.police, "words": "She is not safe yet", "by": panel.chair, "now": panel.now}
    actions.dissent(item, token=uuid4(), **said)
    assert Dissent.objects.get().acting_as == words
    assert acting_on_the_trail("recorded dissent") is True
    assert f"Recorded by Wanda Firth ({words})" in page(panel.organiser, f"/meetings/items/{item.pk}/")


def test_approved_minutes_say_it_and_so_does_the_page(panel, words):
    meeting = panel.in_session()
    write_minutes(meeting, words="Nothing on themes", by=panel.organiser, now=panel.now)
    actions.end(meeting, by=panel.organiser, now=panel.now)
    approve(meeting, by=panel.chair, now=panel.now)
    meeting.refresh_from_db()
    assert meeting.approved_acting_as == words
    assert acting_on_the_trail("approved minutes") is True
    assert f"Approved by Wanda Firth ({words})" in page(panel.organiser, f"/meetings/{meeting.pk}/")


def test_what_came_of_an_action_in_a_meeting_says_it(panel, words):
    item = panel.item(panel.in_session())
    said = {"to": "done", "words": "Rang her aunt", "by": panel.chair, "now": panel.now}
    action = actions.what_came_of_it(item, panel.act(item), token=uuid4(), **said)
    assert action.ended_acting_as == words
    assert acting_on_the_trail("said what came of an action") is True


def test_what_approved_minutes_carry_forward_says_it(panel, words):
    meeting = panel.in_session()
    before = panel.now - timedelta(days=9)
    action = panel.act(panel.item(meeting), due_on=panel.today, now=before)
    write_minutes(meeting, words="Nothing on themes", by=panel.organiser, now=panel.now)
    actions.end(meeting, by=panel.organiser, now=panel.now)
    approve(meeting, by=panel.chair, now=panel.now)
    action.refresh_from_db()
    assert (action.step, action.ended_acting_as) == ("carried", words)
    assert acting_on_the_trail("said what came of an action") is True
