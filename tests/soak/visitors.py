"""Practitioners at work, as a load on a real server: they look, open questions and answer, and every answer is timed."""

import http.client
import random
import re
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from http.cookies import SimpleCookie


@dataclass
class Visit:
    path: str
    status: int
    seconds: float


@dataclass
class Visitor:
    """One browser without pictures: keeps its cookies, follows no outside link."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)

    def send(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{self.host}:{self.port}{path}",
            }
        began = time.monotonic()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        self.visits.append(Visit(path, response.status, time.monotonic() - began))
        for header in response.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
        connection.close()
        return response.status, text, response.headers.get("Location", "")

    def look(self, path: str) -> str:
        """GET, following redirects within the site."""
        for _ in range(5):
            status, text, location = self.send("GET", path)
            if status not in {301, 302, 303}:
                return text
            path = urllib.parse.urlparse(location).path
        return ""

    def sign_in(self, address: str) -> None:
        """By the address that `rowan demo sign-in` printed: a visitor has no phone to show codes."""
        path = urllib.parse.urlparse(address.strip()).path
        self.send("POST", path, {"csrfmiddlewaretoken": token(self.look(path))})

    def answer_one(self, question: str, chance: random.Random) -> None:
        page = self.look(question)
        action = re.search(r'<form[^>]+method="post"[^>]*action="([^"]*answer[^"]*)"', page)
        if not action:
            return
        form = {
            "csrfmiddlewaretoken": token(page),
            "kind": "explained",
            "explained_text": "A family event.",
            "how_known": "The school rang home.",
        }
        if chance.random() < 0.3:
            form |= {"kind": "in_plan", "plan_text": "The child in need plan of this autumn."}
        self.send("POST", action[1], form)


def token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found[1] if found else ""


def a_shift(visitor: Visitor, *, stop: threading.Event, seed: int) -> None:
    """Look at the list, open a question, open the child, now and then answer; until told to stop."""
    chance = random.Random(seed)
    while not stop.is_set():
        listed = visitor.look("/questions/")
        questions = re.findall(r'href="(/questions/[0-9a-f-]{36}/)"', listed)
        if not questions:
            visitor.look("/questions/rules/")
            time.sleep(0.2)
            continue
        question = chance.choice(questions)
        page = visitor.look(question)
        if children := re.findall(r'href="(/children/[0-9a-f]{32}/)', page):
            visitor.look(chance.choice(children))
        if chance.random() < 0.2:
            visitor.answer_one(question, chance)
        time.sleep(0.05)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
