"""What is stored of a child in codes: every page is opened, what its reader may not know is changed, and no page may differ."""

import re
from collections import defaultdict

import pytest
from django.db import transaction

from rowan.agencies.rules.roles import Role

from .addresses import ADDRESSES
from .alike import OF_THE_MOMENT
from .canaries import NOT_MARKED, body_of, child_of
from .codes import (
    NOT_SOUGHT,
    OF_NO_CHILD,
    OF_THE_REGISTER,
    OTHERS,
    SEARCH,
    SEEN,
    SHOWN_TO_NOBODY,
    coded,
    codes_of,
    fields_of_persons,
    is_a_day,
    is_marked,
    may_tell,
    place_of,
    tables_of_persons,
)
from .short import roles_here
from .test_every_search import by_birth_date
from .world import HERS

# Drawn for each form, and the minute at which a page says who is there.
DRAWN = re.compile(rb'name="(token|page|drawn)" value="[^"]+"|\b\d{1,2}:\d\d[ap]m\b')


def test_every_field_of_a_person_is_marked_or_changed_or_says_why_not():
    """A new field of a child is looked for on every page, or stands in the short list, before anybody thinks of it."""
    nowhere = {
        place_of(table, field)
        for table, field in fields_of_persons()
        if not is_marked(table, field) and not is_a_day(field) and table._meta.label not in NOT_MARKED
    } - set(coded())
    assert nowhere == set(NOT_SOUGHT)
    assert set(OTHERS) | set(SHOWN_TO_NOBODY) <= set(coded())
    assert {table._meta.label for table, _ in tables_of_persons() if not child_of(table)} == set(OF_NO_CHILD)


def pages(world, client, role: Role) -> dict[str, tuple[int, bytes]]:
    """Every page that opens to them, hers and those of nobody: undone afterwards, so that a second look finds what the first found.

    What is closed to them tells nothing of a record: test_every_hidden_record.py.
    """
    found = {}
    with transaction.atomic():
        for address in ADDRESSES:
            if address.takes_get and role in address.opens_to and not address.before_signing_in:
                found |= {path: page(client, path) for path in address.paths(world, HERS)}
        transaction.set_rollback(True)
    return found


def page(client, path: str, sends: dict | None = None) -> tuple[int, bytes]:
    answer = client.get(path) if sends is None else client.post(path, sends)
    return answer.status_code, DRAWN.sub(b"", OF_THE_MOMENT.sub(b"", body_of(answer)))


@pytest.mark.parametrize("role", roles_here())
def test_no_page_tells_a_code_that_its_reader_may_not_know(world, clients, role):
    client, agency = clients[role], world.near.people[role].agency.code
    client.get("/")
    before = pages(world, client, role)
    changed = defaultdict(int)
    with transaction.atomic():
        for child, record in world.records.items():
            for code in codes_of(child, record.child.id):
                if not may_tell(role, agency, code.canary):
                    code.change()
                    changed[code.canary.place] += 1
        after = pages(world, client, role)
        transaction.set_rollback(True)
    assert set(changed) == set(coded()) - OF_THE_REGISTER.get(role, set())
    differ = [path for path in after if after[path] != before[path]]
    again = pages(world, client, role) if differ else before
    # A page that is never the same twice would hide what it tells.
    faults = [f"{path}: is not the same twice" for path in differ if again[path] != before[path]]
    faults += [f"{path}: {what_differs(before[path], after[path])}" for path in differ]
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("place", sorted(SEEN))
def test_every_code_is_told_to_somebody_who_may(world, clients, place):
    """A page that never changed would tell nothing to anybody."""
    role, name = SEEN[place]
    codes = [code for code in codes_of(HERS, world.records[HERS].child.id) if code.canary.place == place]
    address = next(each for each in ADDRESSES if each.name == name and role in each.opens_to)
    sends = what_is_sought(world) if name == SEARCH else None
    clients[role].get("/")

    def shown() -> list:
        return [page(clients[role], path, sends) for path in address.paths(world, HERS)]

    with transaction.atomic():
        before = shown()
        for code in codes:
            code.change()
        after = shown()
        transaction.set_rollback(True)
    assert before != after
    assert any(may_tell(role, world.near.people[role].agency.code, code.canary) for code in codes)


def test_every_code_is_told_somewhere_or_to_nobody():
    assert set(SEEN) | set(SHOWN_TO_NOBODY) == set(coded())
    assert not set(SEEN) & set(SHOWN_TO_NOBODY)


def what_is_sought(world) -> dict:
    return {"why": "A report names her", **by_birth_date(world, HERS)}


def what_differs(before: tuple[int, bytes], after: tuple[int, bytes]) -> str:
    """The first line of the page that is not as it was."""
    if before[0] != after[0]:
        return f"answers {after[0]}, not {before[0]}"
    was, now = (page[1].decode("utf-8", "replace").splitlines() for page in (before, after))
    line = next((one, other) for one, other in zip([*was, ""], [*now, ""], strict=False) if one != other)
    return f"{line[1].strip()[:300]!r}, not {line[0].strip()[:300]!r}"
