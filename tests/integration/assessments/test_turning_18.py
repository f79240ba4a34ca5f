"""A birth date that is corrected moves the day by which the move at 18 is planned, and asks again for one that was."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.assessments.actions import record_transition
from rowan.assessments.actions.turning_18 import follow_birth_dates
from rowan.assessments.rules.eighteen import Asked, eighteenth_birthday, is_asked_again, move_planned_by
from rowan.assessments.schedule import SCHEDULE
from rowan.audit_trail.models import Entry
from rowan.notices.models import Notice
from rowan.people.models import KnownAs
from rowan.timescales.models import Clock

MOVE = "a move to adult services"
BEFORE = 365  # at least the setting's days: what matters is that the clock follows


def born(child, on: date | None) -> None:
    KnownAs.objects.filter(person=child).update(birth_date=on)


def clock():
    return Clock.objects.running().filter(what=MOVE).first()


def plan(hub, later=0):
    return record_transition(
        token=uuid4(), person_id=hub.girl.pk, to_whom="Adult social care", plan="They meet in May",
        young_persons_view="She is glad", by=hub.worker, now=hub.now + timedelta(minutes=later),
    )  # fmt: skip


@pytest.fixture
def strand(hub):
    return hub.begin()


def test_corrected_it_moves_once_and_the_lead_is_told(hub, strand):
    before, was = clock().due_on, KnownAs.objects.filter(person=hub.girl).first().birth_date
    later = eighteenth_birthday(was + timedelta(days=200)) - eighteenth_birthday(was)
    assert follow_birth_dates(hub.now) == 0
    born(hub.girl, was + timedelta(days=200))
    assert [follow_birth_dates(hub.now) for _ in range(2)] == [1, 0]
    assert clock().due_on == before + later and clock().owner == hub.worker
    assert Notice.objects.filter(practitioner=hub.worker, about__contains="turns 18").count() == 1
    assert (
        Entry.objects.filter(did__startswith="asked for the move at 18", about_person=hub.girl.pk).count()
        == 1
    )


def test_one_that_was_planned_is_asked_for_again_and_planned_anew_is_at_rest(hub, strand):
    plan(hub)
    assert clock() is None and follow_birth_dates(hub.now) == 0
    born(hub.girl, hub.today.replace(year=hub.today.year - 17, day=1))
    assert follow_birth_dates(hub.now) == 1 and clock()
    plan(hub, later=5)
    assert follow_birth_dates(hub.now + timedelta(days=30)) == 0 and clock() is None


def test_where_no_birth_date_was_known_it_is_asked_for_once_one_is(hub):
    known = KnownAs.objects.filter(person=hub.girl).first().birth_date
    born(hub.girl, None)
    hub.begin()
    assert clock() is None and follow_birth_dates(hub.now) == 0
    born(hub.girl, known)
    assert follow_birth_dates(hub.now) == 1 and clock()


def test_a_day_that_is_past_is_asked_for_today_and_stays(hub, strand):
    born(hub.girl, hub.today.replace(year=hub.today.year - 18, day=1))
    assert follow_birth_dates(hub.now) == 1 and clock().due_on == hub.today
    assert follow_birth_dates(hub.now + timedelta(days=40)) == 0 and clock().due_on == hub.today


days = st.dates(date(2005, 1, 1), date(2015, 1, 1))


@given(days, days, st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_it_is_asked_again_only_when_the_day_is_another(was, now, asked_on):
    due_on = move_planned_by(was, asked_on, BEFORE)
    asked = Asked(due_on=due_on, asked_on=asked_on)
    assert not is_asked_again(was, asked, BEFORE) and not is_asked_again(None, asked, BEFORE)
    assert is_asked_again(now, asked, BEFORE) == (move_planned_by(now, asked_on, BEFORE) != due_on)
    planned = Asked(planned=True, planned_for=eighteenth_birthday(was))
    assert is_asked_again(now, planned, BEFORE) == (eighteenth_birthday(now) != eighteenth_birthday(was))


def test_it_is_looked_at_every_hour():
    assert dict(SCHEDULE)["rowan.assessments.actions.turning_18.follow_birth_dates"] <= 60
