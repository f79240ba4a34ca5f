"""Whole Rowans in scratch folders: build one, start its commands as real processes, kill them, serve it."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests import made_before

CHECKOUT = Path(__file__).resolve().parents[2]


class Home:
    """A scratch ROWAN_HOME with its own keys, driven only by the `rowan` command."""

    def __init__(self, folder: Path, *, port: int | None = None):
        self.folder = folder
        self.port = port or free_port()
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in {"DATABASE_URL", "ROWAN_OWNER_URL", "PYTEST_CURRENT_TEST"}
            },
            "ROWAN_HOME": str(folder / "home"),
            "ROWAN_KEYS": str(folder / "keys"),
            "ROWAN_PORT": str(self.port),
            "ROWAN_LISTEN": "127.0.0.1",
        }

    @property
    def path(self) -> Path:
        return self.folder / "home"

    def lay_out_the_tables(self) -> None:
        """Empty ones, made before: making them anew takes as long as a small night. Each command would make them by itself."""
        made_before.lay_out(self.path / "rowan.sqlite3")

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "rowan.command", *arguments]

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
        done = subprocess.run(
            self.command(*arguments),
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(
                f"rowan {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-3000:]}"
            )
        return done

    def start(self, *arguments: str) -> subprocess.Popen:
        # A session of its own, so that a kill takes its children too.
        return subprocess.Popen(
            self.command(*arguments),
            cwd=CHECKOUT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def json(self, *arguments: str) -> dict:
        return json.loads(self.run(*arguments, "--json").stdout)

    def password(self) -> str:
        return (self.folder / "keys" / "demonstration-password").read_text().strip()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until_it_answers(port: int, *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers on port {port}")
