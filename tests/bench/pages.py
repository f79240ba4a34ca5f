"""How long pages take with fifty people at them, in a county on PostgreSQL, beside a bare Django page asked in the same way.

Two servers on the same database, both as `rowan serve` starts one. The fifty go from one page to the bare page and back, so
that whatever else the machine does falls on both. Between two pages a person reads for a while.
"""

import http.client
import itertools
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgresql import start
from tests.soak.homes import free_port, wait_until_it_answers

CHECKOUT = Path(__file__).resolve().parents[2]
# Seconds that somebody reads between two pages, on average: people at work, and people in a great hurry.
PACES = {"a page every half minute": 30.0, "a page every five seconds": 5.0}
SECONDS_A_TURN = 30
TURNS = 2
WARM_UP = 6  # people who have opened every page before anything is measured
BARE, CHILD, LISTED, SEARCH, QUESTIONS = "a bare page", "child page", "The list", "search", "Questions for me"


def measure(place: Path, people: int, users: int) -> dict:
    """At each pace, `p95_ms` and the like of each page, and how many times the bare page's p95 each is."""
    place.mkdir()
    application, owner = start(durable=True)
    environment = {
        **os.environ,
        "ROWAN_HOME": str(place / "home"),
        "ROWAN_KEYS": str(place / "keys"),
        "DATABASE_URL": application,
        "ROWAN_OWNER_URL": owner,
        "PYTHONPATH": str(CHECKOUT),
    }
    print(f"putting {people:,} people into PostgreSQL …", file=sys.stderr)
    subprocess.run(
        [sys.executable, "-m", "rowan.command", "migrate"],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    filled = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.bench.a_hub_at_work", str(people), str(users)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    hub = json.loads(filled.stdout)
    with (
        _served("rowan.website.wsgi", environment) as rowan,
        _served("tests.bench.bare_server", environment) as bare,
    ):
        return {
            pace: _figures(_turns(_at_work(hub, reads_for), rowan, bare)) for pace, reads_for in PACES.items()
        }


def _at_work(hub: dict, reads_for: float) -> list["User"]:
    return [User(each, hub["searches"], number, reads_for) for number, each in enumerate(hub["users"])]


@contextmanager
def _served(module: str, environment: dict) -> Iterator[int]:
    """The port on which granian answers, started as `rowan serve` starts it."""
    port = free_port()
    command = [
        sys.executable,
        *("-m", "granian", "--interface", "wsgi", "--no-access-log", "--log-level", "error"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--backpressure", "16"),
        *("--blocking-threads", "4", "--blocking-threads-idle-timeout", "600"),
        f"{module}:application",
    ]
    server = subprocess.Popen(command, env=environment, cwd=CHECKOUT)
    try:
        wait_until_it_answers(port)
        yield port
    finally:
        server.terminate()
        server.wait()


@dataclass
class User:
    """One browser, kept signed in, with the children it works with and what it searches for."""

    of: dict
    searches: list[dict]
    seed: int
    reads_for: float
    took: dict[str, list[float]] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self):
        self.chance = random.Random(self.seed)
        self.searched = itertools.cycle(self.searches[self.seed :] + self.searches[: self.seed])

    def ask(self, what: str, port: int) -> None:
        child = self.chance.choice(self.of["children"])
        if what == SEARCH:
            form = {**next(self.searched), "csrfmiddlewaretoken": self._token(port)}
            self._timed(what, port, "POST", "/concerns/triage/search/", form)
        else:
            path = {
                BARE: "/bare/council-899/",
                CHILD: f"/children/{child}/",
                LISTED: "/assessments/",
                QUESTIONS: "/questions/",
            }[what]
            self._timed(what, port, "GET", path)

    def _token(self, port: int) -> str:
        if not self.token:
            page = self._send(port, "GET", "/concerns/triage/search/")
            self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        return self.token

    def _timed(self, what: str, *asked) -> None:
        began = time.perf_counter()
        self._send(*asked)
        self.took.setdefault(what, []).append(time.perf_counter() - began)

    def _send(self, port: int, method: str, path: str, form: dict | None = None) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        headers = {"Cookie": f"sessionid={self.of['session']}; csrftoken={'t' * 32}"}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://127.0.0.1:{port}",
            }
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        if answer.status != 200:
            raise AssertionError(f"{method} {path} answered {answer.status}")
        return page


def _turns(users: list[User], rowan: int, bare: int) -> list[User]:
    _warm_up(users, rowan, bare)
    for _ in range(TURNS):
        for what in (CHILD, LISTED, SEARCH, QUESTIONS):
            for each, port in ((BARE, bare), (what, rowan)):
                print(f"{each} …", file=sys.stderr)
                _one_turn(users, each, port)
    return users


def _warm_up(users: list[User], rowan: int, bare: int) -> None:
    """What a server reads once after its start, such as its templates, is none of a page's time: each of its processes has answered before it counts."""
    for user in users[:WARM_UP]:
        for what in (BARE, CHILD, LISTED, SEARCH, QUESTIONS):
            user.ask(what, bare if what == BARE else rowan)
        user.took.clear()


def _one_turn(users: list[User], what: str, port: int) -> None:
    until = time.monotonic() + SECONDS_A_TURN
    wrong: list[BaseException] = []

    def at_work(user: User) -> None:
        try:
            while time.monotonic() + (reads := user.chance.expovariate(1 / user.reads_for)) < until:
                time.sleep(reads)
                user.ask(what, port)
        except Exception as error:  # noqa: BLE001 - told by the main thread, which waits for all
            wrong.append(error)

    threads = [threading.Thread(target=at_work, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]


def _figures(users: list[User]) -> dict:
    pages = {}
    for what in (BARE, CHILD, LISTED, SEARCH, QUESTIONS):
        took = sorted(1000 * each for user in users for each in user.took.get(what, []))
        pages[what] = {
            "asked": len(took),
            "p50_ms": round(took[len(took) // 2], 1),
            "p95_ms": round(took[int(len(took) * 0.95)], 1),
        }
    for figures in pages.values():
        figures["times_a_bare_page"] = round(figures["p95_ms"] / pages[BARE]["p95_ms"], 2)
    return pages
