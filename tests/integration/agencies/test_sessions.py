"""How long somebody stays signed in, where, and what ends it at the very next request."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rowan.agencies import accounts
from rowan.agencies.models import Practitioner, SignedIn
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from tests import people_in_tests as invented


@pytest.fixture
def council(db):
    return invented.three_agencies()[invented.COUNCIL]


@pytest.fixture
def officer(council):
    return invented.practitioner("triage", Role.TRIAGE_OFFICER, council, "Tamsin Okoro")


@pytest.fixture
def administrator(council):
    return invented.practitioner("administrator", Role.ADMINISTRATOR, council, "Ade Morris")


@pytest.fixture
def signed_in(officer):
    """The same person in a second browser too."""
    browsers = [Client(HTTP_USER_AGENT="Firefox on Linux"), Client()]
    for browser in browsers:
        browser.force_login(officer)
    return browsers


def is_open(browser: Client) -> bool:
    return browser.get("/components/").status_code == 200


def grow_older(**ages: timedelta) -> None:
    SignedIn.objects.update(**{field: timezone.now() - age for field, age in ages.items()})


def test_after_an_idle_half_hour_the_next_page_asks_to_sign_in_and_says_why(client, officer):
    client.force_login(officer)
    grow_older(last_seen_at=settings.SIGNED_IN_IDLE_FOR - timedelta(seconds=30))
    assert is_open(client)
    grow_older(last_seen_at=settings.SIGNED_IN_IDLE_FOR)
    page = client.get("/components/")
    assert page.headers["Location"] == "/sign-in/?next=%2Fcomponents%2F&ended=idle"
    assert "nothing was done here for a while" in client.get(page.headers["Location"]).content.decode()
    assert Entry.objects.get(did="was signed out").particulars == {"why": "idle"}
    assert SignedIn.objects.count() == 0


def test_a_page_a_minute_later_is_noted_so_that_who_works_stays_signed_in(client, officer):
    client.force_login(officer)
    grow_older(last_seen_at=timedelta(minutes=29))
    assert is_open(client)
    assert timezone.now() - SignedIn.objects.get().last_seen_at < timedelta(minutes=1)


def test_a_page_within_the_minute_writes_nothing_about_the_session(client, officer):
    client.force_login(officer)
    with CaptureQueriesContext(connection) as asked:
        client.get("/components/")
    about_it = [query["sql"].split()[0] for query in asked if "agencies_signedin" in query["sql"]]
    assert about_it == ["SELECT"]


def test_at_the_end_of_a_working_day_it_is_over_whatever_is_done(client, officer):
    client.force_login(officer)
    grow_older(started_at=settings.SIGNED_IN_AT_MOST)
    assert client.get("/components/").headers["Location"].endswith("ended=day_over")


def test_what_is_saved_in_a_session_never_makes_it_last_longer(client, officer):
    client.force_login(officer)
    began = SignedIn.objects.get().started_at
    session = client.session
    session["something"] = "new"
    session.save()
    kept = SignedIn.objects.get()
    assert kept.started_at == began
    assert kept.expire_date <= began + settings.SIGNED_IN_AT_MOST


@pytest.mark.parametrize(
    "what",
    [
        "account ended",
        "role changed",
        "agency changed",
        "password changed",
        "role changed by hand in the database",
    ],
)
def test_the_next_request_is_refused(what, signed_in, officer, administrator):
    assert all(map(is_open, signed_in))
    now = timezone.now()
    if what == "account ended":
        accounts.end_account(officer, why="Left", by=administrator, now=now)
    elif what == "role changed":
        accounts.change_role(
            officer, role=Role.REFERRER.value, why="Moved", by=administrator, now=timezone.now()
        )
    elif what == "agency changed":
        officer.agency = invented.three_agencies()[invented.SCHOOL]
        officer.save()
    elif what == "password changed":
        accounts.give_starting_password(officer, by=administrator, now=now)
    else:
        Practitioner.objects.filter(pk=officer.pk).update(role=Role.REFERRER.value)
    assert [browser.get("/components/").status_code for browser in signed_in] == [302, 302]


def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others(signed_in, officer, administrator):
    here, there = signed_in
    elsewhere = Client()
    elsewhere.force_login(administrator)
    page = here.get("/account/sessions/").content.decode()
    assert page.count("You are here") == 1 and "A test" in page
    other = SignedIn.objects.filter(practitioner=officer).exclude(session_key__in=_keys_of(here)).get()
    here.post("/account/sessions/end/", {"session": other.session_key})
    assert is_open(here) and not is_open(there)
    there.force_login(officer)
    here.post("/account/sessions/end/")
    assert is_open(here) and not is_open(there)
    assert Entry.objects.filter(did="ended own sessions").count() == 2
    # Nobody ends a colleague's.
    here.post(
        "/account/sessions/end/", {"session": SignedIn.objects.get(practitioner=administrator).session_key}
    )
    assert is_open(elsewhere)


def _keys_of(browser: Client) -> list[str]:
    from rowan.agencies.sessions import kept_as

    return [kept_as(browser.cookies[settings.SESSION_COOKIE_NAME].value)]
