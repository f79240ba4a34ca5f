"""Red while the hub is closed: the emergency duty team has it at once; everything else waits for the desk as before."""

import pytest
from django.test import Client

from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.concerns.actions import triage
from rowan.concerns.out_of_hours import duty_post, hub_is_open
from rowan.concerns.reading import to_triage
from rowan.notices.models import Notice
from rowan.timescales.models import Clock
from tests import people_in_tests as invented
from tests.concerns_in_tests import at

FRIDAY_NIGHT, FRIDAY_MORNING = at("2026-06-12T23:00"), at("2026-06-12T11:00")


@pytest.fixture
def duty(hub):
    """A social worker of the emergency duty team."""
    hub.on_duty = invented.practitioner("on-duty", Role.LEAD_PROFESSIONAL, hub.council, "Ola Brandt")
    seat = invented.post(PostKind.DUTY, hub.council, hub.on_duty)
    seat.holdings.update(from_on=FRIDAY_MORNING.date())
    return seat


def waits_with(concern):
    return Clock.objects.running().get(about_kind="concern", about_id=str(concern.pk)).owner_post


def red(hub, now, **more):
    return hub.raised(hub.told(immediate_danger=True, **more), now=now)


def test_red_at_eleven_at_night_is_the_duty_teams_and_they_can_act_on_it(hub, duty):
    concern = red(hub, FRIDAY_NIGHT)
    assert concern.urgency == "red" and waits_with(concern) == duty
    [told] = Notice.objects.filter(practitioner=hub.on_duty)
    assert told.urgent
    triage.begin_screening(concern.pk, by=hub.on_duty, now=FRIDAY_NIGHT)


def test_the_desk_finds_it_in_its_queue_in_the_morning(hub, duty):
    concern = red(hub, FRIDAY_NIGHT)
    assert list(to_triage(hub.triage, FRIDAY_NIGHT.date())) == [concern]


def test_what_is_not_red_and_what_comes_by_day_waits_for_the_desk(hub, duty):
    assert waits_with(hub.raised(now=FRIDAY_NIGHT)) == hub.desk
    assert waits_with(red(hub, FRIDAY_MORNING)) == hub.desk


def test_where_nobody_sits_on_duty_it_is_the_desks_as_before(hub):
    assert waits_with(red(hub, FRIDAY_NIGHT)) == hub.desk
    assert duty_post(FRIDAY_NIGHT) is None


def test_about_a_professional_it_is_the_designated_officers_at_any_hour(hub, duty):
    concern = red(
        hub, FRIDAY_NIGHT, about_a_professional=True, professionals_name="Somebody who drives a bus"
    )
    assert waits_with(concern) == hub.officers_post


def test_the_hub_is_open_on_a_working_day_between_its_hours_alone(db):
    assert hub_is_open(FRIDAY_MORNING)
    for closed in ("2026-06-12T06:00", "2026-06-12T23:00", "2026-06-13T11:00", "2026-12-25T11:00"):
        assert not hub_is_open(at(closed))


def test_by_its_page(hub, duty):
    concern = red(hub, FRIDAY_NIGHT)
    client = Client()
    client.force_login(hub.on_duty)
    assert concern.what_worries in client.get(f"/concerns/triage/{concern.pk}/").text
