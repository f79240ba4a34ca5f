"""The doors: signing in and out, refusals, error pages and headers, each as a practitioner meets them."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from rowan.agencies.actions import issue_sign_in_link
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from tests import people_in_tests as invented
from tests.signing_in import code_now, with_app


@pytest.fixture
def officer(db):
    council = invented.three_agencies()[invented.COUNCIL]
    return invented.practitioner("triage", Role.TRIAGE_OFFICER, council, "Tamsin Okoro")


@pytest.fixture
def demonstration():
    note = Path(settings.ROWAN_HOME) / "home.json"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"kind": "demonstration"}))
    yield
    note.unlink()


def test_signing_in_and_out_leaves_two_lines(client, officer):
    secret = with_app(officer)
    client.post("/sign-in/", {"login": "triage", "password": invented.PASSWORD})
    client.post("/sign-in/code/", {"code": code_now(secret)})
    client.post("/sign-out/")
    assert [(line.did, line.by_name) for line in Entry.objects.all()] == [
        ("signed in", "Tamsin Okoro"),
        ("signed out", "Tamsin Okoro"),
    ]


def test_a_refused_sign_in_leaves_a_line_without_what_was_typed(client, officer):
    page = client.post("/sign-in/", {"login": "triage", "password": "not this one"})
    assert "The user name or the password is not right" in page.content.decode()
    client.post("/sign-in/", {"login": "my-secret-passphrase", "password": "x"})
    known, unknown = Entry.objects.refused()
    assert (known.about_id, unknown.about_id) == (str(officer.pk), "")
    assert "my-secret-passphrase" not in json.dumps(list(Entry.objects.values()), default=str)


def test_a_closed_account_is_refused_in_the_same_words(client, officer):
    officer.is_active = False
    officer.save()
    page = client.post("/sign-in/", {"login": "triage", "password": invented.PASSWORD})
    assert "is not right" in page.content.decode()


def test_looking_signs_nobody_out(client, officer):
    client.force_login(officer)
    assert client.get("/sign-out/").status_code == 405


def test_a_demonstration_address_signs_one_person_in_once(client, officer, demonstration):
    from django.utils import timezone

    address = f"/sign-in/link/{issue_sign_in_link('triage', now=timezone.now())}/"
    # Looking does not use it up: a preview in a chat window must not.
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert client.get("/components/").status_code == 200
    client.post("/sign-out/")
    again = client.post(address)
    assert again.status_code == 409
    assert "has been used or is too old" in again.content.decode()
    assert Entry.objects.filter(did="signed in", by_id=str(officer.pk)).count() == 1


def test_outside_a_demonstration_there_is_no_such_address(client, officer):
    assert client.get("/sign-in/link/anything/").status_code == 404
    assert client.post("/sign-in/link/anything/").status_code == 404


def test_a_page_of_a_signed_in_person_is_not_kept_and_allows_no_inline_script(client, officer):
    client.force_login(officer)
    page = client.get("/components/")
    assert page.headers["Cache-Control"] == "no-store"
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "nonce" not in policy
    assert "default-src 'none'" in policy and "script-src 'self'" in policy
    assert "<script>" not in page.content.decode() and "style=" not in page.content.decode()


def test_the_administrator_starts_at_counts_and_others_at_their_questions(client, officer):
    council = officer.agency
    client.force_login(officer)
    assert client.get("/").headers["Location"].startswith("/questions/")
    client.force_login(invented.practitioner("administrator", Role.ADMINISTRATOR, council))
    assert client.get("/").headers["Location"] == "/running/"


def test_only_those_who_keep_the_feeds_see_files_and_rows_put_aside(client, officer):
    invented.feeds(invented.three_agencies())
    client.force_login(officer)
    for address in (
        "/records/imports/",
        f"/records/imports/{'a' * 32}/",
        "/records/quarantine/",
        "/running/",
    ):
        assert client.get(address).status_code == 403, address
    assert Entry.objects.refused().count() == 4
    # What each feed is for is no secret from anybody who signs in.
    assert client.get("/records/feeds/").status_code == 200


def test_a_page_that_is_not_there_says_what_to_do_next(client, officer):
    for signed_in in (False, True):
        if signed_in:
            client.force_login(officer)
        page = client.get("/no-such-page/")
        assert page.status_code == 404
        assert "ring 999" in page.content.decode()


def test_the_last_page_stands_without_a_database(rf):
    from rowan.website.views import went_wrong

    page = went_wrong(rf.get("/"))
    assert page.status_code == 500
    assert "Something went wrong" in page.content.decode()
    assert "ring 999" in page.content.decode()


def test_an_old_form_is_sent_back_with_words(officer):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/sign-in/", {"login": "triage", "password": "x"})
    assert page.status_code == 403
    assert "Send the page again" in page.content.decode()
