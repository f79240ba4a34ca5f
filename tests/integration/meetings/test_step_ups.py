"""A step-up: asked for in a huddle it is on the list of the next panel and with the lead; recommended by a panel it is the lead's to write."""

from datetime import timedelta

import pytest

from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.assessments.actions.stepping_up import FOR_THE_PANEL, RECOMMENDED, STEP_UP_KIND
from rowan.meetings.actions import draw_up, who_came
from rowan.meetings.rules.the_list import Reason
from rowan.notices.models import Notice
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on
from tests import people_in_tests as invented


def huddle(panel):
    meeting = panel.meeting(name="Huddle", kind="huddle", rhythm="daily")
    draw_up(meeting, by=panel.organiser, now=panel.now)
    who_came(meeting, came=[panel.chair, panel.organiser], by=panel.organiser, now=panel.now)
    return panel.item(meeting)


def step_ups(child):
    return {clock.what: clock for clock in Clock.objects.running().filter(about_kind=STEP_UP_KIND, about_person=child.pk)}  # fmt: skip


def test_asked_for_in_a_huddle_it_is_on_the_list_of_the_next_panel_and_with_the_lead(panel):
    its_panel = panel.meeting(first_on=panel.today + timedelta(days=8))
    item = huddle(panel)
    panel.decide(item, decision="step_up", reason="She was taken to another town")
    clock = step_ups(panel.girl)[FOR_THE_PANEL]
    assert (clock.owner, clock.due_on) == (panel.worker, its_panel.on)
    assert Notice.objects.filter(practitioner=panel.worker, about__contains="next panel").exists()
    draw_up(its_panel, by=panel.organiser, now=panel.now)
    assert Reason.STEP_UP in panel.item(its_panel).reasons
    assert Reason.STEP_UP not in panel.item(its_panel, panel.boy).reasons


def test_taken_back_while_the_huddle_lasts_it_asks_the_panel_nothing(panel):
    item = huddle(panel)
    panel.decide(item, decision="step_up")
    panel.decide(item, decision="stays", reason="It was another girl")
    assert step_ups(panel.girl) == {}


@pytest.mark.parametrize(("decision", "left"), [("step_up", {RECOMMENDED}), ("stays", set())])
def test_the_panel_settles_what_was_asked_of_it(panel, decision, left):
    panel.decide(huddle(panel), decision="step_up")
    item = panel.item(panel.in_session())
    panel.decide(item, decision=decision)
    assert set(step_ups(panel.girl)) == left


def test_recommended_by_the_panel_it_is_the_leads_to_write_and_comes_back_until_it_is(panel):
    item = panel.item(panel.in_session())
    panel.decide(item, decision="step_up")
    clock = step_ups(panel.girl)[RECOMMENDED]
    assert clock.owner == panel.worker and clock.due_on > panel.today
    assert Notice.objects.filter(practitioner=panel.worker, about__contains="recommends a step-up").exists()
    panel.decide(item, decision="stays", reason="Read out wrongly")
    assert step_ups(panel.girl) == {}


def test_where_nobody_leads_it_is_with_whoever_arranges_the_meeting(panel):
    meeting = panel.in_session()
    panel.decide(panel.item(meeting, panel.boy), decision="step_up")
    assert step_ups(panel.boy)[RECOMMENDED].owner == panel.organiser


def test_when_the_lead_goes_it_passes_on(panel):
    panel.decide(huddle(panel), decision="step_up")
    lead = invented.practitioner("lead", Role.SAFEGUARDING_LEAD, panel.council)
    invented.post(PostKind.CHIEF_OFFICER, panel.council, lead)
    Clock.objects.exclude(about_kind=STEP_UP_KIND).delete()
    panel.worker.is_active = False
    panel.worker.save()
    pass_on(now=panel.now)
    assert step_ups(panel.girl)[FOR_THE_PANEL].owner == lead
    assert Notice.objects.filter(practitioner=lead, about__contains="passed to you").exists()
