"""A concern passed to the worker of a child who is open: they say that they have it, or it goes up."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.models import Why
from rowan.audit_trail.models import Entry
from rowan.concerns.actions import telling
from rowan.concerns.actions.acknowledging import acknowledge, passed_on, waits_for_worker
from rowan.concerns.rules.acknowledging import PASSED_KIND
from rowan.escalation.actions.going_up import take_overdue_up, take_red_up
from rowan.escalation.models import OverdueStep
from rowan.notices.models import Notice
from rowan.refusals import NothingThere, NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import add_working_days
from tests import people_in_tests as invented

from .test_triage import decided, matched

DAY = add_working_days(date.today(), 3)


def on(hour: str, working_days: int = 0) -> datetime:
    return timezone.make_aware(
        datetime.combine(add_working_days(DAY, working_days), time.fromisoformat(hour))
    )


def passed(desk, urgency="amber", now=None, **more):
    desk.now = now = now or on("12:00")
    concern = matched(desk, desk.concern(urgency=urgency, received_at=now - timedelta(minutes=9), **more))
    decided(desk, concern, "to_worker")
    return concern


@pytest.fixture
def open_girl(desk):
    desk.open_girl()
    return desk


def test_the_worker_says_that_she_has_it_once_and_its_page_says_so(open_girl, client):
    desk = open_girl
    concern = passed(desk)
    clock = waits_for_worker(concern)
    assert (clock.owner, timezone.localtime(clock.due_at)) == (desk.worker, on("16:00"))
    client.force_login(desk.worker)
    assert "Say that you have it" in client.get(f"/concerns/triage/{concern.pk}/").text
    assert client.post(f"/concerns/triage/{concern.pk}/acknowledge/").status_code == 302
    acknowledge(concern.pk, by=desk.worker, now=desk.now)
    assert (
        Entry.objects.filter(did="acknowledged a concern that was passed on", refused_because="").count() == 1
    )
    page = client.get(f"/concerns/triage/{concern.pk}/").text
    assert "Joan Eccles, Invented Council, said that they have it" in page
    assert waits_for_worker(concern) is None and not Clock.objects.running().filter(about_kind=PASSED_KIND)


def test_nobody_else_says_so_for_her(open_girl):
    concern = passed(open_girl)
    with pytest.raises(NotPossible, match="worker"):
        acknowledge(concern.pk, by=open_girl.officer, now=open_girl.now)
    with pytest.raises(NothingThere):
        acknowledge(concern.pk, by=open_girl.mentor, now=open_girl.now)
    assert waits_for_worker(concern)


def test_unacknowledged_it_goes_up_from_her_to_her_manager_who_can_say_that_it_is_in_hand(open_girl):
    desk = open_girl
    concern = passed(desk)
    assert take_overdue_up(on("15:59")) == 0
    for moment in (on("16:15"), on("09:00", 1), on("09:00", 2)):
        take_overdue_up(moment)
    went_to = OverdueStep.objects.filter(overdue__clock__about_kind=PASSED_KIND)
    assert [step.owner for step in went_to] == [desk.worker, desk.manager]
    acknowledge(concern.pk, by=desk.manager, now=on("09:30", 2))
    assert passed_on(concern).owner == desk.manager
    with pytest.raises(SomebodyWasFirst, match="said already"):
        acknowledge(concern.pk, by=desk.worker, now=on("09:31", 2))
    take_overdue_up(on("09:45", 2))
    assert not went_to.filter(overdue__ended_at=None).exists()


def test_of_red_she_has_an_hour_of_the_clock(open_girl):
    night = on("23:00")
    passed(open_girl, urgency="red", now=night)
    assert take_red_up(night + timedelta(minutes=59)) == 0
    assert take_red_up(night + timedelta(minutes=61)) == 1
    assert take_red_up(night + timedelta(minutes=122)) == 1
    went_to = OverdueStep.objects.filter(overdue__clock__about_kind=PASSED_KIND)
    assert [step.level for step in went_to] == ["practitioner", "manager"]


def test_of_a_child_in_danger_now_it_skips_levels(open_girl):
    night = on("23:00")
    passed(open_girl, urgency="red", now=night, immediate_danger=True)
    take_red_up(night + timedelta(minutes=61))
    went_to = OverdueStep.objects.filter(overdue__clock__about_kind=PASSED_KIND)
    assert [step.level for step in went_to] == ["safeguarding_lead"]


def test_a_worker_who_does_not_sign_in_is_rung_and_whoever_rang_says_so(desk):
    invented.involve(desk.girl, desk.council, Why.ALLOCATED_WORKER, "Bea Lunn")
    concern = passed(desk)
    clock = waits_for_worker(concern)
    assert (clock.owner, clock.owner_post) == (desk.officer, desk.triage_post)
    with pytest.raises(NotPossible, match="whom you rang"):
        acknowledge(concern.pk, words=" ", by=desk.colleague, now=desk.now)
    acknowledge(concern.pk, words="Rang Bea Lunn; she sees her at four", by=desk.colleague, now=desk.now)
    assert Entry.objects.get(why__contains="Bea Lunn").by_name == "Sam Hollis"
    assert waits_for_worker(concern) is None


def test_decided_otherwise_nothing_waits_for_her(open_girl):
    desk = open_girl
    concern = passed(desk)
    telling.challenge(
        concern.pk, token=uuid4(), why="He is at the gate again", sought="A visit", by=desk.teacher, now=desk.now
    )  # fmt: skip
    decided(desk, concern, "referral", by=desk.colleague, manager="Ruth Amos")
    assert waits_for_worker(concern) is None
    with pytest.raises(NotPossible, match="Nothing waits"):
        acknowledge(concern.pk, by=desk.worker, now=desk.now)
    assert not Notice.objects.filter(about__contains="acknowledge").exists()
