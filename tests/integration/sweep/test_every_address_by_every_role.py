"""Every address, opened by every role, with their own child's object, another's, a hidden one, and one that is not there."""

import logging

import pytest
from django.apps import apps
from django.core import mail

from rowan.agencies.rules.roles import Role
from rowan.website.logs import SaysWhatNeverWho
from rowan.website.personal_data import declarations

from .addresses import ADDRESSES, BY_NAME, WITHOUT_AN_OBJECT, Address, known_to_the_site
from .alike import what_tells
from .canaries import COMPARTMENTS, NOT_MARKED, NOT_SHOWN, child_of, marked_fields
from .short import half_here
from .stored import differences, stored
from .who_may_read import may_read
from .world import ANOTHERS, HERS, HIDDEN, KEPT_OUT, NOBODY, STANDINGS, World

ROLES = sorted(Role)
SWEPT = half_here(ROLES)


def forbidden(world: World, role: Role, shown: set) -> list[str]:
    """What of the shown this role may not read, about whomever."""
    agency = world.near.people[role].agency.code
    return sorted(
        str(canary) for canary in shown if canary.child != HERS or not may_read(role, agency, canary)
    )


def test_every_address_is_declared():
    assert known_to_the_site() == set(BY_NAME)


def test_every_word_about_a_child_is_marked_and_every_mark_is_shown_somewhere():
    """A new table is marked, or says why not; and a marked one stands on a page that is opened for it."""
    about_a_child = {
        table._meta.label
        for table in apps.get_models()
        if table._meta.label in declarations() and marked_fields(table) and child_of(table)
    }
    assert about_a_child == set(COMPARTMENTS) | set(NOT_MARKED)
    assert set(COMPARTMENTS) & set(NOT_MARKED) == set()
    shown = {table for address in ADDRESSES for table in address.shows}
    nowhere = {
        f"{label}.{field}"
        for label in set(COMPARTMENTS) - shown
        for field in marked_fields(apps.get_model(label))
    }
    assert nowhere <= set(NOT_SHOWN)


def test_an_object_that_is_not_there_says_why():
    """Every address about a thing is opened with a thing: where it is not, the reason is written down."""
    without = {
        address.name for address in ADDRESSES if not address.opens_to and (address.args or address.of_record)
    }
    assert without == set(WITHOUT_AN_OBJECT)


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


@pytest.mark.parametrize("role", SWEPT)
def test_a_look_shows_nothing_this_role_may_not_see_and_changes_nothing(world, clients, role, caplog):
    caplog.set_level(logging.DEBUG)
    client, faults, before = clients[role], [], stored()
    for address in ADDRESSES:
        for standing in STANDINGS if address.about_a_child else (HERS,):
            for path in address.paths(world, standing):
                answer = client.get(path)
                faults += [
                    f"{path}: shows {what}"
                    for what in forbidden(world, role, world.canaries.shown_in(answer))
                ]
                faults += [
                    f"{path} ({address.name}, {standing}): {fault}"
                    for fault in wrong_status(address, role, standing, answer)
                ]
    said = world.canaries.in_words(caplog.text) | world.canaries.in_words(
        str([m.message() for m in mail.outbox])
    )
    assert faults == [], "\n".join(faults)
    assert differences(before, stored()) == []
    assert said == set(), "a log or a letter holds words of a record"


def wrong_status(address: Address, role: Role, standing: str, answer) -> list[str]:
    if answer.status_code >= 500:
        return [f"went wrong with {answer.status_code}"]
    if not address.takes_get:
        return [] if answer.status_code == 405 else [f"takes a look: {answer.status_code}"]
    if role in address.reads_the_trail and standing in {ANOTHERS, HIDDEN, NOBODY}:
        # A record they are kept out of is not among these: that one is not there for them either.
        return [] if answer.status_code in {200, 404} else [f"answers {answer.status_code}"]
    may = role in address.opens_to and (standing == HERS or address.asks_everybody)
    if may and answer.status_code not in {200, 302}:
        return [f"closed to somebody who may: {answer.status_code}"]
    if not may and answer.status_code == 200:
        return ["open to somebody who may not"]
    return []


@pytest.mark.parametrize(
    "role", [Role.EXPLOITATION_COORDINATOR, Role.SCHOOL_SAFEGUARDING_LEAD, Role.COUNCILLOR]
)
def test_a_hidden_record_answers_as_one_that_is_not_there(world, clients, role):
    client, faults = clients[role], []
    client.get("/")  # the first visit of a session asks more
    for address in [address for address in ADDRESSES if address.about_a_child]:
        [nothing, *_] = [what_tells(client, path) for path in address.paths(world, NOBODY)]
        for standing in (HIDDEN, KEPT_OUT, ANOTHERS):
            found = what_tells(client, address.paths(world, standing)[0])
            if found != nothing:
                faults.append(f"{address.name}, {standing}: {found.differs_from(nothing)}")
    assert faults == [], "\n".join(faults)


def test_every_mark_is_seen_by_somebody_who_may(world, clients):
    """A sweep that no page answers would find nothing: each kind of word is seen where it should be."""
    seen: dict[str, set] = {}
    for client in clients.values():
        for address in [address for address in ADDRESSES if address.shows]:
            for path in address.paths(world, HERS):
                seen.setdefault(address.name, set()).update(world.canaries.shown_in(client.get(path)))
    missing = [
        f"{address.name} never shows {canary}"
        for address in ADDRESSES
        for canary in sorted(world.canaries.of(HERS), key=str)
        if canary.table in address.shows
        and canary not in seen.get(address.name, ())
        and f"{canary.table}.{canary.field}" not in NOT_SHOWN
        and any(may_read(role, world.near.people[role].agency.code, canary) for role in ROLES)
    ]
    assert missing == [], "\n".join(missing)
