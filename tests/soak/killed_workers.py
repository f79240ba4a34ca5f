"""`kill -9` of a worker at random moments: every mail goes, none is lost, and one that goes twice is known as the same."""

import json
import random
import sqlite3
import time
import uuid
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.mail_servers import MailServer, running

from .homes import Home

PEOPLE = """
from django.utils import timezone
from rowan.agencies.models import Agency, Practitioner
from rowan.notices.actions import tell
council = Agency.objects.create(code="council-899", name="Council", kind="council")
Practitioner.objects.bulk_create([
    Practitioner(username=f"p{n}", display_name=f"Person {n}", agency=council, role="triage_officer", email=f"p{n}@council.example")
    for n in range(%d)
])
for person in Practitioner.objects.all():
    tell(person, "A question was put to you", "/questions/", timezone.now(), urgent=True)
"""
# What was left half-way is due again, as it would be some minutes later; then one worker finishes.
LET_ONE_FINISH = """
import json
from collections import Counter
from datetime import timedelta
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from rowan.notices.models import Mail, Notice
from rowan.timescales import background
background.put_back_what_was_killed(timezone.now(), killed_after=timedelta(0))
Mail.objects.filter(next_try_at__isnull=False).update(next_try_at=timezone.now())
DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
background.work("the last", stop=lambda: False, until_idle=True)
print(json.dumps({
    "tasks": Counter(DBTaskResult.objects.values_list("status", flat=True)),
    "mails": Mail.objects.count(), "sent": Mail.objects.filter(sent_at__isnull=False).count(),
    "told": Notice.objects.filter(mail__sent_at__isnull=False).count(),
}))
"""


@dataclass
class Killed:
    """What arrived, and of which mails nobody could know: taken by the server, and their worker killed before it noted so."""

    copies: Counter
    kills: int
    taken_and_not_noted: set[str]

    @property
    def came_twice(self) -> int:
        return self.copies.total() - len(self.copies)


def kill_workers(folder: Path, *, people: int, kills: int, seed: int) -> Killed:
    """Kill that many workers while they send; then let one finish."""
    chance, in_doubt = random.Random(seed), set()
    with running(MailServer()) as server:
        server.slow = 0.02
        home = Home(folder)
        home.environment |= {"ROWAN_SMTP_URL": server.url}
        home.lay_out_the_tables()
        home.run("shell", "-v", "0", "-c", PEOPLE % people)
        for _ in range(kills):
            before = len(server.mails)
            worker = home.start("worker", "--interval", "0.05", "--killed-after", "1")
            try:
                _wait_for(lambda before=before: len(server.mails) > before)
                time.sleep(chance.uniform(0, 0.6))
            finally:
                worker.kill()
                worker.wait()
            # What the server had in hand when its sender died, it takes all the same.
            time.sleep(10 * server.slow)
            in_doubt |= {mail["Message-ID"] for mail in server.messages[before:]} - _noted(home)
        stands = json.loads(home.run("shell", "-v", "0", "-c", LET_ONE_FINISH).stdout)
        copies = Counter(mail["Message-ID"] for mail in server.messages)
        arrived = {mail["To"] for mail in server.messages}
    assert set(stands["tasks"]) == {"SUCCESSFUL"}, stands
    assert (stands["mails"], stands["sent"], stands["told"]) == (people, people, people)
    assert arrived == {f"p{n}@council.example" for n in range(people)}
    assert len(copies) == people
    # Nothing is repeated but what a killed worker had in hand: one mail each, taken by the server and not yet noted.
    assert len(in_doubt) <= kills
    assert {key for key, number in copies.items() if number > 1} <= in_doubt
    assert copies.total() <= people + kills
    return Killed(copies, kills, in_doubt)


def _noted(home: Home) -> set[str]:
    """The mails that the home knows to be sent."""
    with closing(sqlite3.connect(home.path / "rowan.sqlite3")) as database:
        keys = database.execute("select key from notices_mail where sent_at is not null").fetchall()
    return {f"<{uuid.UUID(key)}@localhost>" for (key,) in keys}


def _wait_for(happened, seconds: float = 20) -> None:
    """Until something has been sent; when nothing is left to send, the kill comes all the same."""
    until = time.monotonic() + seconds
    while not happened() and time.monotonic() < until:
        time.sleep(0.02)
