"""Requests to agencies: a clock that runs, a chase, a lead; answered, refused with a ground, withdrawn; promised by an answer."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.questions.actions import answer as answer_question
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from rowan.sharing.actions import requests
from rowan.sharing.models import Request
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import add_working_days
from tests import people_in_tests as invented


def ask(hub, **more):
    said = {
        "token": uuid4(),
        "person_id": hub.girl.pk,
        "asked_agency": hub.school,
        "what": "Her attendance in May",
        "purpose": "missing",
        "article6": "public_task",
        "duty": "ca2004_s10",
        "due_on": hub.today,
        "by": hub.worker,
        "now": hub.now,
    }
    return requests.ask(**{**said, **more})


def chase_on(day) -> int:
    return requests.chase_late(timezone.make_aware(datetime.combine(day, time(9))))


def test_asking_starts_a_clock_that_its_asker_owns_and_pressed_twice_asks_once(hub):
    token = uuid4()
    assert ask(hub, token=token) == ask(hub, token=token)
    clock = Clock.objects.running().get(what=requests.CLOCK)
    assert (clock.owner, clock.due_on, clock.about_person) == (hub.worker, hub.today, hub.girl.pk)
    assert Entry.objects.about(hub.girl.pk).filter(did="asked an agency").count() == 1


def test_who_does_not_work_with_the_child_asks_nobody(hub):
    with pytest.raises(NotAllowed):
        ask(hub, by=hub.stranger)
    with pytest.raises(NotPossible, match="duty or power"):
        ask(hub, duty="")
    assert not Request.objects.exists()


def test_late_it_is_chased_then_taken_to_the_lead_each_once_however_often_it_is_run(hub):
    invented.practitioner("head", Role.SAFEGUARDING_LEAD, hub.school)
    asked = ask(hub)
    assert chase_on(hub.today) == 0
    days = [add_working_days(hub.today, n) for n in range(1, 7)]
    for day in days:
        chase_on(day)
        assert chase_on(day) == 0
    kinds = list(asked.events.values_list("kind", flat=True))
    assert kinds.count("escalated") == 1
    assert kinds.count("chased") >= 2
    assert all(event.by is None for event in asked.events.all())
    requests.answer(asked, words="It is in the e-mail of today", by=hub.worker, now=hub.now)
    assert chase_on(days[-1] + timedelta(days=14)) == 0
    assert not Clock.objects.running().filter(about_kind="request").exists()


def test_a_refusal_says_on_which_ground(hub):
    asked = ask(hub)
    with pytest.raises(NotPossible, match="Choose the ground"):
        requests.refuse_request(asked, ground="", words="No", by=hub.lead, now=hub.now)
    requests.refuse_request(asked, ground="not_held", words="She left in May", by=hub.lead, now=hub.now)
    event = asked.events.get()
    assert (event.kind, event.ground, event.by) == ("refused", "not_held", hub.lead)
    with pytest.raises(NotPossible, match="closed already"):
        requests.answer(asked, words="Found it", by=hub.worker, now=hub.now)


def test_only_the_asking_agency_withdraws_and_others_do_not_see_it(hub):
    asked = ask(hub, asked_agency=hub.police)
    with pytest.raises(NotAllowed, match="between other agencies"):
        requests.withdraw_request(asked, words="x", by=hub.lead, now=hub.now)
    with pytest.raises(NothingThere):
        requests.open_request(asked.pk, by=hub.lead, today=hub.today)
    of_school = ask(hub)
    with pytest.raises(NotPossible, match="Only the agency that asked"):
        requests.withdraw_request(of_school, words="x", by=hub.lead, now=hub.now)
    requests.withdraw_request(of_school, words="Found elsewhere", by=hub.worker, now=hub.now)


@pytest.fixture
def owed(hub):
    asked = invented.question(
        hub.girl,
        "missing_again",
        rows=[(invented.POLICE, hub.today - timedelta(days=6), "Reported missing")],
        to=hub.worker,
        figures={"episodes": 3, "first_on": str(hub.today), "last_on": str(hub.today)},
    )
    given = answer_question(
        asked, kind="look_again", text="Who collects her?", agency=hub.school,
        look_again_on=hub.today + timedelta(days=7), by=hub.worker, now=hub.now,
    )  # fmt: skip
    return given.owed.get()


def test_what_an_answer_promised_becomes_a_request_in_one_step(hub, client, owed):
    client.force_login(hub.worker)
    listed = client.get("/sharing/requests/").content.decode()
    path = f"/sharing/children/{hub.girl.pk}/ask/"
    assert f"{path}?owed={owed.pk}" in listed
    form = client.get(f"{path}?owed={owed.pk}").content.decode()
    assert "Who collects her?" in form
    day = owed.due_on
    sent = {
        "token": str(uuid4()), "owed": owed.pk, "asked_agency": hub.school.pk, "what": "Who collects her?", "purpose": "missing",
        "article6": "public_task", "duty": "ca2004_s10", "due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year,
    }  # fmt: skip
    assert [client.post(path, sent).status_code for _ in range(2)] == [302, 302]
    owed.refresh_from_db()
    assert owed.settled_by == hub.worker
    assert Request.objects.get().owed == owed
    assert str(owed.pk) not in client.get("/sharing/requests/").content.decode().split("owed=")[-1][:6]


def test_a_promise_kept_already_asks_nobody_twice(hub, owed):
    ask(hub, owed=owed)
    with pytest.raises(NotPossible, match="said already"):
        ask(hub, owed=owed)
    assert Request.objects.count() == 1


def test_the_list_takes_as_many_queries_for_twenty_as_for_two(hub, client, django_assert_max_num_queries):
    client.force_login(hub.worker)
    for _ in range(20):
        ask(hub)
    with django_assert_max_num_queries(45):
        page = client.get("/sharing/requests/")
    assert page.content.decode().count("asks Larch Hill School") == 20


def test_the_pages_of_one_request(hub, client):
    asked = ask(hub)
    client.force_login(hub.lead)
    page = client.get(f"/sharing/requests/{asked.pk}/").content.decode()
    assert "Her attendance in May" in page and "Withdraw it" not in page
    assert client.get(f"/sharing/requests/{asked.pk}/forget/").status_code == 404
    client.post(f"/sharing/requests/{asked.pk}/answer/", {"words": "Sent today"})
    assert Request.objects.get().step == "answered"
    client.force_login(hub.stranger)
    assert client.get(f"/sharing/requests/{asked.pk}/").status_code == 404
