"""A concern survives `kill -9` of the server at every step of its saving: what was typed is there, and it is received whole or not yet."""

import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.parse
from contextlib import closing
from pathlib import Path

import pytest

from tests import made_before
from tests.forms_on_pages import hidden_in
from tests.soak.homes import CHECKOUT, Home

# A server of its own, with a database of its own: a copy of the tests' empty one, which is made for those that ask for it.
pytestmark = [pytest.mark.one_database, pytest.mark.django_db]

FORM = "/concerns/tell-us/form/"
WHAT = {"immediate_danger": "no", "what_worries": "Cars come at night and girls get out."}
ABOUT = {"about": "place", "raises": "resident", "about_a_professional": "no"}


class KilledServer:
    def __init__(self, folder: Path):
        self.home = Home(folder)
        # The keys that the tables' own were made with, where any were.
        self.home.environment["ROWAN_KEYS"] = os.environ["ROWAN_KEYS"]
        self._lay_out_the_tables()
        self.kill_at = folder / "kill-at"
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "a_server_that_is_killed.py"), str(self.home.port), str(self.kill_at)],
            cwd=CHECKOUT,
            env={**self.home.environment, "PYTHONPATH": str(CHECKOUT)},
            start_new_session=True,
        )  # fmt: skip

    def _lay_out_the_tables(self) -> None:
        """A copy of the tests' own empty tables, with one council: quicker than to migrate."""
        self.home.path.mkdir(parents=True)
        made_before.lay_out(self.home.path / "rowan.sqlite3")
        with closing(sqlite3.connect(self.home.path / "rowan.sqlite3")) as tables, tables:
            tables.execute(
                "insert into agencies_agency (code, name, kind, la_code, laestab, phone)"
                " values ('council-899', 'Invented Council', 'council', '899', '', '')"
            )

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def post(self, path: str, form: dict) -> str:
        """The page that came, from a server that may still be rising."""
        until = time.monotonic() + 60
        while True:
            try:
                return self._once(path, form)
            except (OSError, http.client.HTTPException):
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def killed_at(self, step: int, path: str, form: dict) -> bool:
        """Whether the server died of it."""
        self.kill_at.write_text(str(step))
        try:
            self._once(path, form)
        except (OSError, http.client.HTTPException):
            return True
        finally:
            self.kill_at.write_text("0")
        return False

    def _once(self, path: str, form: dict) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.home.port, timeout=60)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urllib.parse.urlencode(form), headers)
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def rows(self, query: str) -> list:
        with closing(sqlite3.connect(self.home.path / "rowan.sqlite3")) as stored:
            return stored.execute(query).fetchall()


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup):
    server = KilledServer(tmp_path_factory.mktemp("killed"))
    yield server
    server.end()


def begun(server: KilledServer) -> str:
    page = server.post("/concerns/tell-us/begin/", {})
    return server.post(FORM, {**hidden_in(page, FORM), **ABOUT})


def whole(server: KilledServer) -> dict:
    """What the page to check it all would send."""
    page = server.post(FORM, {**hidden_in(begun(server), FORM), **WHAT})
    page = server.post(FORM, {**hidden_in(page, FORM), "detail_name": "The old mill"})
    page = server.post(FORM, {"draft": hidden_in(page, FORM)["draft"], "step": "check", "then": "look"})
    return {**hidden_in(page[page.rindex("<form") :], FORM), "then": "send"}


def test_what_was_typed_survives_a_kill_at_every_step_of_saving_a_page(server):
    form, step = {**hidden_in(begun(server), FORM), **WHAT}, 1
    while server.killed_at(step, FORM, form):
        step += 1
    assert step > 3, "the server was hardly killed"
    # The page was still in the browser; whatever the kills left of it, it is saved whole.
    page = server.post(FORM, {"draft": form["draft"], "step": "check", "then": "to what"})
    assert WHAT["what_worries"] in page
    assert server.rows("select count(*) from concerns_concern") == [(0,)]


def test_a_concern_survives_a_kill_at_every_step_of_its_sending_and_is_received_once_and_whole(server):
    form, step = whole(server), 1
    while server.killed_at(step, FORM, form):
        # Nothing of it, or all of it: never a part, at any step.
        assert len(set(parts(server))) == 1, f"killed at step {step}: {parts(server)}"
        step += 1
    assert step > 8, "the server was hardly killed"
    assert set(parts(server)) == {1}
    # The page is still in the browser: sent again, it is the same receipt, whatever the kills left.
    assert "Thank you. It has been received" in server.post(FORM, form)
    assert set(parts(server)) == {1}
    left = "select count(*) from concerns_concerndraft where id in (select id from concerns_concern)"
    assert server.rows(left) == [(0,)]
    server.home.run("audit-trail", "verify")


def parts(server) -> list[int]:
    """How many there are of each thing that a concern, once received, has one of."""
    return [
        server.rows(f"select count(*) from {what}")[0][0]
        for what in (
            "concerns_concern",
            "concerns_receipt",
            "concerns_referrer",
            "concerns_urgencyset",
            "timescales_clock where about_kind = 'concern' and stopped_at is null",
            "audit_trail_entry where did = 'raised a concern' and refused_because = ''",
        )
    ]
