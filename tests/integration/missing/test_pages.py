"""The pages of missing children: what is typed is not lost, nobody sees what is not theirs, and lists cost the same however long."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.hiding import restrict
from rowan.audit_trail.models import Entry as Line
from rowan.missing import actions
from rowan.missing.models import Episode, HomeInterview
from tests import people_in_tests as invented
from tests.forms_on_pages import hidden_in
from tests.integration.missing.conftest import heard


def moment(at) -> dict:
    local = timezone.localtime(at)
    return {
        "at_on_day": local.day,
        "at_on_month": local.month,
        "at_on_year": local.year,
        "at_time": f"{local:%H:%M}",
    }


def send(client, path, **typed):
    page = client.get(path).content.decode()
    return client.post(path, hidden_in(page, "", path) | typed)


def names_on(client, path) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_childs_page_to_the_board(hub, client):
    client.force_login(hub.worker)
    assert f"/missing/children/{hub.boy.pk}/" in names_on(client, f"/children/{hub.boy.pk}/")
    assert "Report missing" in names_on(client, f"/missing/children/{hub.boy.pk}/")
    answer = send(client, f"/missing/children/{hub.boy.pk}/report/", **moment(hub.ago(hours=2)))
    episode = Episode.objects.get()
    assert answer.headers["Location"] == f"/missing/{episode.pk}/"
    client.force_login(hub.coordinator)
    assert "Kacper Holloway" in names_on(client, "/missing/")
    assert "Kacper Holloway" in names_on(client, "/missing/huddle/")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Enter the time the child was last seen"),
        ({"at_time": "late"}, "Enter a time, such as 22:15"),
        ({"at_time": "23:59", "at_on_year": "2099"}, "That moment has not come yet"),
        ({"at_on_month": "13", "at_time": "22:15"}, "Enter a real date"),
    ],
)
def test_wrong_input_gets_a_sentence_and_keeps_what_was_typed(hub, client, typed, says):
    client.force_login(hub.worker)
    path = f"/missing/children/{hub.boy.pk}/report/"
    page = send(
        client, path, **{**moment(hub.now), "at_time": "", **typed, "worry": "He rang from a station"}
    ).content.decode()
    assert says in page
    assert "He rang from a station" in page
    assert not Episode.objects.exists()


def test_the_whole_way_by_hand(hub, client):
    client.force_login(hub.coordinator)
    episode = hub.report(hours=120)
    path = f"/missing/{episode.pk}/"

    def step(page, at, **typed):
        answer = send(client, f"{path}{page}/", **moment(at), **typed)
        assert answer.status_code == 302, answer.content.decode()

    step("grade", hub.ago(hours=119), grade="high")
    step("returned", hub.ago(hours=100), words="By bus")
    step("offer", hub.ago(hours=90), how="in_person")
    step("declined", hub.ago(hours=89), words="Not today")
    step("offer", hub.ago(hours=20), how="worker")
    step("accepted", hub.ago(hours=19))
    step(
        "interview",
        hub.ago(hours=1),
        independent="yes",
        childs_words="I was fed up",
        told_of_harm="no",
        push=["home_conflict"],
        names="Stretch",
    )
    page = names_on(client, path)
    for words in (
        "Interview held late",
        "2 times",
        "I was fed up",
        "Conflict or violence at home",
        "Stretch",
        "By bus",
        "High risk",
    ):
        assert words in page
    assert HomeInterview.objects.get().by == hub.coordinator


def test_the_words_of_intelligence_are_for_those_who_read_intelligence(hub, client):
    episode = hub.step(
        actions.hear,
        hub.returned(),
        at=hub.ago(hours=1),
        heard=heard(intelligence="A silver car"),
        by=hub.worker,
    )
    client.force_login(hub.officer)
    assert "A silver car" in names_on(client, f"/missing/{episode.pk}/")
    client.force_login(hub.worker)
    page = names_on(client, f"/missing/{episode.pk}/")
    assert "A silver car" not in page
    assert "Its words are not for your role" in page


def test_a_carer_reads_what_the_home_wrote_and_no_other_agencys_words(hub, client):
    episode = hub.report(worry="Said in confidence")
    client.force_login(hub.carer)
    assert client.get(f"/missing/{episode.pk}/").status_code == 404
    hub.report(by=hub.carer, worry="He took his bag")
    page = names_on(client, f"/missing/{episode.pk}/")
    assert "He took his bag" in page
    assert "Said in confidence" not in page


@pytest.mark.parametrize("who", ["stranger", "lead", "carer"])
def test_an_episode_that_is_not_theirs_is_not_there(hub, client, who):
    episode = hub.report()
    client.force_login(getattr(hub, who))
    for page in ("", "returned/", "interview/", "action/"):
        assert client.get(f"/missing/{episode.pk}/{page}").status_code == 404
    assert client.get(f"/missing/{uuid4()}/").status_code == 404
    board = client.get("/missing/").content.decode()
    assert "Kacper" not in board
    assert "Nobody whom you may see is reported missing now" in board


def test_a_restricted_boy_is_in_no_list_and_no_number(hub, client):
    hub.returned()
    client.force_login(hub.coordinator)
    assert re.search(r"Came back</dt><dd[^>]*>1<", names_on(client, "/missing/huddle/"))
    restrict(
        person_id=hub.boy.pk, kind="other", why="His aunt works here", owner=hub.worker, let_in=[hub.worker], by=hub.worker, now=hub.now
    )  # fmt: skip
    page = names_on(client, "/missing/huddle/")
    assert "Kacper" not in page
    assert re.search(r"Came back</dt><dd[^>]*>0<", page)


def test_offers_are_counted_as_well_as_interviews(hub, client):
    episode = hub.returned()
    for hours in (9, 8):
        hub.step(actions.offer, episode, how="in_person", at=hub.ago(hours=hours))
    client.force_login(hub.coordinator)
    assert "after 1 return, 2 offers in all" in names_on(client, "/missing/huddle/")


@pytest.mark.parametrize("path", ["/missing/", "/missing/huddle/"])
def test_a_list_costs_the_same_however_long(hub, client, path, django_assert_num_queries):
    client.force_login(hub.coordinator)
    hub.report()
    client.get(path)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(path)
    for number in range(6):
        other = invented.child(f"Child{number}", "Ashdown", sex="F", age=14, school=hub.school)
        invented.involve(other, hub.council, "working_with", practitioner=hub.worker)
        hub.report(person_id=other.pk)
    with django_assert_num_queries(len(one)):
        assert client.get(path).content.decode().count("Ashdown") >= 6


def test_a_long_board_is_paged(hub, client):
    for number in range(32):
        other = invented.child(f"Child{number}", "Ashdown", sex="F", age=14, school=hub.school)
        invented.involve(other, hub.council, "working_with", practitioner=hub.worker)
        hub.report(person_id=other.pk, hours=number + 1)
    client.force_login(hub.coordinator)
    first, second = names_on(client, "/missing/"), names_on(client, "/missing/?page=2")
    assert len(re.findall(r"<article", first)) == 30
    assert len(re.findall(r"<article", second)) == 2
    # The longest away stands first.
    assert first.index("Child31") < first.index("Child30")


def test_the_board_is_searched_by_the_letter_a_name_begins_with(hub, client):
    girl, other = (
        invented.child(*name, sex="F", age=14, school=hub.school)
        for name in (("Amina", "Larkfield"), ("Leila", "Moss"))
    )
    hub.report()
    for each in (girl, other):
        invented.involve(each, hub.council, "working_with", practitioner=hub.worker)
        hub.report(person_id=each.pk)
    client.force_login(hub.coordinator)
    assert re.findall(r"[?]letter=(.)\"", names_on(client, "/missing/")) == ["A", "H", "K", "L", "M"]
    for letter in ("A", "L"):
        page = names_on(client, f"/missing/?letter={letter}")
        assert "Amina Larkfield" in page and "Kacper" not in page
    # Every look at a shortened list is on the trail as one at the whole list is: with whom it showed.
    shown = Line.objects.filter(
        did="looked at who is missing now: child shown", by_id=str(hub.coordinator.pk)
    )
    assert [shown.filter(about_person=each.pk).count() for each in (girl, hub.boy)] == [3, 1]
    # A letter nobody there has is a letter of somebody who came back: the whole board stands.
    assert "Kacper" in names_on(client, "/missing/?letter=Z")
    restrict(
        person_id=hub.boy.pk, kind="other", why="His aunt works here", owner=hub.worker, let_in=[hub.worker], by=hub.worker, now=hub.now
    )  # fmt: skip
    assert re.findall(r"[?]letter=(.)\"", names_on(client, "/missing/")) == ["A", "L", "M"]


def test_on_a_childs_own_page_an_episode_is_called_by_its_day(hub, client):
    episode = hub.report()
    client.force_login(hub.coordinator)
    day = timezone.localdate(episode.began_at)
    assert f">Missing from {day.day} {day:%B %Y}<" in names_on(client, f"/missing/children/{hub.boy.pk}/")


def test_the_second_person_sees_both_versions(hub, client):
    episode = hub.report()
    client.force_login(hub.coordinator)
    path = f"/missing/{episode.pk}/returned/"
    page = client.get(path).content.decode()
    hub.step(actions.say_found, episode, at=hub.ago(hours=2), words="At his aunt’s", by=hub.worker)
    answer = client.post(path, hidden_in(page, "", path) | moment(hub.ago(hours=1)) | {"words": "Walked in"})
    assert answer.status_code == 409
    assert "At his aunt’s" in answer.content.decode()
    assert "Walked in" in answer.content.decode()
    assert Episode.objects.get().step == "found"


def test_an_action_is_added_and_said_to_be_done(hub, client):
    episode = hub.report()
    client.force_login(hub.coordinator)
    on = hub.today + timedelta(days=3)
    answer = send(
        client, f"/missing/{episode.pk}/action/", what="Ring his aunt", owner=hub.worker.pk, due_on_day=on.day, due_on_month=on.month, due_on_year=on.year,
    )  # fmt: skip
    assert answer.status_code == 302
    action = episode.actions.get()
    client.force_login(hub.worker)
    assert send(client, f"/missing/actions/{action.pk}/", outcome="She has seen him").status_code == 302
    assert "She has seen him" in names_on(client, f"/missing/{episode.pk}/")
