"""Every address for agencies' systems: only its own feeds, only what its token is for, and nothing that it was not asked for."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from rowan.agencies.api_clients import end_client, let_in, make_client
from rowan.agencies.models import AgencyKind, ApiClient, ApiToken
from rowan.agencies.rules.api_scopes import Scope
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.concerns.models import Concern
from rowan.concerns.rules.from_a_system import CHOICES, OTHERS, TEXTS, YES_OR_NO
from rowan.records.models import FeedReach

from .addresses import known_to_the_site
from .stored import differences, stored, stored_but_for_its_moment
from .test_every_change import fields_nobody_asked_for
from .test_without_the_trail import undone
from .world import HERS, World

TOKEN, FEEDS, CONCERNS = "/api/token/", "/api/feeds/", "/concerns/api/"
ADDRESSES_OF_SYSTEMS = {
    "agencies:api_token": TOKEN,
    "api_feeds": FEEDS,
    "concerns:api": CONCERNS,
    "concerns:api_one": CONCERNS,
}


@pytest.fixture
def system(world: World) -> tuple[ApiClient, str]:
    return make_client(
        agency=world.near.agencies[AgencyKind.POLICE],
        name="Records system",
        scopes=[Scope.FEEDS.value],
        answered_for_by=world.near.people[Role.POLICE_EXPLOITATION_TEAM],
        by=OPERATOR,
        now=timezone.now(),
    )


def form_of(system, **more) -> dict:
    client, secret = system
    return {
        "grant_type": "client_credentials",
        "scope": Scope.FEEDS.value,
        "client_id": client.client_id,
        "client_secret": secret,
        **more,
    }


def ask(path: str, token: str = "", more: dict | None = None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(raise_request_exception=False).get(path, more, headers=headers)


def bare(answer) -> tuple:
    """All that it tells but the second it was given in."""
    headers = {name: value for name, value in answer.headers.items() if name != "Expires"}
    return answer.status_code, answer.content, sorted(headers.items())


def test_every_address_for_systems_is_here():
    assert {name for name in known_to_the_site() if "api" in name} == set(ADDRESSES_OF_SYSTEMS)


def test_no_token_a_wrong_one_an_old_one_an_ended_one_and_one_for_something_else_answer_alike(world, system):
    client, secret = system
    given = {"client_id": client.client_id, "secret": secret, "scopes": [Scope.FEEDS.value]}
    old = let_in(**given, now=timezone.now() - timedelta(hours=1))
    # Its own clock takes an old one away at the next; here it still lies there, and is no good.
    for_something_else = let_in(**given, now=timezone.now())
    ApiToken.objects.order_by("pk").last().delete()
    refused = [bare(ask(FEEDS, token)) for token in ("", "wrong", "x" * 5_000, "é", old, for_something_else)]
    ended = let_in(**given, now=timezone.now())
    assert ask(FEEDS, ended).status_code == 200
    ApiToken.objects.update(scopes="children:read")
    refused.append(bare(ask(FEEDS, ended)))
    end_client(client, by=OPERATOR, now=timezone.now())
    refused.append(bare(ask(FEEDS, ended)))
    assert refused[0][0] == 401
    assert [answer for answer in refused if answer != refused[0]] == []


def test_a_session_is_no_token_and_a_token_is_no_session(world, clients, system):
    token = let_in(
        client_id=system[0].client_id, secret=system[1], scopes=[Scope.FEEDS.value], now=timezone.now()
    )
    assert {client.get(FEEDS).status_code for client in clients.values()} == {401}
    assert ask("/questions/", token).status_code == 302


def test_nothing_beside_what_is_asked_changes_the_answer(world, system):
    """Another agency's name, an id, a role: whatever stands beside a token, it opens its own agency's feeds."""
    token = let_in(
        client_id=system[0].client_id, secret=system[1], scopes=[Scope.FEEDS.value], now=timezone.now()
    )
    plain, stuffed = ask(FEEDS, token), ask(FEEDS, token, fields_nobody_asked_for(world))
    assert stuffed.json() == plain.json()
    own = FeedReach.objects.current().filter(agency=system[0].agency)
    assert [feed["feed"] for feed in plain.json()["feeds"]] == sorted(own.values_list("feed", flat=True))


def test_a_token_is_for_what_the_system_may_ask_whatever_stands_in_the_form(world, system):
    answer = Client().post(TOKEN, fields_nobody_asked_for(world) | form_of(system))
    assert answer.status_code == 200
    made = ApiToken.objects.get()
    assert (made.client, made.scopes) == (system[0], Scope.FEEDS.value)
    for scope in ("children:read", f"{Scope.FEEDS.value} children:read", "", "*", Scope.FEEDS.value.upper()):
        answer = Client().post(TOKEN, form_of(system, scope=scope))
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")
    assert ApiToken.objects.count() == 1


def test_a_scope_said_a_hundred_times_is_said_once(system):
    answer = Client(raise_request_exception=False).post(
        TOKEN, form_of(system, scope=" ".join([Scope.FEEDS.value] * 100))
    )
    assert (answer.status_code, answer.json()["scope"]) == (200, Scope.FEEDS.value)


def test_a_look_gives_no_token_and_changes_nothing(world, system):
    before = stored()
    for method in ("get", "head"):
        assert getattr(Client(), method)(TOKEN, form_of(system)).status_code == 405
    token = let_in(
        client_id=system[0].client_id, secret=system[1], scopes=[Scope.FEEDS.value], now=timezone.now()
    )
    ApiToken.objects.all().delete()
    assert Client().post(FEEDS, headers={"Authorization": f"Bearer {token}"}).status_code == 405
    assert differences(before, stored()) == []


def test_another_agencys_systems_are_not_there_for_it(world, system):
    """Two systems of two agencies: neither id opens with the other's secret, and the refusal is that of an unknown id."""
    other, others_secret = make_client(
        agency=world.far.agencies[AgencyKind.POLICE],
        name="Another records system",
        scopes=[Scope.FEEDS.value],
        answered_for_by=world.far.people[Role.POLICE_EXPLOITATION_TEAM],
        by=OPERATOR,
        now=timezone.now(),
    )
    crossed = Client().post(TOKEN, form_of(system, client_secret=others_secret))
    unknown = Client().post(TOKEN, form_of(system, client_id="0" * 24))
    assert bare(crossed) == bare(unknown)
    assert crossed.status_code == 401
    own = Client().post(TOKEN, form_of((other, others_secret))).json()["access_token"]
    assert ask(FEEDS, own).json() == {"agency": other.agency.code, "feeds": []}


# ---- raising a concern
def token_for_concerns(world: World) -> str:
    scopes = [Scope.CONCERNS.value]
    client, secret = make_client(
        agency=world.near.agencies[AgencyKind.HEALTH], name="Another system", scopes=scopes,
        answered_for_by=world.near.people[Role.HEALTH_LEAD], by=OPERATOR, now=timezone.now(),
    )  # fmt: skip
    return let_in(client_id=client.client_id, secret=secret, scopes=scopes, now=timezone.now())


def told(**more) -> dict:
    return {
        "id": str(uuid4()), "about": "child", "details": {"name": "Somebody"}, "what_worries": "Late home",
        "names": [{"as_said": "Jay"}], **more,
    }  # fmt: skip


def raise_by_system(token: str, said: dict, path: str = CONCERNS, **more):
    client = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(path, said, content_type="application/json", headers=headers, **more)


def columns_of_a_concern() -> set[str]:
    """Of a concern itself and of everything that hangs on it: whose it is, where it waits, what was decided, who was told."""
    tables = [table for table in apps.get_models() if table._meta.app_label == "concerns"]
    return {
        name
        for table in tables
        for field in table._meta.local_concrete_fields
        for name in (field.name, field.attname)
    }


def test_a_systems_concern_is_refused_with_anything_in_it_that_is_not_asked_for(world):
    """One by one: a child, a compartment, an urgency, a step, an agency, a person it is by; and every column there is at once."""
    token, asked = token_for_concerns(world), {*TEXTS, *CHOICES, *YES_OR_NO, *OTHERS}
    liked = fields_nobody_asked_for(world)
    assert {"person", "compartment", "urgency", "by", "step", "agency"} <= columns_of_a_concern() - asked
    before, faults = stored(), []
    for sets in [{name} for name in sorted(columns_of_a_concern() - asked)] + [set(liked) - asked]:
        answer = raise_by_system(token, told(**{name: liked.get(name, "1") for name in sets}))
        if answer.status_code != 400 or set(answer.json()["boxes"]) != sets:
            faults.append(f"{sorted(sets)[:3]}: answers {answer.status_code}")
    for inside in ("details", "names"):
        for name in ("person", "person_id", "concern", "by"):
            more = {name: liked[name]} if inside == "details" else [{"as_said": "Jay", name: liked[name]}]
            answer = raise_by_system(token, told(**{inside: more}))
            if answer.status_code != 400 or set(answer.json()["boxes"]) != {inside}:
                faults.append(f"{name} in {inside}: answers {answer.status_code}")
    assert faults + differences(before, stored()) == []


def test_nothing_beside_a_systems_concern_changes_it(world):
    """Neither in the address nor in the headers: whose it is follows from the token, and how urgent from what was told."""
    token, kept = token_for_concerns(world), []
    liked = fields_nobody_asked_for(world)
    beside = "&".join(f"{name}={value}" for name, value in liked.items())
    others = {"X-Agency": world.far.agencies[AgencyKind.POLICE].code, "X-By": liked["by"]}
    for more in (
        {},
        {"path": f"{CONCERNS}?{beside}", "HTTP_X_AGENCY": others["X-Agency"], "HTTP_X_BY": others["X-By"]},
    ):
        with undone():
            answer = raise_by_system(token, told(), **more)
            assert answer.status_code == 200
            assert world.canaries.shown_in(answer) == set()
            made = Concern.objects.get(pk=answer.json()["id"])
            assert (made.agency, made.by, made.person) == (world.near.agencies[AgencyKind.HEALTH], None, None)
            kept.append(stored_but_for_its_moment())
    assert differences(*kept) == []


def test_the_id_of_somebody_elses_concern_opens_and_changes_nothing(world):
    token, before = token_for_concerns(world), None
    for concern in (world.records[HERS].more["concern"], world.at_triage, world.concern):
        before = before or stored()
        answer = raise_by_system(token, told(id=str(concern.pk)))
        assert answer.status_code == 409
        assert concern.reference not in answer.content.decode()
        assert world.canaries.shown_in(answer) == set()
    assert differences(before, stored()) == []
