"""Every change the site can make: only by those who may, only by POST with its token, only what its form asks, once, and by two people without loss."""

import re
from html import escape

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from rowan.agencies.rules.roles import Role
from tests.forms_on_pages import hidden_in

from .addresses import ADDRESSES, BY_NAME, known_to_the_site
from .changes import CHANGES, TRIED, A, B, Made, Second, make
from .conftest import signed_in
from .mails import arrived, nobody_waits_to_be_told, told_of_a_child
from .short import quarter_here, roles_here, standings_here
from .stored import differences, stored, stored_but_for_its_moment
from .world import ANOTHERS, HERS, World

by_name = pytest.mark.parametrize("change", quarter_here(TRIED), ids=str)
NOT_TAKEN = {403, 404, 405, 409}


class Undone(Exception):
    pass


def after_sending(client: Client, path: str, data: dict, read=stored):
    """The answer to a POST and what is stored after it; what it did is then undone."""
    found = {}
    try:
        with transaction.atomic():
            found["answer"] = client.post(path, data)
            found["stored"] = read()
            raise Undone
    except Undone:
        return found["answer"], found["stored"]


def client_of(made: Made, who: str, clients) -> Client:
    near = {practitioner.pk: role for role, practitioner in made.world.near.people.items()}
    role = near.get(made.people[who].pk)
    return clients[role] if role else signed_in(made.people[who])


def opened(client: Client, made: Made) -> dict[str, str]:
    """What the page of the form says for it: its own token, and which version it was opened on."""
    return hidden_in(client.get(made.page).content.decode(), *_where(made))


def _where(made: Made) -> tuple[str, ...]:
    return ("", made.path) if made.page == made.path else (made.path,)


def test_every_form_is_declared(world):
    """A new address that takes a form says what it is to two people, or the build fails."""
    client = signed_in(world.near.people[Role.ADMINISTRATOR])
    takes_a_form = set()
    for address in ADDRESSES:
        answer, _ = after_sending(client, address.paths(world, HERS)[0], {}, read=lambda: None)
        client.force_login(world.near.people[Role.ADMINISTRATOR])
        if answer.status_code != 405:
            takes_a_form.add(address.name)
    assert takes_a_form == {change.name for change in CHANGES}
    assert {change.name for change in CHANGES} <= known_to_the_site()


def test_no_address_takes_anything_but_a_look_and_a_form(world, clients):
    before, faults = stored(), []
    client = clients[Role.EXPLOITATION_COORDINATOR]
    for address in ADDRESSES:
        path = address.paths(world, HERS)[0]
        for method in ("options", "put", "patch", "delete", "trace"):
            answer = getattr(client, method)(path)
            if answer.status_code != 405:
                faults.append(f"{address.name} takes {method}: {answer.status_code}")
    assert faults + differences(before, stored()) == []


def fields_nobody_asked_for(world: World) -> dict:
    """Every column of every table, set to what somebody would like it to be."""
    far, another = world.far.people[Role.ADMINISTRATOR], world.records[ANOTHERS]
    liked = {"role": "administrator", "username": "anybody", "audience": "hub", "on": "1", "is_active": "1"}
    columns = {
        name
        for table in apps.get_models()
        for field in table._meta.local_concrete_fields
        for name in (field.name, field.attname)
    }
    people = {
        "by",
        "by_id",
        "practitioner",
        "practitioner_id",
        "owner",
        "owner_id",
        "approved_by",
        "judged_by",
    }
    child = {"person", "person_id", "about_person", "child"}
    return {
        name: liked.get(name)
        or (another.child.id if name in child else str(far.pk) if name in people else "2020-01-01")
        for name in sorted(columns | people | child)
    }


@by_name
def test_a_change_is_made_by_its_own_form_alone(world, clients, mail_server, change):
    """By nobody's look, not without the token of its page, with nothing in it that the form does not ask, and once."""
    nobody_waits_to_be_told()
    made = make(change, world)
    client = client_of(made, A, clients)
    asked = opened(client, made) | made.data(A)
    words = {name: value for name, value in asked.items() if name != "file"}
    stranger = signed_in(made.people[A], enforce_csrf_checks=True)
    before = stored()
    client.get(made.path, words)
    client.head(made.path, words)
    assert stranger.post(made.path, asked).status_code == 403
    assert differences(before, stored()) == []

    _, plain = after_sending(client, made.path, asked | made.data(A), stored_but_for_its_moment)
    its_own = re.findall(r'name="([^"]+)"', client.get(made.page).content.decode())
    more = {name: value for name, value in fields_nobody_asked_for(world).items() if name not in its_own}
    _, stuffed = after_sending(client, made.path, more | asked | made.data(A), stored_but_for_its_moment)
    assert differences(plain, stuffed) == []

    answer = client.post(made.path, asked | made.data(A))
    once = stored()
    assert answer.status_code in {200, 302}
    assert differences(before, once) != []
    again = client.post(made.path, asked | made.data(A))
    assert again.status_code < 500
    if not change.again:
        assert differences(once, stored()) == []
    assert told_of_a_child(world, arrived(mail_server)) == []


# What the second typed is kept for her alone, so that she loses nothing: it is a row of her own, and changes nobody's record.
KEPT_FOR_HERSELF = "new: ('assessments.VersionDraft'"


@by_name
def test_of_two_who_opened_the_same_form_neither_loses_anything(world, clients, change):
    made = make(change, world)
    first, second = client_of(made, B, clients), client_of(made, A, clients)
    hers, his = opened(second, made), opened(first, made)
    assert first.post(made.path, his | made.data(B)).status_code in {200, 302}
    # Outside a test a line stands on the trail as soon as its act is done; here the county's own transaction is open.
    connection._write_what_waits()
    between = stored()
    answer = second.post(made.path, hers | made.data(A))
    page, after = answer.content.decode(errors="replace"), stored()
    assert answer.status_code < 500
    if change.second == Second.ADDS:
        assert answer.status_code in {200, 302}
        assert [line for line in differences(between, after) if line.startswith("new")] != []
        assert [line for line in differences(between, after) if line.startswith("gone")] == []
        return
    changed = [line for line in differences(between, after) if not line.startswith(KEPT_FOR_HERSELF)]
    assert changed == [], "the second overwrote the first unseen"
    if change.quiet:
        return
    for words in [*made.said[A], *made.said[B], change.shows]:
        assert escape(words) in page, f"the second does not see {words!r}"
    if change.second == Second.EDITS:
        now = hidden_in(page, *_where(made)) or opened(second, made)
        again = second.post(made.path, now | made.data(A))
        assert again.status_code == 302, "the second cannot put hers in its place on purpose"
        assert differences(after, stored()) != []


@by_name
def test_nobody_changes_what_they_may_not(world, clients, change):
    address = next((a for a in ADDRESSES if a.name == change.name and a.sends), BY_NAME[change.name])
    data = make(change, world).data(A)
    before, faults = stored(), []
    for role in roles_here():
        client = clients[role]
        for standing in standings_here(role, address.name) if address.about_a_child else (HERS,):
            if address.asks_everybody or (standing == HERS and (role in address.opens_to or change.names)):
                continue
            answer = client.post(address.paths(world, standing)[0], data)
            faults += [f"{role}, {standing}: shows {what}" for what in world.canaries.shown_in(answer)]
            if answer.status_code not in NOT_TAKEN:
                faults.append(f"{role}, {standing}: answers {answer.status_code}")
    faults += differences(before, stored())
    assert faults == [], "\n".join(faults)
