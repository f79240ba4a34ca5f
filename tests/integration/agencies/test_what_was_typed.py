"""A session ends while somebody is typing: her text is there after signing in again, for her and for nobody else."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.models import SignedIn, TypedText
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.questions.models import Answer
from tests import people_in_tests as invented
from tests.signing_in import code_now, with_app

TYPED = 'Stayed with her grandmother\n& the "cousins" <in Leeds>'


@pytest.fixture
def hub(db):
    invented.finished_run()
    agencies = invented.three_agencies()
    council = agencies[invented.COUNCIL]
    people = {
        name: invented.practitioner(name, role, council)
        for name, role in [("missing", Role.MISSING_COORDINATOR), ("deputy", Role.MISSING_COORDINATOR)]
    }
    post = invented.post(PostKind.MISSING_COORDINATOR, council, *people.values())
    girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL])
    invented.involve(girl, council, Why.ALLOCATED_WORKER, "Joan Eccles")
    people["question"] = invented.question(
        girl,
        "missing_again",
        rows=[(invented.POLICE, invented.days_ago(5), "Reported missing")],
        at_post=post,
        figures={"episodes": 3, "first_on": "2026-01-01", "last_on": "2026-02-01"},
    )
    return people


@pytest.fixture
def secrets(hub):
    return {name: with_app(hub[name]) for name in ("missing", "deputy")}


def sign_in(browser: Client, name: str, secrets: dict, then: str = "/", steps_on: int = 0):
    browser.post("/sign-in/", {"login": name, "password": invented.PASSWORD, "next": then})
    return browser.post("/sign-in/code/", {"code": code_now(secrets[name], steps_on=steps_on)})


def type_too_late(browser: Client, hub, referer: str | None = None):
    """The session is over while she types, and then she sends the form."""
    SignedIn.objects.update(last_seen_at=timezone.now() - settings.SIGNED_IN_IDLE_FOR)
    page = f"/questions/{hub['question'].id}/"
    return browser.post(
        f"{page}answer/",
        {"kind": "explained", "explained_text": TYPED, "how_known": ""},
        headers={"Referer": referer or f"http://testserver{page}"},
    )


def test_the_same_person_gets_it_back_and_nothing_was_sent(client, hub, secrets):
    sign_in(client, "missing", secrets)
    page = f"/questions/{hub['question'].id}/"
    client.get(page)
    late = type_too_late(client, hub)
    assert late.headers["Location"].startswith("/sign-in/?next=%2Fquestions%2F")
    assert not Answer.objects.exists()
    # In another browser, too: it is kept for her, not for the machine.
    other = Client()
    back = sign_in(other, "missing", secrets, then=page, steps_on=1)
    assert back.headers["Location"] == page
    shown = other.get(page).content.decode()
    assert "What you typed before you were signed out is back in the form below" in shown
    assert "Stayed with her grandmother\n&amp; the" in shown and "<in Leeds>" not in shown
    assert re.search(r'<input[^>]+value="explained"[^>]* checked', shown)
    assert not Answer.objects.exists()
    assert (
        Entry.objects.filter(did="was given back what was typed", by_id=str(hub["missing"].pk)).count() == 1
    )
    # Once she sends it herself it is like any other form, and what was kept is gone.
    other.post(f"{page}answer/", {"kind": "explained", "explained_text": TYPED, "how_known": "Rang her"})
    assert Answer.objects.count() == 1 and not TypedText.objects.exists()
    assert "back in the form" not in other.get(page).content.decode()


def test_another_person_in_the_same_browser_never_sees_it(client, hub, secrets):
    sign_in(client, "missing", secrets)
    type_too_late(client, hub)
    sign_in(client, "deputy", secrets)
    page = f"/questions/{hub['question'].id}/"
    for address in (page, f"{page}answer/", "/account/typed/", "/questions/"):
        shown = client.get(address)
        assert shown.status_code == 200 and "grandmother" not in shown.content.decode(), address
    assert TypedText.objects.get().practitioner == hub["missing"]


def test_after_another_person_signed_in_there_an_old_window_keeps_nothing_for_her(hub, secrets):
    """The first person's form is still open in another window: its token is too old, so it is not taken for the second's."""
    browser = Client(enforce_csrf_checks=True)
    token = _token(browser)
    browser.post(
        "/sign-in/", {"login": "missing", "password": invented.PASSWORD, "csrfmiddlewaretoken": token}
    )
    browser.post("/sign-in/code/", {"code": code_now(secrets["missing"]), "csrfmiddlewaretoken": token})
    page = f"/questions/{hub['question'].id}/"
    old = _token(browser, page)
    browser.post("/sign-out/", {"csrfmiddlewaretoken": old})
    token = _token(browser)
    browser.post(
        "/sign-in/", {"login": "deputy", "password": invented.PASSWORD, "csrfmiddlewaretoken": token}
    )
    browser.post("/sign-in/code/", {"code": code_now(secrets["deputy"]), "csrfmiddlewaretoken": token})
    browser.get("/questions/")
    SignedIn.objects.all().delete()
    late = browser.post(f"{page}answer/", {"explained_text": TYPED, "csrfmiddlewaretoken": old})
    assert late.status_code == 403
    assert not TypedText.objects.exists()


def _token(browser: Client, address: str = "/sign-in/") -> str:
    return browser.get(address).content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def test_from_a_browser_where_nobody_signed_in_nothing_is_kept(client, hub):
    client.post("/questions/rules/missing_again/switch/", {"why": "x"})
    assert not TypedText.objects.exists()


def test_it_is_sealed_leaves_no_word_on_the_trail_and_is_gone_after_a_day(client, hub, secrets):
    sign_in(client, "missing", secrets)
    type_too_late(client, hub)
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM agencies_typedtext")
        assert "grandmother" not in cursor.fetchone()[0]
    assert "grandmother" not in str(list(Entry.objects.values()))
    TypedText.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    sign_in(client, "missing", secrets, steps_on=1)
    assert "grandmother" not in client.get(f"/questions/{hub['question'].id}/").content.decode()
    assert not TypedText.objects.exists()


def test_a_form_that_is_gone_is_said_and_the_text_can_be_read_apart(client, hub, secrets):
    sign_in(client, "missing", secrets)
    type_too_late(client, hub, referer="http://testserver/questions/")
    sign_in(client, "missing", secrets, steps_on=1)
    assert "its form is no longer on this page" in client.get("/questions/").content.decode()
    assert "Stayed with her grandmother" in client.get("/account/typed/").content.decode()
    client.post("/account/typed/")
    assert not TypedText.objects.exists()


def test_another_sites_page_is_never_led_back_to(client, hub, secrets):
    sign_in(client, "missing", secrets)
    late = type_too_late(client, hub, referer="https://elsewhere.example/questions/")
    assert "elsewhere" not in late.headers["Location"]


def test_a_page_that_nothing_waits_for_asks_nothing_more(client, hub, django_assert_num_queries):
    client.force_login(hub["missing"])
    with django_assert_num_queries(len(_queries(client))):
        client.get("/components/")
    assert not any("typedtext" in query["sql"] for query in _queries(client))


def _queries(client) -> list:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get("/components/")
    return asked.captured_queries
