"""What people send at work survives `kill -9` of the server: after it either all of it is there or nothing, and pressed again it is done once.

Some steps of each here; every step of each in tests/soak/test_killed_at_work.py.
"""

import pytest

from tests.killed_at_work import AtWork

# A server of its own, with a database of its own: a copy of the tests' empty one, which is made for those that ask for it.
pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
WORK = ["a decision of triage", "a missing report", "an answer to a question", "minutes of a meeting", "the approval of minutes"]  # fmt: skip


@pytest.fixture(scope="module")
def at_work(tmp_path_factory, django_db_setup):
    at_work = AtWork(tmp_path_factory.mktemp("killed"))
    yield at_work
    at_work.server.end()


@pytest.mark.parametrize("name", WORK)
def test_all_of_it_is_there_or_nothing_and_pressed_again_it_is_done_once(at_work, name):
    work = at_work.everything()[name]
    kills = at_work.survives(work, lambda step: step * 3 + 1)
    assert kills >= 2, "the server was hardly killed"
