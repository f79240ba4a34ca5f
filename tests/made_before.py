"""An empty SQLite database with every migration done, kept between runs: making one anew takes longer than most tests.

It is named by what made it, so that another migration makes another one. PostgreSQL makes its own each time.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.ground import CHECKOUT

KEPT = CHECKOUT / "build" / "databases"
MADE_BY = ("rowan/*/migrations/*.py", "rowan/*/apps.py", "rowan/tables_at_once.py", "rowan/audit_trail/guards.py", "requirements/*.txt", "tests/made_before.py")  # fmt: skip


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
    if is_for_this_run() and kept().exists():
        shutil.copyfile(kept(), place)


def keep(connection) -> None:
    """Write this run's, when it is the first of its kind: whole or not at all, whoever else does the same meanwhile."""
    if not is_for_this_run() or kept().exists():
        return
    if "django_migrations" not in connection.introspection.table_names():
        return  # a run in which no test asks for a database makes none
    KEPT.mkdir(parents=True, exist_ok=True)
    unfinished = KEPT / f"unfinished-{os.getpid()}"
    connection.ensure_connection()
    with closing(sqlite3.connect(unfinished)) as copy:
        connection.connection.backup(copy)
    for older in KEPT.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    unfinished.replace(kept())
