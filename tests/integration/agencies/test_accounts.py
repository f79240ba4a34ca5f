"""An administrator makes, changes and ends accounts; nobody does it to herself, and two people reset a second factor."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rowan.agencies import accounts
from rowan.agencies.models import Practitioner, SecondFactorReset
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.refusals import NotAllowed
from tests import people_in_tests as invented
from tests.signing_in import factors, with_app


@pytest.fixture
def council(db):
    return invented.three_agencies()[invented.COUNCIL]


@pytest.fixture
def people(council):
    roles = {
        "administrator": Role.ADMINISTRATOR,
        "second-administrator": Role.ADMINISTRATOR,
        "governance": Role.INFORMATION_GOVERNANCE,
        "triage": Role.TRIAGE_OFFICER,
    }
    return {name: invented.practitioner(name, role, council) for name, role in roles.items()}


def new_account(council, **other) -> dict:
    return {
        "username": "new.starter",
        "display_name": "Nia Starter",
        "role": Role.MENTOR.value,
        "agency": council.pk,
    } | other


def test_a_new_account_starts_with_a_password_shown_once(client, people, council):
    client.force_login(people["administrator"])
    page = client.post("/accounts/new/", new_account(council, team="Edge of care"))
    shown = client.get(page.headers["Location"]).content.decode()
    password = re.search(r'<code class="rowan-key">([a-z0-9-]{19})</code>', shown)[1]
    assert password not in client.get(page.headers["Location"]).content.decode()
    made = Practitioner.objects.get(username="new.starter")
    assert made.check_password(password) and made.password_to_change and made.team.name == "Edge of care"
    starter = Client()
    starter.post("/sign-in/", {"login": "new.starter", "password": password})
    assert starter.get("/questions/").status_code == 302
    assert Entry.objects.filter(did="made an account", about_id=str(made.pk)).count() == 1
    assert password not in str(list(Entry.objects.values_list("particulars", "why")))


@pytest.mark.parametrize("field", ["is_active", "password", "password_to_change", "id", "last_login"])
def test_what_the_form_does_not_ask_is_not_taken(client, people, council, field):
    client.force_login(people["administrator"])
    client.post("/accounts/new/", new_account(council, **{field: "0"}))
    made = Practitioner.objects.get(username="new.starter")
    assert made.is_active and made.password_to_change and made.pk != 0 and made.last_login is None


def test_a_name_that_is_taken_is_said_and_nothing_typed_is_lost(client, people, council):
    client.force_login(people["administrator"])
    page = client.post("/accounts/new/", new_account(council, username="triage")).content.decode()
    assert "Somebody signs in by this name already" in page and "Nia Starter" in page


@pytest.mark.parametrize("who", ["governance", "triage"])
def test_nobody_else_keeps_accounts(client, people, council, who):
    client.force_login(people[who])
    other = people["second-administrator"]
    assert client.post("/accounts/new/", new_account(council)).status_code == 403
    for change in ("role", "end", "starting-password", "reset"):
        page = client.post(f"/accounts/{other.pk}/{change}/", {"role": Role.MENTOR.value, "why": "x"})
        assert page.status_code == 403, change
    assert Entry.objects.refused().filter(by_id=str(people[who].pk)).count() == 5
    other.refresh_from_db()
    assert other.role == Role.ADMINISTRATOR and other.is_active
    assert (client.get("/accounts/").status_code == 200) == (who == "governance")


def test_nobody_changes_her_own_account(client, people):
    me = people["administrator"]
    client.force_login(me)
    for change in ("role", "end", "starting-password", "reset"):
        page = client.post(f"/accounts/{me.pk}/{change}/", {"role": Role.TRIAGE_OFFICER.value, "why": "x"})
        assert page.status_code == 403, change
    me.refresh_from_db()
    assert me.role == Role.ADMINISTRATOR and me.is_active and not me.password_to_change


def test_a_role_changes_with_a_reason_on_the_trail(client, people):
    client.force_login(people["administrator"])
    address = f"/accounts/{people['triage'].pk}/role/"
    assert "Say why" in client.post(address, {"role": Role.MENTOR.value, "why": ""}).content.decode()
    changes = {"role": Role.MENTOR.value, "why": "Has moved to the mentors", "opened_on": "triage_officer"}
    client.post(address, changes)
    people["triage"].refresh_from_db()
    assert people["triage"].role == Role.MENTOR
    line = Entry.objects.get(did="changed a role")
    assert (line.why, line.particulars) == (
        "Has moved to the mentors",
        {"from": "triage_officer", "to": "mentor"},
    )


def test_an_ended_account_signs_in_no_more(client, people):
    client.force_login(people["administrator"])
    client.post(f"/accounts/{people['triage'].pk}/end/", {"why": "Has left"})
    leaver = Client()
    page = leaver.post("/sign-in/", {"login": "triage", "password": invented.PASSWORD})
    assert "is not right" in page.content.decode()
    assert client.post(f"/accounts/{people['triage'].pk}/end/", {"why": "Again"}).status_code == 409


def test_one_asks_and_another_lets_somebody_make_a_new_second_step(client, people):
    officer = people["triage"]
    with_app(officer)
    client.force_login(people["administrator"])
    client.post(f"/accounts/{officer.pk}/reset/", {"why": "Lost her phone; I rang her desk"})
    reset = SecondFactorReset.objects.get()
    assert client.post(f"/accounts/resets/{reset.pk}/").status_code == 403, "whoever asked"
    client.force_login(officer)
    assert client.post(f"/accounts/resets/{reset.pk}/").status_code == 403, "whom it is for"
    assert factors(officer) == ["recovery_codes", "totp"]
    client.force_login(people["governance"])
    assert client.post(f"/accounts/resets/{reset.pk}/").status_code == 302
    assert factors(officer) == []
    assert client.post(f"/accounts/resets/{reset.pk}/").status_code == 409
    line = Entry.objects.get(did="reset a second factor", refused_because="")
    assert line.particulars == {"asked by": people["administrator"].pk}


def test_what_was_asked_more_than_a_day_ago_has_lapsed(people):
    officer, now = people["triage"], timezone.now()
    with_app(officer)
    reset = accounts.ask_for_reset(
        officer, why="Lost", by=people["administrator"], now=now - timedelta(hours=24)
    )
    with pytest.raises(NotAllowed, match="more than a day ago"):
        accounts.confirm_reset(reset, by=people["governance"], now=now)
    assert factors(officer) != []


def test_the_list_takes_as_many_queries_for_fifty_as_for_five(client, people, council):
    client.force_login(people["administrator"])
    few = queries_of(client)
    for number in range(60):
        invented.practitioner(f"person-{number}", Role.MENTOR, council)
    assert queries_of(client) == few


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/accounts/").status_code == 200
    return len(asked)
