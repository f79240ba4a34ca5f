"""Every change the site can make: only by those who may, only by POST with its token, only what its form asks, once."""

import re

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from rowan.agencies.rules.roles import Role

from .addresses import ADDRESSES, Address
from .conftest import signed_in
from .stored import differences, stored, stored_but_for_its_moment
from .world import ANOTHERS, HERS, STANDINGS, World

CHANGES = [address for address in ADDRESSES if address.sends]
by_name = pytest.mark.parametrize("address", CHANGES, ids=[address.name for address in CHANGES])


def who_may(address: Address) -> Role:
    """Somebody near to whom the address opens and whose act it is."""
    return address.changed_by or min(address.opens_to)


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


def test_a_look_changes_nothing(world, clients):
    before = stored()
    for client in clients.values():
        for address in ADDRESSES:
            for standing in STANDINGS if address.about_a_child else (HERS,):
                client.get(address.paths(world, standing)[0])
    assert differences(before, stored()) == []


@by_name
def test_somebody_who_may_makes_the_change(world, clients, address):
    """The others prove nothing where nobody could."""
    client = clients[who_may(address)]
    before = stored()
    answer, after = after_sending(client, address.paths(world, HERS)[0], address.sends(world))
    assert answer.status_code in {200, 302}
    assert differences(before, after) != []


@by_name
def test_a_change_needs_the_token_of_its_page(world, address):
    client = signed_in(world.near.people[who_may(address)], enforce_csrf_checks=True)
    before = stored()
    answer, after = after_sending(client, address.paths(world, HERS)[0], address.sends(world))
    assert answer.status_code == 403
    assert differences(before, after) == []


@by_name
def test_nobody_changes_what_they_may_not(world, clients, address):
    before, faults = stored(), []
    for role, client in clients.items():
        for standing in STANDINGS if address.about_a_child else (HERS,):
            if standing == HERS and role in address.opens_to:
                continue
            answer = client.post(address.paths(world, standing)[0], address.sends(world))
            if answer.status_code not in {403, 404, 405, 409}:
                faults.append(f"{role}, {standing}: answers {answer.status_code}")
    faults += differences(before, stored())
    assert faults == [], "\n".join(faults)


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
def test_a_form_takes_what_it_asks_for_and_nothing_else(world, clients, address):
    client = clients[who_may(address)]
    path, asked = address.paths(world, HERS)[0], address.sends(world)
    _, plain = after_sending(client, path, asked, stored_but_for_its_moment)
    its_own = re.findall(r'name="([^"]+)"', client.get(path).content.decode())
    more = {name: value for name, value in fields_nobody_asked_for(world).items() if name not in its_own}
    _, stuffed = after_sending(client, path, more | asked, stored_but_for_its_moment)
    assert differences(plain, stuffed) == []


@by_name
def test_sent_twice_is_done_once(world, clients, address):
    client = clients[who_may(address)]
    path, asked = address.paths(world, HERS)[0], address.sends(world)
    client.post(path, asked)
    once = stored()
    again = client.post(path, asked)
    assert again.status_code < 500
    if not address.again:
        assert differences(once, stored()) == []
