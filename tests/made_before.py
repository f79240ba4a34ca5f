"""An empty SQLite database with every migration done, kept between runs: making one anew takes longer than most tests.

It is named by what made it, so that another migration makes another one. Whoever needs it first makes it, by `rowan migrate` as an
operator would; who needs it meanwhile waits. PostgreSQL, which ends with a run, makes one a run, and its processes copy it.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

from tests.ground import CHECKOUT

KEPT = CHECKOUT / "build" / "databases"
MADE_BY = ("rowan/*/migrations/*.py", "rowan/*/apps.py", "rowan/tables_at_once.py", "rowan/website/management/commands/migrate.py", "rowan/audit_trail/guards.py", "requirements/*.txt", "tests/made_before.py")  # fmt: skip

DATABASES = ("DATABASE_URL", "ROWAN_OWNER_URL")
ON_POSTGRESQL = "rowan_tables"


def is_for_this_run() -> bool:
    return os.environ.get("ROWAN_TEST_DATABASE", "sqlite") == "sqlite"


@cache
def kept() -> Path:
    digest = sha256()
    for pattern in MADE_BY:
        for path in sorted(CHECKOUT.glob(pattern)):
            digest.update(str(path.relative_to(CHECKOUT)).encode() + path.read_bytes())
    return KEPT / f"{digest.hexdigest()[:20]}.sqlite3"


def lay_out(place: Path) -> None:
    """The empty tables, at this place, which nobody uses yet."""
    if not kept().exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        with FileLock(KEPT / "being made.lock"):
            if not kept().exists():
                _make()
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept(), place)


def _make() -> None:
    """Whole or not at all: it has its name when it is done."""
    with tempfile.TemporaryDirectory(prefix="rowan-tables-") as scratch:
        home, whole = Path(scratch) / "home", Path(scratch) / "whole.sqlite3"
        _migrate(home)
        with (
            closing(sqlite3.connect(home / "rowan.sqlite3")) as made,
            closing(sqlite3.connect(whole)) as copy,
        ):
            made.backup(copy)
        for older in KEPT.glob("*.sqlite3"):
            older.unlink(missing_ok=True)
        unfinished = KEPT / "unfinished"
        shutil.copyfile(whole, unfinished)
        unfinished.replace(kept())


def on_postgresql() -> str:
    """The name of a database with every table, of which each process of this run makes a copy."""
    import psycopg

    ground = Path(os.environ["ROWAN_TEST_GROUND"])
    with FileLock(ground / "being made.lock"):
        if not (ground / "made on PostgreSQL").exists():
            with psycopg.connect(os.environ["ROWAN_OWNER_URL"], autocommit=True) as owner:
                owner.execute(f"create database {ON_POSTGRESQL}")
            _migrate(
                ground / "made on PostgreSQL" / "home",
                **{name: os.environ[name].rpartition("/")[0] + f"/{ON_POSTGRESQL}" for name in DATABASES},
            )
    return ON_POSTGRESQL


def _migrate(home: Path, **databases: str) -> None:
    home.mkdir(parents=True)
    others = {*DATABASES, "PYTEST_CURRENT_TEST", "ROWAN_HOSTS"}
    mine = {"ROWAN_HOME": str(home), "ROWAN_KEYS": str(home.with_name("keys")), "ROWAN_TRACEBACK": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "rowan.command", "migrate", "--verbosity", "0"],
        cwd=CHECKOUT,
        env={name: value for name, value in os.environ.items() if name not in others} | mine | databases,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
