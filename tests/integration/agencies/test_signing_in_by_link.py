"""The ten-minute address of a demonstration, and its absence everywhere else."""

import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from rowan.agencies.actions import issue_sign_in_link, use_sign_in_link
from rowan.agencies.models import Agency, Practitioner
from rowan.refusals import NotPossible

NOW = datetime(2026, 11, 23, 16, 55, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def triage(db):
    agency = Agency.objects.create(code="council-899", name="Council", kind="council")
    return Practitioner.objects.create_user(
        "triage", display_name="Tam", agency=agency, role="triage_officer"
    )


@pytest.fixture
def demonstration(settings, tmp_path):
    settings.ROWAN_HOME = tmp_path
    settings.LISTEN_HOST = "127.0.0.1"
    (tmp_path / "home.json").write_text(json.dumps({"kind": "demonstration"}))


def test_a_link_signs_its_person_in_once(triage, demonstration):
    token = issue_sign_in_link("triage", now=NOW)
    assert use_sign_in_link(token, now=NOW + timedelta(minutes=9)) == triage
    with pytest.raises(NotPossible):
        use_sign_in_link(token, now=NOW + timedelta(minutes=9))


def test_a_link_is_good_for_ten_minutes(triage, demonstration):
    token = issue_sign_in_link("triage", now=NOW)
    with pytest.raises(NotPossible):
        use_sign_in_link(token, now=NOW + timedelta(minutes=10))


def test_an_unknown_name_is_answered_with_the_names_there_are(triage, demonstration):
    with pytest.raises(NotPossible, match="triage"):
        issue_sign_in_link("nobody", now=NOW)


@pytest.mark.parametrize("kind", ["invented", "service", None])
def test_no_other_home_makes_or_takes_a_link(triage, settings, tmp_path, kind):
    settings.ROWAN_HOME = tmp_path
    if kind:
        (tmp_path / "home.json").write_text(json.dumps({"kind": kind}))
    with pytest.raises(NotPossible):
        issue_sign_in_link("triage", now=NOW)


def test_a_demonstration_that_listens_to_the_world_makes_and_takes_no_link(triage, demonstration, settings):
    token = issue_sign_in_link("triage", now=NOW)
    settings.LISTEN_HOST = "0.0.0.0"
    with pytest.raises(NotPossible):
        issue_sign_in_link("triage", now=NOW)
    with pytest.raises(NotPossible):
        use_sign_in_link(token, now=NOW)


@pytest.mark.parametrize(
    ("kind", "listens", "only_this_machine"),
    [
        (None, "127.0.0.1", True),
        ("service", "127.0.0.1", True),
        ("invented", "localhost", True),
        ("demonstration", "0.0.0.0", True),
        ("demonstration", "127.0.0.1", False),
    ],
)
@pytest.mark.parametrize("somebody_is_signed_in", [False, True])
def test_anywhere_else_the_address_is_unknown_byte_for_byte(
    triage, settings, tmp_path, kind, listens, only_this_machine, somebody_is_signed_in
):
    settings.ROWAN_HOME = tmp_path
    settings.LISTEN_HOST = listens
    settings.SERVED_ON_LOOPBACK = only_this_machine
    if kind:
        (tmp_path / "home.json").write_text(json.dumps({"kind": kind}))
    for method in ("get", "head", "post", "put", "options"):
        answers = [
            _as_bytes(address, method, triage if somebody_is_signed_in else None)
            for address in ("/sign-in/link/sometoken/", "/sign-in/knil/sometoken/")
        ]
        assert answers[0] == answers[1], method
        # What is neither a look nor a form is taken nowhere.
        assert answers[0][0] == (404 if method in {"get", "head", "post"} else 405)


def _as_bytes(address: str, method: str, person):
    browser = Client(enforce_csrf_checks=True)
    if person:
        browser.force_login(person)
    answer = getattr(browser, method)(address)
    # The sign-out form's token is another at every showing, of any page.
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)
    return answer.status_code, body, sorted(answer.headers.items()), sorted(answer.cookies)


def test_in_a_demonstration_the_address_is_there(client, triage, demonstration):
    assert client.get("/sign-in/link/sometoken/").status_code == 200
