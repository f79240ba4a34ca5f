"""Actions of a plan: set once with a clock, ended with words, carried forward, passed on, and seen by those who may."""

from datetime import timedelta
from uuid import uuid4

import pytest

from rowan.access.actions import open_record
from rowan.access.models import KeptOut
from rowan.agencies.models import Absence
from rowan.audit_trail.models import Entry
from rowan.notices.models import Notice
from rowan.plans.actions import CLOCK, end_action, open_action
from rowan.plans.models import Action
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on


def running(action):
    return Clock.objects.running().filter(what=CLOCK, about_id=str(action.pk))


def test_set_twice_an_action_is_one_with_a_clock_its_owner_told_and_let_in(team):
    token = uuid4()
    assert team.set(token=token, owner=team.officer) == team.set(token=token, owner=team.officer)
    action = Action.objects.get()
    clock = running(action).get()
    assert (clock.owner, clock.due_on, clock.about_person) == (team.officer, action.due_on, team.girl.pk)
    assert Notice.objects.filter(practitioner=team.officer).count() == 1
    assert open_record(person_id=team.girl.pk, by=team.officer, today=team.today)
    assert Entry.objects.about(team.girl.pk).filter(did="set an action").count() == 1


def test_nobody_sets_one_who_does_not_work_with_her_or_only_reads_the_plan(team):
    with pytest.raises(NothingThere):
        team.set(by=team.stranger)
    with pytest.raises(NotAllowed, match="does not set its actions"):
        team.set(by=team.triage)
    with pytest.raises(NotPossible, match="today or later"):
        team.set(due_on=team.today - timedelta(days=1))
    assert not Action.objects.exists()


@pytest.mark.parametrize("who", ["councillor", "kept out"])
def test_nobody_is_given_an_action_who_may_not_know_of_her(team, who):
    owner = team.councillor
    if who == "kept out":
        owner = team.officer
        KeptOut.objects.create(person_id=team.girl.pk, practitioner=owner, why="x", set_by="operator")
    with pytest.raises(NotPossible, match="cannot be given"):
        team.set(owner=owner)


def test_an_action_is_given_to_whoever_may_know_of_her_though_somebody_else_is_kept_out(team):
    KeptOut.objects.create(person_id=team.girl.pk, practitioner=team.officer, why="x", set_by="operator")
    assert team.set(owner=team.worker).owner == team.worker


def test_done_it_needs_words_stops_its_clock_and_closes_the_record_to_its_owner(team):
    action = team.set(owner=team.officer)
    with pytest.raises(NotPossible, match="what was done"):
        end_action(action, to="done", words=" ", by=team.officer, now=team.now)
    for _ in range(2):
        end_action(action, to="done", words="Rang her", by=team.officer, now=team.now)
    action.refresh_from_db()
    assert (action.step, action.outcome, action.ended_by) == ("done", "Rang her", team.officer)
    assert not running(action).exists()
    with pytest.raises(NothingThere):
        open_record(person_id=team.girl.pk, by=team.officer, today=team.today + timedelta(days=1))


def test_the_second_to_say_what_came_of_it_sees_both(team):
    action = team.set()
    end_action(action, to="done", words="Rang her", by=team.worker, now=team.now)
    other = team.set(owner=team.officer)
    end_action(other, to="done", words="Seen", by=team.worker, now=team.now)
    with pytest.raises(SomebodyWasFirst) as first:
        end_action(other, to="not_done", words="Away", by=team.officer, now=team.now)
    assert [(both.now, both.typed) for both in first.value.both][1] == ("Seen", "Away")


def test_carried_forward_it_is_open_again_with_a_new_date_and_says_what_it_carries(team):
    action, token = team.set(), uuid4()
    new_day = team.today + timedelta(days=20)
    with pytest.raises(NotPossible, match="new day"):
        end_action(action, to="carried", words="No answer", by=team.worker, now=team.now)
    for _ in range(2):
        end_action(
            action, to="carried", words="No answer", due_on=new_day, owner=team.officer, token=token,
            by=team.worker, now=team.now,
        )  # fmt: skip
    action.refresh_from_db()
    again = action.carried_by
    assert (again.what, again.due_on, again.owner, again.step) == (action.what, new_day, team.officer, "open")
    assert not running(action).exists() and running(again).get().owner == team.officer
    assert Action.objects.count() == 2


def test_when_its_owner_is_away_it_passes_on_with_record_and_notice(team):
    action = team.set()
    Absence.objects.create(
        practitioner=team.worker, from_on=team.today, until_on=team.today + timedelta(days=30),
        entered_by=team.worker, entered_at=team.now,
    )  # fmt: skip
    assert pass_on(now=team.now) == 1
    action.refresh_from_db()
    assert action.owner == running(action).get().owner == team.colleague
    assert open_record(person_id=team.girl.pk, by=team.colleague, today=team.today)
    assert pass_on(now=team.now) == 0


def test_a_role_that_opens_no_record_sees_its_own_action_and_not_the_child(team, client):
    action = team.set(owner=team.licensing)
    assert open_action(action.pk, by=team.licensing, today=team.today).seen is None
    client.force_login(team.licensing)
    for path in ("/plans/actions/", f"/plans/actions/{action.pk}/"):
        page = client.get(path).content.decode()
        assert "Ring her aunt" in page and "Larkfield" not in page
    sent = {"to": "done", "words": "Rang", "token": str(uuid4())}
    assert client.post(f"/plans/actions/{action.pk}/", sent).status_code == 302
    assert Action.objects.get().step == "done"


def test_whoever_only_sees_headings_sees_whose_it_is_and_no_words(team, client):
    action = team.set()
    client.force_login(team.triage)
    page = client.get(f"/plans/children/{team.girl.pk}/").content.decode()
    assert "Joan Eccles" in page and "Ring her aunt" not in page
    assert client.get(f"/plans/actions/{action.pk}/").status_code == 404


def test_the_pages_set_an_action_and_say_what_came_of_it(team, client):
    client.force_login(team.worker)
    path = f"/plans/children/{team.girl.pk}/add/"
    bad = client.post(path, {"what": "See her at home", "token": str(uuid4())}).content.decode()
    assert "Choose who does it" in bad and "See her at home" in bad
    day = team.today + timedelta(days=3)
    sent = {
        "what": "See her at home", "owner": team.worker.pk, "token": str(uuid4()),
        "due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year,
    }  # fmt: skip
    assert [client.post(path, sent).status_code for _ in range(2)] == [302, 302]
    action = Action.objects.get()
    assert "See her at home" in client.get(f"/plans/children/{team.girl.pk}/").content.decode()
    assert "Choose what came of it" in client.post(f"/plans/actions/{action.pk}/", {"token": str(uuid4())}).content.decode()  # fmt: skip
    client.post(
        f"/plans/actions/{action.pk}/", {"to": "not_done", "words": "Moved away", "token": str(uuid4())}
    )
    assert "Moved away" in client.get(f"/plans/children/{team.girl.pk}/").content.decode()


def test_a_list_takes_as_many_queries_for_twenty_as_for_two(team, client, django_assert_max_num_queries):
    client.force_login(team.worker)
    for _ in range(20):
        team.set()
    for path in ("/plans/actions/", f"/plans/children/{team.girl.pk}/"):
        with django_assert_max_num_queries(40):
            assert client.get(path).content.decode().count("Ring her aunt") == 20
