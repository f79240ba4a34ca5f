"""Many presses of one form in the same moment, each on a connection of its own, on a scratch copy of a real database.

Tests that commit would have to empty every table after each; a copy of the database's file (PostgreSQL: of the database) costs a
fraction of that, and every change starts from the very same county.
"""

import re
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.test import Client

from rowan.audit_trail.checking import check_trail
from rowan.audit_trail.models import Entry
from tests import ground
from tests.forms_on_pages import hidden_in
from tests.integration.sweep.changes import A, Change, make
from tests.integration.sweep.conftest import signed_in
from tests.integration.sweep.stored import Stored, stored_but_for_its_moment
from tests.integration.sweep.world import World

PATIENCE = 240  # seconds
# Every press may look before it acts, and every look leaves its line; what is counted is acts.
A_LOOK = re.compile(r"^looked at|^opened a record to|^opened the form|^went on with|: opened it$")
# Of each process of a run its own: they share one server.
COUNTY, COPY = (f"{name}_at_once_{ground.WORKER or 'one'}" for name in ("county", "copy"))


@dataclass
class Pressed:
    """What came of one change, pressed so often in the same moment, beside what one press alone does."""

    change: Change
    presses: int
    statuses: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@contextmanager
def county() -> Iterator[World]:
    """One county in a database of its own. While it stands, every connection opened is to it or to a copy of it."""
    tests_own, options = connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"]
    _copy(tests_own, COUNTY)
    try:
        if connection.vendor == "sqlite":
            # Its one writer is waited for by fifty threads of one busy machine, not by one hub's people.
            connection.settings_dict["OPTIONS"] = {**options, "timeout": PATIENCE}
        _go_to(COUNTY)
        yield World()
    finally:
        connection.settings_dict["OPTIONS"] = options
        _go_to(tests_own)
        for name in (COUNTY, COPY):
            _drop(name)


def press(change: Change, world: World, presses: int) -> Pressed:
    """Once alone and once more, to see what each does; then, on a fresh copy, all in the same moment."""
    pressed = Pressed(change, presses)
    with _copied():
        one = _Form(change, world)
        before, lines = stored_but_for_its_moment(), _lines()
        pressed.faults += [f"alone it answers {status}" for status in one.send(1) if status not in {200, 302}]
        after_one, lines_of_one = stored_but_for_its_moment(), _lines() - lines
        one.send(1)
        lines_of_another = _lines() - lines - lines_of_one
    with _copied():
        all_at_once = _Form(change, world)
        lines = _lines()
        pressed.statuses = Counter(all_at_once.send(presses))
        after_all, lines_of_all = stored_but_for_its_moment(), _lines() - lines
        trail_is_whole = check_trail().trail.is_whole
    pressed.faults += [f"answers {status}" for status in pressed.statuses if not status or status >= 500]
    pressed.faults += _wrong_effect(before, after_one, after_all, presses if change.again else 1)
    pressed.faults += _wrong_lines(lines_of_one, lines_of_another, lines_of_all, presses)
    pressed.faults += [] if trail_is_whole else ["the trail is broken"]
    return pressed


class _Form:
    """The form as one browser has it: pressed again, it sends the very same."""

    def __init__(self, change: Change, world: World):
        self.made = make(change, world)
        client = signed_in(self.made.people[A])
        self.key = client.cookies[settings.SESSION_COOKIE_NAME].value
        where = ("", self.made.path) if self.made.page == self.made.path else (self.made.path,)
        self.hidden = hidden_in(client.get(self.made.page).content.decode(), *where)

    def send(self, presses: int) -> list[int]:
        """The statuses; 0 for a press that ended without an answer."""
        together, answers = threading.Barrier(presses), [0] * presses

        def one(number: int) -> None:
            client = Client(raise_request_exception=False)
            client.cookies[settings.SESSION_COOKIE_NAME] = self.key
            data = self.hidden | self.made.data(A)
            try:
                together.wait()
                answers[number] = client.post(self.made.path, data).status_code
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(presses)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers


def _wrong_effect(before: Stored, after_one: Stored, after_all: Stored, times: int) -> list[str]:
    made, gone = after_one - before, before - after_one
    should = before - gone
    for row, count in made.items():
        should[row] += count * times
    return [f"too little: {row}" for row in (should - after_all)] + [
        f"too much: {row}" for row in (after_all - should)
    ]


def _wrong_lines(one: Counter, another: Counter, everything: Counter, presses: int) -> list[str]:
    """One line for each effect: what only the first press leaves stands once, what every press leaves stands as often as pressed."""
    return [
        f"{everything[did]} lines of {did!r}, not {one[did] + another[did] * (presses - 1)}"
        for did in one
        if one[did] != another[did] or did in _acts(one, another)
        if everything[did] != one[did] + another[did] * (presses - 1)
    ]


def _acts(one: Counter, another: Counter) -> set[str]:
    """When every press does it again, every line counts."""
    return set(one) if one == another else set()


def _lines() -> Counter:
    found = Entry.objects.filter(refused_because="").values_list("did", flat=True)
    return Counter(did for did in found if not A_LOOK.search(did))


@contextmanager
def _copied() -> Iterator[None]:
    _copy(COUNTY, COPY)
    try:
        _go_to(COPY)
        yield
    finally:
        _go_to(COUNTY)


def _go_to(name: str | Path) -> None:
    connection.close()
    connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = _named(name)


def _named(name: str | Path) -> str:
    if connection.vendor == "postgresql" or Path(name).is_absolute():
        return str(name)
    return str(ground.GROUND / f"{name}.sqlite3")


def _copy(source: str, name: str) -> None:
    connection.close()
    if connection.vendor == "postgresql":
        _drop(name)
        _as_owner(f'create database "{name}" template "{source}" strategy file_copy')
        return
    _drop(name)
    connection.settings_dict["NAME"] = _named(source)
    with connection.cursor() as cursor:
        # The log of the file is part of what it holds.
        cursor.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    shutil.copyfile(_named(source), _named(name))


def _drop(name: str) -> None:
    if connection.vendor == "postgresql":
        _as_owner(f'drop database if exists "{name}" with (force)')
        return
    for ending in ("", "-wal", "-shm"):
        Path(_named(name) + ending).unlink(missing_ok=True)


def _as_owner(statement: str) -> None:
    import psycopg

    owner = settings.DATABASE_OWNER
    with psycopg.connect(host=owner["HOST"], user=owner["USER"], dbname="rowan", autocommit=True) as them:
        them.execute(statement)
