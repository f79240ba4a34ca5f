"""In every room: each act that a test calls is first tried without the trail. One that no test of a whole run tried fails it."""

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from rowan.people import finding
from tests import ground, made_before
from tests.without_the_trail import ONLY_ASKS, ONLY_WITHIN, Tried, acts, try_each_first_without_the_trail

ROOMS = Path(__file__).resolve().parent
ANCHORS = Path(os.environ["ROWAN_HOME"]) / "anchors"


@pytest.fixture(scope="session", autouse=True)
def _each_act_is_tried_first_without_the_trail(request):
    tried = Tried()
    replaced = try_each_first_without_the_trail(acts(), tried)
    yield tried
    for module, name, act in replaced:
        setattr(module, name, act)
    _kept_by_this_process().write_text(json.dumps([tried.calls, tried.failed]))


@pytest.fixture(autouse=True)
def _what_was_only_refused_before_is_tried_again(_each_act_is_tried_first_without_the_trail):
    _each_act_is_tried_first_without_the_trail.begin_test()


@pytest.fixture(autouse=True)
def _no_anchor_stays_in_the_runs_home():
    """An anchor outlives the lines it stands for, which are rolled back: every later check of the trail would find it broken."""
    yield
    left = ANCHORS.exists()
    shutil.rmtree(ANCHORS, ignore_errors=True)
    assert not left, "This test anchored the trail in the run's own home: give it a home of its own."


@pytest.fixture(autouse=True)
def _everybody_is_counted_anew():
    """How many people there are is counted once a night; each test has a night, and people, of its own."""
    finding._how_many.cache_clear()


def _folder() -> Path:
    folder = Path(os.environ["ROWAN_TEST_GROUND"]) / "tried without the trail"
    folder.mkdir(exist_ok=True)
    return folder


def _kept_by_this_process() -> Path:
    return _folder() / f"{ground.WORKER or 'one'}.json"


def pytest_sessionfinish(session, exitstatus):
    """In the process that adds up, when all of integration was run and nothing failed before."""
    config = session.config
    asked_for = [Path(argument.split("::")[0]).resolve() for argument in config.args]
    chosen = config.option.keyword or config.option.markexpr or config.option.collectonly
    if ground.WORKER or exitstatus or chosen or asked_for != [ROOMS]:
        return
    failed: Counter = Counter()
    for file in _folder().glob("*.json"):
        failed.update(json.loads(file.read_text())[1])
    if ground.SHARED_BY_TWO_RUNS and not _is_the_second(failed):
        return
    if never := sorted(set(acts()) - ONLY_ASKS - set(ONLY_WITHIN) - set(+failed)):
        config.stash[NEVER_TRIED] = never
        # A run on PostgreSQL alone leaves out tests that try some of them: there they are named only.
        if made_before.is_for_this_run() or ground.SHARED_BY_TWO_RUNS:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _is_the_second(failed: Counter) -> bool:
    """The first of two runs that share the tests leaves what it tried for the second, which adds it to its own."""
    left = Path(os.environ["ROWAN_TEST_ACCOUNT"]).with_name("tried on SQLite")
    if made_before.is_for_this_run():
        left.write_text(json.dumps(failed))
        return False
    if left.exists():
        failed.update(json.loads(left.read_text()))
    return left.exists()


NEVER_TRIED = pytest.StashKey[list]()


def pytest_terminal_summary(terminalreporter, config):
    if never := config.stash.get(NEVER_TRIED, None):
        terminalreporter.section("acts that no test ever tried without the trail")
        for name in never:
            terminalreporter.write_line(f"    {name}")
