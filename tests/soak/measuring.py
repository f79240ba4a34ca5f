"""What a long run was asked and what it found, as a record a machine writes: docs/measured/assurance.json, of which `make docs` makes a page.

Nobody types a figure. A run that failed is kept as failed, with the figures it had by then; the next run of the same takes its place.
"""

import json
import os
import platform
import sqlite3
import subprocess
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.ground import CHECKOUT

RECORD = CHECKOUT / "docs" / "measured" / "assurance.json"


@dataclass
class Measured:
    """One run: what it was asked in the words of its test, and what it found, figure by figure as it goes."""

    asked: str
    database: str
    commit: str
    machine: str
    load: float
    found: dict = field(default_factory=dict)
    began_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    began: float = field(default_factory=time.monotonic)

    def record(self, *, held: bool) -> dict:
        return {
            "asked": self.asked,
            "held": held,
            "found": self.found,
            "began_at": self.began_at.isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - self.began),
            "commit": self.commit,
            "machine": self.machine,
            "load_when_it_began": self.load,
            "database": self.database,
        }


def begin(asked: str, *, postgresql: bool) -> Measured:
    return Measured(
        " ".join(asked.split()), _database(postgresql), _commit(), _machine(), round(os.getloadavg()[0], 1)
    )


def keep(name: str, record: dict, file: Path = RECORD) -> None:
    """One entry a test and database; the others stay as they are."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    kept = dict(sorted({**kept, name: record}.items()))
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.unfinished")
    fresh.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(fresh, file)


def _database(postgresql: bool) -> str:
    if not postgresql:
        return f"SQLite {sqlite3.sqlite_version}"
    from django.db import connection

    return f"PostgreSQL {connection.pg_version // 10_000}" if connection.vendor == "postgresql" else ""


def _commit() -> str:
    def git(*what: str) -> str:
        return subprocess.run(
            ["git", *what], cwd=CHECKOUT, capture_output=True, text=True, check=False
        ).stdout.strip()

    changed = git("status", "--porcelain", "--", ".", ":!docs/measured")
    return (git("rev-parse", "--short=10", "HEAD") or "no commit known") + (
        ", with changes" if changed else ""
    )


def _machine() -> str:
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return f"{len(os.sched_getaffinity(0))} cores, {gigabytes:.0f} GB, Python {platform.python_version()}"
