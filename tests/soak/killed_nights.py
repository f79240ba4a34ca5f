"""`kill -9` at random moments of an overnight run leaves the last finished run, whole; the next run completes."""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing

from .homes import Home

# Everything a page can show of a run, in an order of its own: equal before and after means nothing half-written is seen.
SHOWN = [
    ("people_knownas", "person_id, first_name, surname, birth_date"),
    ("people_identifier", "key, kind, value"),
    ("people_address", "key, postcode"),
    ("chronology_entry", "key, title, happened_on"),
    ("chronology_attendanceterm", "key, weeks"),
    ("matching_recordlink", "rid, person_id"),
]


def shown(home: Home) -> dict[str, list]:
    """What the pages show, read as `.current()` reads it, and the open questions of finished runs."""
    with closing(sqlite3.connect(home.path / "rowan.sqlite3")) as database:
        run = database.execute(
            "select coalesce(max(number), 0) from records_overnightrun where finished_at is not null"
        ).fetchone()[0]
        found = {
            table: database.execute(
                f"select {columns} from {table} where since_run <= ? and (until_run is null or until_run > ?) order by {columns}",
                (run, run),
            ).fetchall()
            for table, columns in SHOWN
        }
        found["questions"] = database.execute(
            "select person_id, audience, answered_at from questions_question where asked_run <= ? order by 1, 2",
            (run,),
        ).fetchall()
    return found


def imported_home(tmp_path, *, children: int) -> Home:
    """A home whose files are in and whose first night has not been."""
    home = Home(tmp_path)
    county = tmp_path / "county"
    home.lay_out_the_tables()
    # So many stories that some question is asked, whatever the rules are set to.
    home.run("county", str(county), "--children", str(children), "--seed", "77", "--stories-per-1000", "100")
    home.run("records", "import", str(county))
    return home


def kill_runs(tmp_path, *, children: int, kills: int, seed: int) -> None:
    """Kill the first night again and again: pages show nothing of it until it is whole, and then all of it."""
    home = imported_home(tmp_path, children=children)
    nothing = shown(home)
    assert not any(nothing.values())
    chance, killed, longest = random.Random(seed), 0, 12.0
    while killed < kills:
        began = time.monotonic()
        run = home.start("overnight")
        time.sleep(chance.uniform(0.2, longest))
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            killed += 1
        else:
            longest = time.monotonic() - began
        after = shown(home)
        if after != nothing:
            break
    home.run("overnight")
    whole = shown(home)
    assert all(whole.values()), {name: len(rows) for name, rows in whole.items()}
    while killed < kills:
        run = home.start("overnight")
        time.sleep(chance.uniform(0.2, longest))
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            killed += 1
        run.wait()
        assert shown(home) == whole, "a killed night leaves the last finished one, whole"
    home.run("overnight")
    assert shown(home) == whole
