"""The pages of meetings: wrong inputs, the second press, and as many queries for a long list as for a short one."""

import re
from datetime import timedelta
from uuid import uuid4

from rowan.audit_trail.models import Entry as Line
from rowan.meetings import actions
from rowan.meetings.models import Item, Meeting
from tests import people_in_tests as invented


def test_a_series_is_set_up_with_what_is_missing_said_beside_the_field(panel, client):
    client.force_login(panel.organiser)
    page = client.post("/meetings/series/new/", {"name": "Panel", "token": str(uuid4())}).content.decode()
    for words in ("Choose how often", "Choose who chairs", "Give the day", 'value="Panel"'):
        assert words in page
    sent = {
        "name": "Panel", "kind": "panel", "rhythm": "monthly", "chair": panel.chair.pk, "organiser": panel.organiser.pk,
        "members": [panel.member.pk], "token": str(uuid4()),
        "first_on_day": panel.today.day, "first_on_month": panel.today.month, "first_on_year": panel.today.year,
    }  # fmt: skip
    assert [client.post("/meetings/series/new/", sent).status_code for _ in range(2)] == [302, 302]
    assert Meeting.objects.count() == 1
    client.force_login(panel.worker)
    assert "sets up a series" in client.get("/meetings/series/new/").content.decode()


def test_a_child_shown_among_those_taken_off_the_list_has_a_line_of_the_look(panel, client):
    meeting = panel.meeting(organiser=panel.worker, chair=panel.worker)
    item = actions.add_child(
        meeting, person_id=panel.girl.pk, why="She asked", by=panel.worker, now=panel.now
    )
    actions.take_off(item, why="Heard yesterday", by=panel.worker, now=panel.now)
    client.force_login(panel.worker)
    assert "Amina Larkfield" in client.get(f"/meetings/{meeting.pk}/").content.decode()
    line = Line.objects.get(did="looked at who was taken off the list of a meeting: child shown")
    assert line.about_person == panel.girl.pk


def test_through_the_pages_from_list_to_minutes(panel, client):
    meeting = panel.meeting()
    path = f"/meetings/{meeting.pk}/"
    client.force_login(panel.organiser)
    assert client.get(f"{path}draw-up/").status_code == 405
    client.post(f"{path}draw-up/")
    assert "Amina Larkfield" in client.get(path).content.decode()
    client.force_login(panel.member)
    page = client.get(path).content.decode()
    assert "Amina" not in page and "while the meeting lasts" in page
    client.force_login(panel.organiser)
    opened = _opened_on(client.get(f"{path}who-came/"))
    here = {"came": [panel.chair.pk, panel.member.pk], "opened_on": opened}
    assert client.post(f"{path}who-came/", here).status_code == 302
    # A second who opened the page before sees both, and nothing is overwritten.
    second = client.post(f"{path}who-came/", {"came": [panel.nurse.pk], "opened_on": opened})
    assert second.status_code == 409 and "Sol Arden" in second.content.decode()
    assert not meeting.expected.get(practitioner=panel.nurse).came
    client.force_login(panel.member)
    page = client.get(path).content.decode()
    assert "Amina Larkfield" in page and "Not quorate" in page and "End the meeting" not in page
    item = panel.item(meeting)
    item_path = f"/meetings/items/{item.pk}/"
    assert "Strategy discussion pending" in client.get(item_path).content.decode()
    assert client.get(f"{item_path}decide/").status_code == 403
    client.force_login(panel.chair)
    page = client.post(f"{item_path}decide/", {"reason": "She was seen"}).content.decode()
    assert "Choose what was decided" in page and "She was seen" in page
    day = panel.today + timedelta(days=28)
    sent = {
        "decision": "stays", "reason": "She was seen", "opened_on": "0",
        "review_on_day": day.day, "review_on_month": day.month, "review_on_year": day.year,
    }  # fmt: skip
    assert client.post(f"{item_path}decide/", sent).status_code == 302
    assert client.post(f"{item_path}dissent/", {"agency": panel.health.pk, "words": "Too soon", "token": str(uuid4())}).status_code == 302  # fmt: skip
    page = client.get(item_path).content.decode()
    assert "Stays on the list" in page and "Invented Trust does not agree" in page
    client.post(f"{path}end/")
    client.post(f"{path}minutes/", {"words": "Taxis", "opened_on": "0"})
    client.post(f"{path}approve/", {"opened_on": "1"})
    meeting.refresh_from_db()
    assert meeting.step == "approved"
    client.force_login(panel.member)
    assert client.get(item_path).status_code == 404


def _opened_on(page) -> str:
    return re.search(r'name="opened_on" value="([^"]*)"', page.content.decode()).group(1)


def test_a_list_of_forty_takes_as_many_queries_as_one_of_two(panel, client, django_assert_max_num_queries):
    meeting = panel.in_session()
    client.force_login(panel.member)
    client.get(f"/meetings/{meeting.pk}/")
    for number in range(40):
        child = invented.child(f"Child{number}", "Long", sex="M", age=12, school=panel.school)
        Item.objects.create(meeting=meeting, person=child, reasons=["new"])
    with django_assert_max_num_queries(40):
        page = client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert page.count("/meetings/items/") == 30
