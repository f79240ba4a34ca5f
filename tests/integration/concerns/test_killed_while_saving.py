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
from django.conf import settings

from tests import made_before
from tests.forms_on_pages import hidden_in
from tests.soak.homes import CHECKOUT, Home

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
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        pytest.skip("a server of its own, with a database of its own: tried on SQLite")
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
    step, killed = 1, 0
    while True:
        form = {**hidden_in(begun(server), FORM), **WHAT}
        if not server.killed_at(step, FORM, form):
            break
        # The page is still in the browser: sent again it is saved, and the next one comes.
        page = server.post(FORM, form)
        assert "Which place?" in page
        back = server.post(FORM, {**hidden_in(page, FORM), "then": "back"})
        assert WHAT["what_worries"] in back
        step, killed = step + 1, killed + 1
    assert killed >= 4
    assert server.rows("select count(*) from concerns_concern") == [(0,)]


def test_a_concern_survives_a_kill_at_every_step_of_its_sending_and_is_received_once_and_whole(server):
    step = 1
    while True:
        form = whole(server)
        before = server.rows("select count(*) from concerns_concern")[0][0]
        if not server.killed_at(step, FORM, form):
            break
        page = server.post(FORM, form)
        assert "Thank you. It has been received" in page
        assert server.rows("select count(*) from concerns_concern") == [(before + 1,)]
        step += 1
    assert step > 10, "the server was hardly killed"
    raised = [(step,)]
    for table in ("concerns_concern", "concerns_receipt", "concerns_referrer", "concerns_urgencyset"):
        assert server.rows(f"select count(*) from {table}") == raised
    assert (
        server.rows(
            "select count(*) from timescales_clock where about_kind = 'concern' and stopped_at is null"
        )
        == raised
    )
    assert (
        server.rows(
            "select count(*) from audit_trail_entry where did = 'raised a concern' and refused_because = ''"
        )
        == raised
    )
    assert server.rows(
        "select count(*) from concerns_concern c left join concerns_concerndraft d on d.id = c.id where d.id is not null"
    ) == [(0,)]
    server.home.run("audit-trail", "verify")
