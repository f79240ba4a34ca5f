"""While an overnight run goes on over SQLite, people look and answer: nothing fails and nobody waits."""

import contextlib
import os
import signal
import threading

from .homes import Home, wait_until_it_answers
from .visitors import Visitor, a_shift

WORKERS_SIGNED_IN = ["triage", "coordinator", "missing", "youth-justice", "social-worker", "school-lead"]
SECONDS_ALLOWED = 1.0


def visits_during_a_night(tmp_path, *, children: int) -> list:
    home = Home(tmp_path)
    home.lay_out_the_tables()
    home.run("demo", "build", "--children", str(children))
    server = home.start("serve")
    stop = threading.Event()
    try:
        wait_until_it_answers(home.port)
        visitors = [Visitor("127.0.0.1", home.port) for _ in WORKERS_SIGNED_IN]
        for visitor, username in zip(visitors, WORKERS_SIGNED_IN, strict=True):
            visitor.sign_in(home.run("demo", "sign-in", username).stdout)
        shifts = [
            threading.Thread(target=a_shift, args=(visitor,), kwargs={"stop": stop, "seed": n}, daemon=True)
            for n, visitor in enumerate(visitors)
        ]
        for visitor in visitors:
            visitor.visits.clear()
        for shift in shifts:
            shift.start()
        home.run("overnight")
        stop.set()
        for shift in shifts:
            shift.join(timeout=60)
        return [visit for visitor in visitors for visit in visitor.visits]
    finally:
        stop.set()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()
