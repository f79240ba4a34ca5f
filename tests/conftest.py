"""What all tests share: their kind by their folder, the public samples, and a last word on what could not be run."""

import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as of_hypothesis

from tests import ground, made_before
from tests.account import seconds_by_file
from tests.postgresql import APPLICATION

KINDS = ("unit", "spec", "integration", "acceptance", "architecture", "soak")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TESTS = Path(__file__).resolve().parent
SHARED = ground.CHECKOUT.parent / "shared"

# Rooms that a run of all tests tries on the database that Rowan is in service with, and not on SQLite as well: there the sweep sends
# every form of theirs, and the journeys walk all their pages. `make soak` tries them on both.
IN_SERVICE_ALONE = {
    "assessments", "chronology", "concerns", "escalation", "matching", "meetings", "missing", "notices", "people", "plans",
    "questions", "sharing", "single_view", "timescales",
}  # fmt: skip

# How long an example takes to draw says how busy the machine is, and nothing of Rowan.
of_hypothesis.register_profile("rowan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
of_hypothesis.load_profile("rowan")


def pytest_collection_modifyitems(config, items):
    """A test's folder says its kind. The soak runs only when it is asked for; nothing runs twice that would be the same twice."""
    asked_for = [Path(argument.split("::")[0]).resolve() for argument in config.args]
    soak_asked_for = any(path.is_relative_to(TESTS / "soak") for path in asked_for)
    left_out = []
    for item in list(items):
        kind = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
        if kind in KINDS:
            item.add_marker(kind)
        if _runs_on_the_other_database(item) or (kind == "soak" and not soak_asked_for):
            left_out.append(item)
            items.remove(item)
        if without := _missing_program(kind, item):
            item.add_marker(pytest.mark.skip(reason=without))
    if left_out:
        config.hook.pytest_deselected(items=left_out)


def _runs_on_the_other_database(item: pytest.Item) -> bool:
    if not made_before.is_for_this_run():
        return item.get_closest_marker("one_database") is not None
    rooms = item.path.relative_to(TESTS).parts[:2] if item.path.is_relative_to(TESTS) else ()
    return (
        ground.SHARED_BY_TWO_RUNS
        and rooms[:1] == ("integration",)
        and rooms[-1] in IN_SERVICE_ALONE
        and item.get_closest_marker("one_database") is None
    )


def _missing_program(kind: str, item: pytest.Item) -> str | None:
    """What this machine lacks for the test, in words for the person who runs it."""
    if kind == "integration":
        return ground.WITHOUT_POSTGRESQL
    if kind == "acceptance" and not any(map(shutil.which, BROWSERS)):
        return "needs Chromium (Debian package chromium)"
    if item.get_closest_marker("spark") and not shutil.which("java"):
        return "needs Java (Debian package default-jre-headless)"
    return None


@pytest.fixture(autouse=True, scope="session")
def a_locked_row_is_read_alone():
    """PostgreSQL reads a row again after it waited for its lock, but not what was joined to it: a row whose other end has changed meanwhile is then not found, or found without it."""
    from django.db.models.sql.compiler import SQLCompiler

    as_sql = SQLCompiler.as_sql

    def alone(compiler, *args, **named):
        query = compiler.query
        assert not (query.select_for_update and query.select_related), (
            f"{query.model.__name__} is locked with select_related: leave it out, or ask with prefetch_related"
        )
        return as_sql(compiler, *args, **named)

    SQLCompiler.as_sql = alone
    yield
    SQLCompiler.as_sql = as_sql


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public samples beside the checkout, which is no part of the project."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, the public samples beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """SQLite as it is in use: a file with a write-ahead log, since one in memory knows no other process. Tables are made once, and copied."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(ground.GROUND / "test.sqlite3")
        made_before.lay_out(Path(database["TEST"]["NAME"]))
    elif ground.WORKER:
        database.setdefault("TEST", {})["TEMPLATE"] = made_before.on_postgresql()
    database.update(settings_of_owner())


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings) -> bool:
    """A SQLite file that was laid out is gone on with: `migrate` finds nothing to do."""
    return made_before.is_for_this_run()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The owner has made the tables; from here on tests sign in as the application does, which may make and empty none."""
    from django.db import connection

    from tests.emptying import become, execute_sql_flush

    owner = settings_of_owner()
    with django_db_blocker.unblock():
        become({**owner, "USER": APPLICATION} if owner else {})
    # For every connection: beside a running browser Django opens another one.
    type(connection.ops).execute_sql_flush = staticmethod(execute_sql_flush)
    yield
    with django_db_blocker.unblock():
        become(owner)


def settings_of_owner() -> dict:
    from django.conf import settings

    return settings.DATABASE_OWNER


@pytest.fixture(scope="session", autouse=True)
def _forced_sign_ins_are_whole():
    """`client.force_login(person)` leaves a session that has shown a second factor. Only the test ground can say so."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher
    from django.test import Client

    from tests.signing_in import mark_as_whole

    plain = Client.force_login
    # A good password takes its time to check; the tests type hundreds.
    PBKDF2PasswordHasher.iterations = 1_000

    def force_login(client, user, backend=None):
        plain(client, user, backend)
        session = client.session
        mark_as_whole(session, user)
        session.save()

    Client.force_login = force_login
    yield
    Client.force_login = plain


def _reason(report) -> str:
    if hasattr(report, "wasxfail"):
        return "marked as expected to fail"
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return words.removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter, config):
    """Say what could not be run and why; and keep the counts and seconds where `.ci/run` adds the runs up."""
    seen = terminalreporter.stats
    not_run = sorted(
        (report.nodeid, _reason(report))
        for name in ("skipped", "xfailed", "xpassed")
        for report in seen.get(name, [])
    )
    if not_run:
        terminalreporter.section("could not be run")
        for reason in sorted({reason for _, reason in not_run}):
            tests = [test for test, its in not_run if its == reason]
            terminalreporter.write_line(f"{len(tests)} because: {reason}")
            for test in tests:
                terminalreporter.write_line(f"    {test}")
    if account := os.environ.get("ROWAN_TEST_ACCOUNT"):
        counts = {
            "passed": len(seen.get("passed", [])),
            "failed": len(seen.get("failed", [])) + len(seen.get("error", [])),
            "not_run": not_run,
            "seconds": seconds_by_file(report for reports in seen.values() for report in reports),
        }
        Path(account).write_text(json.dumps(counts), encoding="utf-8")
