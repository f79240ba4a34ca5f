"""A process that dies while it makes SQLite's tables leaves none, so that the next command makes them all."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import connection

from rowan.website.management.commands.migrate import is_anything_to_do

pytestmark = pytest.mark.one_database
# Dies where a process may be killed: a migration's tables are made and nothing says yet that they are.
DIES_HALFWAY = """
import os, sys
from django.db.migrations.recorder import MigrationRecorder
record, done = MigrationRecorder.record_applied, []

def dies(self, app, name):
    done.append(name)
    if len(done) == 12:
        os._exit(9)
    record(self, app, name)

MigrationRecorder.record_applied = dies
from rowan.command import main
sys.exit(main(["migrate"]))
"""


@pytest.mark.django_db
def test_where_every_table_is_there_it_waits_for_nobody():
    """`rowan serve` asks at every start, also while a night is writing."""
    assert not is_anything_to_do(connection)


def test_killed_halfway_it_leaves_no_table(tmp_path):
    environment = os.environ | {"ROWAN_HOME": str(tmp_path / "home"), "ROWAN_KEYS": str(tmp_path / "keys")}
    environment.pop("DATABASE_URL", None)
    environment.pop("ROWAN_OWNER_URL", None)
    died = subprocess.run(
        [sys.executable, "-c", DIES_HALFWAY], env=environment, capture_output=True, timeout=300, check=False
    )
    assert died.returncode == 9, died.stderr
    with closing(sqlite3.connect(tmp_path / "home" / "rowan.sqlite3")) as database:
        assert database.execute("select name from sqlite_master").fetchall() == []
