"""A whole server that is killed at any step of its writing, and rises again; with a database of its own."""

import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.parse
from contextlib import closing
from pathlib import Path

from tests.soak.homes import CHECKOUT, Home


class KilledServer:
    def __init__(self, folder: Path):
        self.home = Home(folder)
        self.cookies: dict[str, str] = {}
        # The keys that the tables' own were made with, where any were.
        self.home.environment["ROWAN_KEYS"] = os.environ["ROWAN_KEYS"]
        self.home.lay_out_the_tables()
        self.kill_at = folder / "kill-at"
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "a_server_that_is_killed.py"), str(self.home.port), str(self.kill_at)],
            cwd=CHECKOUT,
            env={**self.home.environment, "PYTHONPATH": str(CHECKOUT)},
            start_new_session=True,
        )  # fmt: skip

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def get(self, path: str) -> str:
        return self._from_one_that_rises(path, None)

    def post(self, path: str, form: dict) -> str:
        return self._from_one_that_rises(path, form)

    def _from_one_that_rises(self, path: str, form: dict | None) -> str:
        """The page that came, from a server that may still be rising."""
        until = time.monotonic() + 60
        while True:
            try:
                return self._once(path, form)
            except (OSError, http.client.HTTPException):
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def killed_at(self, step: int, path: str, form: dict) -> bool:
        """Whether the server died of it."""
        self.kill_at.write_text(str(step))
        try:
            self._once(path, form)
        except (OSError, http.client.HTTPException):
            return True
        finally:
            self.kill_at.write_text("0")
        return False

    def _once(self, path: str, form: dict | None) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.home.port, timeout=60)
        try:
            said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers = {"Cookie": said} if said else {}
            if form is None:
                connection.request("GET", path, headers=headers)
            else:
                headers |= {"Content-Type": "application/x-www-form-urlencoded"}
                connection.request("POST", path, urllib.parse.urlencode(form), headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return page
        finally:
            connection.close()

    def rows(self, query: str) -> list:
        with closing(sqlite3.connect(self.home.path / "rowan.sqlite3")) as stored:
            return stored.execute(query).fetchall()
