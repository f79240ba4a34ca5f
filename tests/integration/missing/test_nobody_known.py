"""A child whom nobody knows yet stands on the board; found to be a known child, the episode goes with it whole, and comes back exactly."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.hiding import restrict
from rowan.access.models import Involvement, Restriction
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry as Line
from rowan.chronology.models import Entry
from rowan.missing import actions
from rowan.missing.models import Episode
from rowan.people.models import Person
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from tests import people_in_tests as invented

LOOK = {"then": "search", "first_name": "Kacper", "surname": "Holloway", "why": "He rang his school"}


@pytest.fixture
def unknown(hub) -> Episode:
    return reported(hub)


def reported(hub, *, token=None, by=None, **more) -> Episode:
    said = {"called": "Kac", "known_by": "About 15, a green coat", "began_at": hub.ago(hours=4)} | more
    return actions.report_nobody_known(token=token or uuid4(), by=by or hub.coordinator, now=hub.now, **said)


def said_who(
    hub, episode, person=None, *, by=None, opened_on="none", how_known="His school named him"
) -> Episode:
    return actions.say_who(
        episode.pk, into=(person or hub.boy).pk, how_known=how_known, opened_on=opened_on, by=by or hub.triage, now=hub.now
    )  # fmt: skip


def test_the_co_ordinator_puts_a_child_whom_nobody_knows_on_the_board(hub, client):
    client.force_login(hub.coordinator)
    assert reverse("missing:report_nobody_known") in client.get("/missing/").content.decode()
    sent = a_form(hub, uuid4())
    for _ in range(2):
        assert client.post(reverse("missing:report_nobody_known"), sent).status_code == 302
    episode = Episode.objects.get()
    assert "About 15, a green coat" in client.get("/missing/").content.decode()
    assert Clock.objects.running().filter(about_id=str(episode.pk)).count() == 1
    assert hub.coordinator.notices.filter(about="A child was reported missing").exists()
    without = client.post(reverse("missing:report_nobody_known"), sent | {"token": uuid4(), "known_by": ""})
    assert "Say how the child can be told" in without.content.decode()


def a_form(hub, token) -> dict:
    at = timezone.localtime(hub.ago(hours=4))
    on_day = {"at_on_day": at.day, "at_on_month": at.month, "at_on_year": at.year}
    return {
        "token": token,
        "called": "",
        "known_by": "About 15, a green coat",
        "at_time": f"{at:%H:%M}",
    } | on_day


def test_a_form_with_the_number_of_a_step_that_is_hidden_from_its_sender_is_refused_in_words(hub, client):
    token = uuid4()
    actions.report(token=token, person_id=hub.boy.pk, began_at=hub.ago(hours=5), by=hub.worker, now=hub.now)
    restrict(
        person_id=hub.boy.pk, kind="other", why="His aunt works here", owner=hub.worker, let_in=[hub.worker], by=hub.worker, now=hub.now
    )  # fmt: skip
    client.force_login(hub.coordinator)
    answer = client.post(reverse("missing:report_nobody_known"), a_form(hub, token))
    assert answer.status_code == 409
    assert "Open the page again" in answer.content.decode() or "Start again" in answer.content.decode()
    assert Episode.objects.count() == 1
    assert Line.objects.filter(by_id=hub.coordinator.pk).exclude(refused_because="").exists()


@pytest.mark.parametrize("who", ["carer", "lead", "worker", "interviewer"])
def test_a_carer_a_school_and_a_worker_make_nobody_and_are_told_whom_to_ring(hub, who):
    people = Person.objects.count()
    with pytest.raises(NotAllowed, match="999"):
        reported(hub, by=getattr(hub, who))
    assert Person.objects.count() == people


def test_found_to_be_a_known_child_the_episode_goes_with_it_whole(hub, unknown, client):
    actions.grade(
        unknown,
        token=uuid4(),
        opened_on=1,
        grade="high",
        at=hub.ago(hours=3),
        by=hub.coordinator,
        now=hub.now,
    )
    client.force_login(hub.triage)
    page = reverse("missing:who", args=[unknown.pk])
    assert hub.boy.pk in client.post(page, LOOK).content.decode()
    chosen = {"then": "choose", "into": hub.boy.pk, "how_known": "His school named him", "opened_on": "none"}
    assert client.post(page, chosen).status_code == 302
    episode = Episode.objects.get(pk=unknown.pk)
    assert (episode.person, episode.grade, episode.events.count()) == (hub.boy, "high", 2)
    client.force_login(hub.worker)
    assert str(episode.pk) in client.get(f"/missing/children/{hub.boy.pk}/").content.decode()
    assert Entry.objects.current().about(hub.boy.pk).filter(kind="went_missing").count() == 1
    assert Clock.objects.running().get(about_id=str(episode.pk)).about_person == hub.boy.pk
    line = Line.objects.get(did="said who a missing child is", refused_because="")
    assert line.particulars["was"] == unknown.person_id


def test_taken_back_it_is_nobody_known_again_and_what_was_recorded_stays(hub, unknown):
    was = unknown.person_id
    said_who(hub, unknown)
    newest = unknown.unknown_child.found_to_be.get()
    back = actions.say_who(
        unknown.pk,
        into="",
        how_known="It was his cousin",
        opened_on=str(newest.pk),
        by=hub.triage,
        now=hub.now,
    )
    assert back.person_id == was and Person.objects.get(pk=was).who_now().pk == was
    assert [row.how_known for row in unknown.unknown_child.found_to_be.all()] == [
        "His school named him",
        "It was his cousin",
    ]
    assert not Entry.objects.current().about(hub.boy.pk).filter(kind="went_missing").exists()
    yesterday = hub.today - timedelta(days=1)
    left = Involvement.objects.filter(person_id=hub.boy.pk, rests_on__startswith=unknown.rests_on)
    assert {row.closed_on for row in left} == {yesterday}


def test_having_reported_a_child_whom_nobody_knew_opens_no_known_childs_record(hub):
    stranger = invented.practitioner("officer-two", Role.POLICE_EXPLOITATION_TEAM, hub.police)
    episode = reported(hub, by=stranger)
    open_record(person_id=episode.person_id, by=stranger, today=hub.today)
    said_who(hub, episode)
    with pytest.raises(NothingThere):
        open_record(person_id=hub.boy.pk, by=stranger, today=hub.today)


def test_only_the_triage_desk_says_who_it_is_and_only_of_somebody_they_may_see(hub, unknown, client):
    with pytest.raises(NotAllowed, match="triage desk"):
        said_who(hub, unknown, by=hub.coordinator)
    Restriction.objects.create(person_id=hub.boy.pk, why="staff family", owner=hub.worker, set_by="operator")
    client.force_login(hub.triage)
    page = reverse("missing:who", args=[unknown.pk])
    assert hub.boy.pk not in client.post(page, LOOK).content.decode()
    sent = {"into": hub.boy.pk, "how_known": "A guess", "opened_on": "none"}
    shown = client.post(page, sent).content.decode()
    assert "There is nobody there whom you may name" in shown and "Holloway" not in shown
    with pytest.raises(NotPossible):
        said_who(hub, unknown)
    assert not unknown.unknown_child.found_to_be.exists()


def test_of_two_who_say_who_it_is_the_second_learns_who_was_first(hub, unknown):
    said_who(hub, unknown)
    assert said_who(hub, unknown).person == hub.boy, "pressed again, it was said once"
    with pytest.raises(SomebodyWasFirst):
        said_who(hub, unknown, how_known="A photograph")


def test_a_known_childs_episode_asks_nobody_who_it_is(hub, client):
    client.force_login(hub.triage)
    episode = hub.report(by=hub.worker)
    assert client.get(reverse("missing:who", args=[episode.pk])).status_code == 404
