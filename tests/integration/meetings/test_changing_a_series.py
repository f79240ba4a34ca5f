"""A series is changed from its next meeting on: place, day, who is asked, quorum; and a meeting short of one says so beforehand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rowan.access.actions import open_record
from rowan.agencies.models import Absence
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.meetings.actions import change_series, draw_up
from rowan.meetings.actions.changing import Wanted
from rowan.meetings.actions.session import short_beforehand_of
from rowan.meetings.models import Meeting
from rowan.notices.models import Notice
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from tests import people_in_tests as invented


@pytest.fixture
def series(panel):
    return panel.series()


def wanted(panel, series, **more) -> Wanted:
    stands = Wanted(
        series.name, series.place, series.rhythm, series.chair, series.organiser, [panel.member, panel.officer, panel.nurse],
        series.quorum, series.meetings.get(step="planned").on,
    )  # fmt: skip
    return replace(stands, **more)


def change(panel, series, *, by=None, opened_on=None, **more):
    return change_series(
        series, wanted(panel, series, **more), opened_on=opened_on, by=by or panel.organiser, now=panel.now
    )


def told(who) -> list[str]:
    return list(Notice.objects.filter(practitioner=who).values_list("about", flat=True))


def test_place_and_day_move_the_meeting_its_clock_and_everybody_is_told(panel, series):
    later = panel.today + timedelta(days=9)
    for _ in range(2):
        change(panel, series, place="Room 4, the town hall", next_on=later)
    meeting = series.meetings.get()
    assert (meeting.place, meeting.on) == ("Room 4, the town hall", later)
    assert Clock.objects.running().get(what="a meeting to be held").due_on == later
    assert any("at Room 4" in words for words in told(panel.nurse))
    line = Entry.objects.get(did="changed a series of meetings", refused_because="", about_id=str(series.pk))
    assert line.particulars["Place"] == {"was": "", "now": "Room 4, the town hall"}


def test_who_is_asked_and_quorum_hold_for_the_next_meeting(panel, series):
    teacher = invented.practitioner("head", Role.SCHOOL_SAFEGUARDING_LEAD, panel.school)
    change(panel, series, members=[panel.officer, teacher], quorum=["council", "police", "school"])
    expected = set(series.meetings.get().expected.values_list("practitioner", flat=True))
    assert expected == {panel.chair.pk, panel.organiser.pk, panel.officer.pk, teacher.pk}
    assert "You are asked to a meeting" in told(teacher)
    assert "You are not asked to a meeting any more" in told(panel.nurse)
    assert short_beforehand_of(Meeting.objects.get()) == ""


def test_one_that_is_short_of_a_quorum_says_so_beforehand(panel, series, client):
    change(panel, series, members=[panel.member, panel.officer])
    client.force_login(panel.organiser)
    page = client.get(f"/meetings/{series.meetings.get().pk}/").text
    assert "Short of a quorum: nobody is asked who will be there from health." in page
    assert "Short of a quorum" in client.get(f"/meetings/series/{series.pk}/").text


def test_somebody_who_is_away_that_day_does_not_count(panel, series):
    assert short_beforehand_of(series.meetings.get()) == ""
    Absence.objects.create(
        practitioner=panel.nurse, from_on=panel.today, until_on=panel.today, entered_by=panel.nurse, entered_at=panel.now
    )  # fmt: skip
    assert "health" in short_beforehand_of(series.meetings.get())


def test_who_arranges_it_from_now_on_has_the_list_and_who_did_no_longer(panel, series):
    draw_up(series.meetings.get(), by=panel.organiser, now=panel.now)
    second = invented.practitioner("second", Role.EXPLOITATION_COORDINATOR, panel.council)
    change(panel, series, organiser=second, members=[panel.member, panel.officer, panel.nurse])
    assert Clock.objects.running().get(what="a meeting to be held").owner == second
    assert open_record(person_id=panel.boy.pk, by=second, today=panel.today)
    with pytest.raises(NothingThere):
        open_record(person_id=panel.boy.pk, by=panel.organiser, today=panel.today + timedelta(days=1))
    with pytest.raises(NothingThere):
        open_record(person_id=panel.hidden.pk, by=second, today=panel.today)


def test_of_two_who_change_it_the_second_sees_both(panel, series):
    change(panel, series, place="Room 4", opened_on="1")
    with pytest.raises(SomebodyWasFirst):
        change(panel, series, place="Room 9", opened_on="1")
    series.refresh_from_db()
    assert (series.place, series.version) == ("Room 4", 2)


def test_it_is_changed_by_those_who_run_it_and_a_day_has_not_passed(panel, series):
    with pytest.raises(NotAllowed):
        change(panel, series, by=panel.nurse, place="Room 4")
    with pytest.raises(NotPossible, match="today or later"):
        change(panel, series, next_on=panel.today - timedelta(days=1))


def test_by_its_page(panel, series, client):
    client.force_login(panel.chair)
    page = f"/meetings/series/{series.pk}/"
    assert 'value="Child panel"' in client.get(page).text
    day = panel.today + timedelta(days=3)
    sent = {
        "name": "Child panel", "place": "Room 2", "rhythm": "weekly", "chair": panel.chair.pk, "organiser": panel.organiser.pk,
        "members": [panel.nurse.pk, panel.officer.pk], "quorum": [], "opened_on": "1",
        "first_on_day": day.day, "first_on_month": day.month, "first_on_year": day.year,
    }  # fmt: skip
    assert "Give the series a name" in client.post(page, sent | {"name": ""}).text
    assert client.post(page, sent).status_code == 302
    series.refresh_from_db()
    assert (series.rhythm, series.place, series.quorum) == (
        "weekly",
        "Room 2",
        ["council", "police", "health"],
    )
