"""The clocks and the law of a child's protections are dated settings: a change holds from its day, and its page says both."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from rowan.concerns.actions import protections
from rowan.concerns.rules.protection_settings import NOTIFY_FROM, SECTION_45_WITHIN
from rowan.timescales.actions import change_setting
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import add_working_days


def asks(desk, now):
    """Section 45, asked by whoever works with her."""
    made = protections.begin(
        token=uuid4(), person_id=desk.girl.pk, about="section_45", by=desk.worker, now=now
    )
    return Clock.objects.running().get(about_kind="protection", about_id=str(made.pk)).due_on


def test_a_clock_goes_by_the_value_of_its_day(desk):
    desk.open_girl()
    today, later = timezone.localdate(desk.now), timezone.localdate(desk.now) + timedelta(days=10)
    change_setting(SECTION_45_WITHIN, 5, by=desk.manager, from_on=later, why="Agreed with the prosecution")
    assert asks(desk, desk.now) == add_working_days(today, 2)
    assert asks(desk, desk.now + timedelta(days=10)) == add_working_days(later, 5)


def test_its_page_says_what_holds_since_when_and_why(desk, client):
    today = timezone.localdate(desk.now)
    change_setting(SECTION_45_WITHIN, 5, by=desk.manager, from_on=today, why="Agreed with the prosecution")
    client.force_login(desk.mentor)
    page = client.get("/concerns/protections/law/").text
    assert "In force since 31 July 2015" in page and "In force since 1 November 2015" in page
    assert "Duty to report child sexual abuse" in page and "not known to be in force" in page
    assert "<strong>5</strong> working days" in page and "Agreed with the prosecution" in page
    change_setting(NOTIFY_FROM, "", by=desk.manager, from_on=today, why="Repealed")
    assert "In force since 1 November 2015" not in client.get("/concerns/protections/law/").text
