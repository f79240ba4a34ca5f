"""A concern survives `kill -9` of the server at every step of its saving: what was typed is there, and it is received whole or not yet."""

import sqlite3
from contextlib import closing

import pytest

from tests.forms_on_pages import hidden_in
from tests.killed_server import KilledServer

# A server of its own, with a database of its own: a copy of the tests' empty one, which is made for those that ask for it.
pytestmark = [pytest.mark.one_database, pytest.mark.django_db]

FORM = "/concerns/tell-us/form/"
WHAT = {"immediate_danger": "no", "what_worries": "Cars come at night and girls get out."}
ABOUT = {"about": "place", "raises": "resident", "about_a_professional": "no"}


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup):
    server = KilledServer(tmp_path_factory.mktemp("killed"))
    with closing(sqlite3.connect(server.home.path / "rowan.sqlite3")) as tables, tables:
        tables.execute(
            "insert into agencies_agency (code, name, kind, la_code, laestab, phone)"
            " values ('council-899', 'Invented Council', 'council', '899', '', '')"
        )
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
