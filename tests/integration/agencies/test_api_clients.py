"""An agency's system shows its id and secret, asks about its own feeds, and every use and refusal is on the trail."""

import base64
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from rowan.agencies import accounts
from rowan.agencies.api_clients import client_with, end_client, let_in, make_client
from rowan.agencies.models import ApiClient, ApiToken
from rowan.agencies.rules.api_scopes import Scope
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry
from rowan.records.models import FeedReach
from rowan.refusals import NotAllowed, NotPossible
from tests import people_in_tests as invented

FEEDS = Scope.FEEDS.value


@pytest.fixture
def agencies(db):
    invented.finished_run()
    found = invented.three_agencies()
    invented.feeds(found)
    return found


@pytest.fixture
def answers_for_it(agencies):
    return invented.practitioner("sergeant", Role.POLICE_EXPLOITATION_TEAM, agencies[invented.POLICE])


@pytest.fixture
def system(agencies, answers_for_it):
    return make_client(
        agency=agencies[invented.POLICE],
        name="Records system",
        scopes=[FEEDS],
        answered_for_by=answers_for_it,
        by=OPERATOR,
        now=timezone.now(),
    )


def ask_token(client_id: str, secret: str, scope: str = FEEDS, **more):
    form = {
        "grant_type": "client_credentials",
        "scope": scope,
        "client_id": client_id,
        "client_secret": secret,
    }
    return Client(enforce_csrf_checks=True).post("/api/token/", form | more)


def ask_feeds(token: str):
    return Client().get("/api/feeds/", headers={"Authorization": f"Bearer {token}"})


def test_a_system_sees_its_own_agencys_feeds_in_counts_and_no_others(system):
    client, secret = system
    given = ask_token(client.client_id, secret)
    assert given.status_code == 200 and given.json()["expires_in"] == 900
    answer = ask_feeds(given.json()["access_token"])
    assert answer.status_code == 200
    assert answer.json()["agency"] == invented.POLICE
    shown = answer.json()["feeds"]
    own = FeedReach.objects.current().filter(agency=client.agency)
    assert [feed["feed"] for feed in shown] == sorted(own.values_list("feed", flat=True)) != []
    assert set(shown[0]) == {"feed", "reaches_to", "rows_kept", "rows_purged"}
    assert FeedReach.objects.current().exclude(agency=client.agency).exists()
    lines = Entry.objects.filter(about_kind="api client", about_id=str(client.pk))
    assert [line.did for line in lines.order_by("pk")] == [
        "let a system ask",
        "gave a system a token",
        "a system looked at its agency's feeds",
    ]


def test_id_and_secret_may_come_in_the_header(system):
    client, secret = system
    shown = base64.b64encode(f"{client.client_id}:{secret}".encode()).decode()
    answer = Client().post(
        "/api/token/",
        {"grant_type": "client_credentials", "scope": FEEDS},
        headers={"Authorization": f"Basic {shown}"},
    )
    assert answer.status_code == 200


def test_only_digests_are_kept(system):
    client, secret = system
    token = ask_token(client.client_id, secret).json()["access_token"]
    kept = str([*ApiClient.objects.values(), *ApiToken.objects.values(), *Entry.objects.values()])
    assert secret not in kept and token not in kept


@pytest.mark.parametrize("wrong", ["id", "secret", "nothing"])
def test_an_unknown_id_and_a_wrong_secret_sound_alike_and_leave_a_line(system, wrong):
    client, secret = system
    shown = {"id": ("unknown", secret), "secret": (client.client_id, "wrong"), "nothing": ("", "")}[wrong]
    answer = ask_token(*shown)
    assert answer.status_code == 401 and answer.json()["error"] == "invalid_client"
    assert Entry.objects.refused().filter(did="gave a system a token").count() == 1
    assert not ApiToken.objects.exists()


def test_what_it_may_not_ask_it_does_not_get(system):
    client, secret = system
    assert ask_token(client.client_id, secret, scope="children:read").json()["error"] == "invalid_scope"
    assert ask_token(client.client_id, secret, scope="").json()["error"] == "invalid_scope"
    assert ask_token(client.client_id, secret, grant_type="password").status_code == 400
    token = let_in(client_id=client.client_id, secret=secret, scopes=[FEEDS], now=timezone.now())
    with pytest.raises(NotAllowed):
        client_with(token, scope="children:read", did="asked", now=timezone.now())


def test_a_token_lapses_after_a_quarter_of_an_hour(system):
    client, secret = system
    now = timezone.now()
    token = let_in(client_id=client.client_id, secret=secret, scopes=[FEEDS], now=now)
    client_with(token, scope=FEEDS, did="asked", now=now + timedelta(minutes=14))
    with pytest.raises(NotAllowed):
        client_with(token, scope=FEEDS, did="asked", now=now + timedelta(minutes=15))


@pytest.mark.parametrize("how", ["ended by the operator", "who answers for it has left"])
def test_an_ended_system_gets_nothing_at_the_next_request(system, agencies, answers_for_it, how):
    client, secret = system
    token = ask_token(client.client_id, secret).json()["access_token"]
    if how == "ended by the operator":
        end_client(client, by=OPERATOR, now=timezone.now())
    else:
        administrator = invented.practitioner("admin", Role.ADMINISTRATOR, agencies[invented.COUNCIL])
        accounts.end_account(answers_for_it, why="Left", by=administrator, now=timezone.now())
    assert ask_feeds(token).status_code == 401
    assert ask_token(client.client_id, secret).status_code == 401


def test_a_token_opens_no_page_and_a_session_no_api(system, client, answers_for_it):
    made, secret = system
    token = ask_token(made.client_id, secret).json()["access_token"]
    assert Client().get("/questions/", headers={"Authorization": f"Bearer {token}"}).status_code == 302
    client.force_login(answers_for_it)
    assert client.get("/api/feeds/").status_code == 401


def test_too_many_tries_are_held_back(system):
    client, _ = system
    answers = [ask_token(client.client_id, "wrong").status_code for _ in range(21)]
    assert answers == [401] * 20 + [429]


def test_somebody_of_another_agency_cannot_answer_for_it(agencies, answers_for_it):
    with pytest.raises(NotPossible):
        make_client(
            agency=agencies[invented.COUNCIL],
            name="x",
            scopes=[FEEDS],
            answered_for_by=answers_for_it,
            by=OPERATOR,
            now=timezone.now(),
        )


def test_the_command_shows_the_secret_once_and_ends_it(answers_for_it, capsys):
    call_command(
        "agencies",
        "api-client",
        "Records system",
        agency=invented.POLICE,
        answered_for_by="sergeant",
        scope=[FEEDS],
    )
    said = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert ask_token(said["client_id"], said["client_secret"]).status_code == 200
    call_command("agencies", "end-api-client", said["client_id"])
    assert ask_token(said["client_id"], said["client_secret"]).status_code == 401


def test_the_command_lists_which_systems_may_ask_and_when_each_last_did(system, answers_for_it, capsys):
    client, secret = system
    used, _ = make_client(agency=client.agency, name="Old system", scopes=[FEEDS, Scope.CONCERNS.value], answered_for_by=answers_for_it, by=OPERATOR, now=timezone.now())  # fmt: skip
    end_client(used, by=OPERATOR, now=timezone.now())

    def listing():
        call_command("agencies", "api-clients")
        names, *rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
        return {row[0]: dict(zip(names, row, strict=True)) for row in rows}

    today = timezone.localdate().isoformat()
    assert listing()[client.client_id] == {
        "client_id": client.client_id, "agency": invented.POLICE, "name": "Records system", "scopes": FEEDS,
        "answered_for_by": "sergeant", "since": today, "last_used": "never", "ended": "no",
    }  # fmt: skip
    ask_token(client.client_id, "wrong")
    assert listing()[client.client_id]["last_used"] == "never"
    ask_token(client.client_id, secret)
    rows = listing()
    assert rows[client.client_id]["last_used"] == today
    assert (rows[used.client_id]["scopes"], rows[used.client_id]["ended"]) == ("concerns:raise feeds:read", today)  # fmt: skip
    assert secret not in str(rows)
    assert Entry.objects.filter(did="looked at which systems may ask", by_kind="operator").count() == 3
