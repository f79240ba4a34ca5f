"""Every address while the trail cannot be written: nothing is changed, no child is shown, and the page says why."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from rowan.agencies.rules.roles import Role
from tests.without_the_trail import NoTrail, Watch

from .addresses import ADDRESSES, Address
from .canaries import body_of
from .world import ANOTHERS, HERS

# What is stored all the same, and why. Table by table.
WITHOUT_A_LINE = {
    "agencies_remembered": "how often somebody tried, for the limits that keep guessing out: they must hold whatever else is broken",
    "agencies_signedin": "that a session was used just now, so that an idle one ends",
}
SAYS_SO = b"could not be recorded"


class Undone(Exception):
    pass


@contextmanager
def undone():
    """What happens inside is taken back; lines are written, or not, act by act, as in service."""
    block = transaction.atomic()
    block._from_testcase = True
    try:
        with block:
            yield
            raise Undone
    except Undone:
        pass


@pytest.fixture(autouse=True)
def _acts_end_where_they_end(made, db):
    """The block around the whole county would put every line off to its end; in service an act's own is the outermost."""
    block = connection.atomic_blocks[0]
    assert not block._from_testcase
    block._from_testcase = True
    yield
    block._from_testcase = False


def who_opens(address: Address) -> Role:
    return address.changed_by or min(address.opens_to, default=Role.TRIAGE_OFFICER)


def test_no_page_of_a_child_is_shown(world, clients):
    faults = []
    for address in [address for address in ADDRESSES if address.takes_get]:
        for standing in (HERS, ANOTHERS) if address.about_a_child else (HERS,):
            for path in address.paths(world, standing)[:1]:
                with undone(), NoTrail():
                    answer = clients[who_opens(address)].get(path)
                if shown := world.canaries.shown_in(answer):
                    faults.append(f"{path} ({address.name}): shows {sorted(map(str, shown))[:3]}")
                # What is somebody else's may be refused before anybody looks.
                answers = {503} if standing == HERS else {403, 404, 409, 503}
                of_a_child = address.about_a_child or address.shows
                if of_a_child and answer.status_code not in answers:
                    faults.append(f"{path} ({address.name}, {standing}): answers {answer.status_code}")
    assert faults == [], "\n".join(faults)


def test_nothing_is_changed(world, clients):
    faults, sent = [], 0
    for address in ADDRESSES:
        asked = address.sends(world) if address.sends else {}
        with undone(), Watch() as watch, NoTrail():
            answer = clients[who_opens(address)].post(address.paths(world, HERS)[0], asked)
        told = f"{address.name} (answers {answer.status_code})"
        faults += [
            f"{told}: changes {t} {watch.changed[t]}" for t in set(watch.changed) - set(WITHOUT_A_LINE)
        ]
        if address.sends:
            sent += 1
            if answer.status_code != 503 or SAYS_SO not in body_of(answer):
                faults.append(f"{told}: does not say that it could not be recorded")
    assert sent > 10
    assert faults == [], "\n".join(faults)
