"""A hidden record, one they are kept out of and another's answer as one that is not there: the same status, bytes and number of queries."""

import pytest

from rowan.agencies.rules.roles import Role

from .addresses import ADDRESSES, Address
from .alike import what_tells
from .changes import CHANGES, A
from .short import roles_alike_here
from .stored import differences, stored
from .world import ANOTHERS, HIDDEN, KEPT_OUT, NOBODY, World

ABOUT_A_CHILD = [address for address in ADDRESSES if address.about_a_child]
TAKES_A_FORM = {change.name for change in CHANGES}
# What they began themselves, in a record that was open to them then: refused as every page about her is, and not as one that nobody
# began. Who else opens it is told of nothing.
BEGUN_BY = {"sharing:draft": Role.LEAD_PROFESSIONAL, "sharing:check": Role.LEAD_PROFESSIONAL}
SENT_TO = [address for address in ABOUT_A_CHILD if address.name in TAKES_A_FORM]


def what_is_sent(address: Address, world: World) -> dict:
    """A form as somebody who may would fill it in; nothing where it has no box."""
    if address.sends:
        return address.sends(world)
    filled = [
        change for change in CHANGES if change.name == address.name and change.sends and not change.names
    ]
    return filled[0].sends(world, A) if filled else {}


def unlike_nothing(world: World, clients, role: Role, addresses: list[Address], sends=None) -> list[str]:
    client = clients[role]
    client.get("/")  # the first visit of a session asks more
    faults = []
    for address in [address for address in addresses if BEGUN_BY.get(address.name) != role]:

        def told(path: str, to=address):
            return what_tells(client, path, sends and sends(to, world))

        nothing = told(address.paths(world, NOBODY)[0])
        for standing in (HIDDEN, KEPT_OUT, ANOTHERS):
            found = told(address.paths(world, standing)[0])
            if found != nothing:
                faults.append(f"{address.name}, {standing}: {found.differs_from(nothing)}")
    return faults


@pytest.mark.parametrize("role", roles_alike_here())
def test_a_look_at_a_hidden_record_is_answered_as_at_one_that_is_not_there(world, clients, role: Role):
    faults = unlike_nothing(world, clients, role, ABOUT_A_CHILD)
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("role", roles_alike_here())
def test_a_form_sent_about_a_hidden_record_is_answered_as_about_one_that_is_not_there(
    world, clients, role: Role
):
    assert len(SENT_TO) > 50
    # Emergency access and a reason may be asked for about anybody: what they leave is asked for alike in test_every_way_in.py.
    asked, before = [address for address in SENT_TO if not address.asks_everybody], stored()
    faults = unlike_nothing(world, clients, role, asked, what_is_sent)
    assert faults + differences(before, stored()) == [], "\n".join(faults)
