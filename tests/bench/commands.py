"""One command of Rowan's in a process of its own, and the anchor beside it: DuckDB reading the same files."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import duckdb


def rowan(home: dict[str, str], *arguments: str) -> dict:
    """One command in a process of its own, with the most memory it ever held."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "ROWAN_OWNER_URL"}
    }
    print(f"rowan {arguments[0]} …", file=sys.stderr)
    began = time.monotonic()
    command = subprocess.Popen(
        [sys.executable, "-m", "rowan.command", *arguments],
        env=environment | home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    _, status, use = os.wait4(command.pid, 0)
    command.returncode = os.waitstatus_to_exitcode(status)
    if command.returncode:
        sys.exit(f"rowan {' '.join(arguments)} ended with {command.returncode}.")
    return {"seconds": round(time.monotonic() - began, 1), "peak_mb": round(use.ru_maxrss / 1024)}


def read_by_duckdb(files: Iterable[Path]) -> tuple[float, int]:
    """Seconds and rows: the anchor beside which an import is measured."""
    connection = duckdb.connect(config={"threads": 2})
    began = time.monotonic()
    rows = 0
    for file in files:
        # Hashing each row makes it read every cell.
        [(found, _)] = connection.execute(
            "select count(*), bit_xor(hash(read)) from read_csv(?, all_varchar=true, header=true) as read",
            [str(file)],
        ).fetchall()
        rows += found
    return time.monotonic() - began, rows
