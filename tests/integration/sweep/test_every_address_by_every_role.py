"""Every address, opened by every role, with their own child's object, another's, a hidden one, and one that is not there."""

import logging

import pytest
from django.apps import apps

from rowan.agencies.rules.roles import Role
from rowan.website.logs import SaysWhatNeverWho
from rowan.website.personal_data import declarations

from .addresses import ADDRESSES, BY_NAME, WITHOUT_AN_OBJECT, known_to_the_site
from .canaries import (
    COMPARTMENTS,
    MARKED_BY_HAND,
    NOT_MARKED,
    NOT_SHOWN,
    WITHIN,
    child_of,
    fields_of,
    marked_fields,
)
from .glimpses import GLIMPSES
from .looking import look_at_everything, shown_here
from .short import KINDS, ROLES_ON_POSTGRESQL, ROLES_ON_SQLITE, roles_here, standings_here
from .who_may_read import may_read
from .world import ANOTHERS, HERS, HIDDEN, KEPT_OUT

ROLES = sorted(Role)
MOST_SEEING = (Role.LEAD_PROFESSIONAL, Role.SCHOOL_SAFEGUARDING_LEAD, Role.EXPLOITATION_COORDINATOR)


def test_every_address_is_declared():
    assert known_to_the_site() == set(BY_NAME)


def test_every_word_about_a_child_is_marked_and_every_mark_is_shown_somewhere():
    """A new table is marked, or says why not; and a marked one stands on a page that is opened for it."""
    about_a_child = {
        table._meta.label
        for table in apps.get_models()
        if table._meta.label in declarations() and marked_fields(table) and child_of(table)
    }
    by_hand = {table for table in MARKED_BY_HAND if not table.startswith(WITHIN)}
    assert about_a_child == set(COMPARTMENTS) | set(NOT_MARKED) | by_hand
    assert len(about_a_child) == len(COMPARTMENTS) + len(NOT_MARKED) + len(by_hand)
    shown = {field for address in ADDRESSES for field in shown_here(address.name)}
    nowhere = {field for label in [*COMPARTMENTS, *MARKED_BY_HAND] for field in fields_of(label)} - shown
    assert nowhere == set(NOT_SHOWN)


def test_an_object_that_is_not_there_says_why():
    """Every address about a thing is opened with a thing: where it is not, the reason is written down."""
    without = {
        address.name for address in ADDRESSES if not address.opens_to and (address.args or address.of_record)
    }
    assert without == set(WITHOUT_AN_OBJECT)


def test_every_kind_of_role_is_swept_on_one_of_the_databases():
    """Also in the short form; and a new role is of some kind."""
    swept = {*ROLES_ON_SQLITE, *ROLES_ON_POSTGRESQL}
    assert sorted(role for kind in KINDS.values() for role in kind) == ROLES
    assert [name for name, kind in KINDS.items() if not kind & swept] == []
    assert len(swept) == len(ROLES_ON_SQLITE) + len(ROLES_ON_POSTGRESQL) == len(ROLES) // 2


def test_every_kind_of_record_is_asked_for_at_every_address():
    """Also in the short form: a hidden child's by some roles, and by others that of one they are kept out of."""
    for address in ADDRESSES:
        by_roles = [standings_here(role, address.name) for role in (*ROLES_ON_SQLITE, *ROLES_ON_POSTGRESQL)]
        assert all({HERS, ANOTHERS} <= set(standings) for standings in by_roles)
        for standing in (HIDDEN, KEPT_OUT):
            assert sum(standing in standings for standings in by_roles) >= 3, (address.name, standing)


def said_in_the_log(caplog) -> str:
    return "\n".join(SaysWhatNeverWho().format(record) for record in caplog.records)


def test_no_error_page_holds_a_word_of_a_record(world, clients, monkeypatch, caplog):
    """A page that fails in the middle of a child's record, with everything about her in its hands."""
    caplog.set_level(logging.DEBUG)

    def fails(*args, **kwargs):
        raise RuntimeError(" ".join(mark for mark in world.canaries.planted))

    child = world.records[HERS].child
    for where in ("rowan.single_view.one_page.identity", "rowan.single_view.one_page.chart"):
        with monkeypatch.context() as broken:
            broken.setattr(where, fails)
            answer = clients[Role.LEAD_PROFESSIONAL].get(f"/children/{child.id}/")
        assert answer.status_code == 500
        assert world.canaries.shown_in(answer) == set()
    assert world.canaries.in_words(said_in_the_log(caplog)) == set()
    # Marks typed into an address or a form by somebody else come back to nobody but herself, and stand in no log.
    mark = next(iter(world.canaries.planted))
    clients[Role.MENTOR].get(f"/no-such-page/{mark}/?words={mark}")
    clients[Role.MENTOR].post(f"/children/{child.id}/restrict/", {"why": mark, "kind": mark})
    assert world.canaries.in_words(said_in_the_log(caplog)) == set()


@pytest.mark.parametrize("role", roles_here())
def test_a_look_shows_nothing_this_role_may_not_see_and_changes_nothing(world, clients, role, caplog):
    caplog.set_level(logging.DEBUG)
    looked = look_at_everything(world, clients[role], role, caplog)
    assert looked.faults == [], "\n".join(looked.faults)


def test_every_mark_is_seen_by_somebody_who_may(world, clients):
    """A sweep that no page answers would find nothing: each address shows, to somebody who may, all that it is declared to show."""
    faults = []
    for name in sorted({address.name for address in ADDRESSES if shown_here(address.name)}):
        wanted, glimpsed = marks_of(world, name), set(GLIMPSES.get(name, ()))
        for client, path in ways_to(world, clients, name):
            shown = world.canaries.shown_in(client.get(path))
            wanted -= shown
            glimpsed -= {canary.place for canary in shown}
            if not wanted | glimpsed:
                break
        faults += [f"{name} never shows {canary}" for canary in sorted(wanted, key=str)]
        faults += [f"{name} never shows any {place}" for place in sorted(glimpsed)]
    assert faults == [], "\n".join(faults)


def marks_of(world, name: str) -> set:
    """Every mark of her record, of the tables this address is for, that anybody may read."""
    tables = {table for address in ADDRESSES if address.name == name for table in address.shows}
    return {
        canary
        for canary in world.canaries.of(HERS)
        if canary.table in tables
        and canary.place not in NOT_SHOWN
        and any(may_read(role, world.near.people[role].agency.code, canary) for role in ROLES)
    }


def ways_to(world, clients, name: str):
    """Everybody to whom it opens, page by page; first those who between them see most."""
    for role in [*MOST_SEEING, *sorted(set(ROLES) - set(MOST_SEEING))]:
        for address in ADDRESSES:
            if address.name == name and address.takes_get and role in address.opens_to:
                for path in address.paths(world, HERS):
                    yield clients[role], path
