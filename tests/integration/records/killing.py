"""Kill an import at a random moment, look, finish it, look again. Two moments in every run of the tests, fifty in the soak."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from rowan.records.keeping import delta_tables
from tests import made_before

HEADINGS = "CHILD,DOB,MISSING,MIS_START,MIS_END"
CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection></CollectionDetails>
<Source><LEA>899</LEA></Source></Header><Children>{}</Children></Message>"""
MARKS = "LAEstab,AdmissionNumber,UPN,Date,Session,Mark,MinutesLate"


def kill_an_import_and_finish_it(folder: Path, moment: random.Random) -> None:
    """All of a file or none of it, whenever the process dies; and the next run has the rest."""
    home, folder = folder / "home", folder / "sent"
    send_many_rows(folder)
    made_before.lay_out(home / "rowan.sqlite3")
    process = import_in_a_process_of_its_own(home, folder)
    # From before the first commit to after the last, wherever this machine is by then.
    # Half the time in the midst of committing, the rest at any moment of the whole.
    sign, longest = moment.choice([("import.started", 0.2), ("import.scratch", 6)])
    deadline = time.monotonic() + 120
    while process.poll() is None and not (home / sign).exists() and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(moment.uniform(0, longest))
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    assert_all_or_none(home)
    second = import_in_a_process_of_its_own(home, folder)
    _, said = second.communicate(timeout=300)
    assert second.returncode == 0, said
    assert_all_or_none(home)
    for kind, whole in WHOLE.items():
        assert len(delta_tables.rows_of(home, kind, ("import_id",))) == whole
    assert len(delta_tables.rows_of(home, "imports")) == 3
    assert len(delta_tables.rows_of(home, "quarantine")) == 1
    assert not (home / "import.started").exists()


def send_many_rows(folder: Path) -> None:
    """Files of several kinds, large enough that an import of them lasts a while."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{n},12/03/2012,M,13/11/2025,25/11/2025\n" for n in range(30_000))
    (folder / "missing.csv").write_text(f"{HEADINGS}\n{rows}bad\n")
    child = (
        "<Child><ChildIdentifiers><LAchildID>C{0}</LAchildID><PersonBirthDate>2012-03-12</PersonBirthDate>"
        "</ChildIdentifiers><CINdetails><CINreferralDate>2025-01-01</CINreferralDate><CINPlanDates>"
        "<CINPlanStartDate>2025-02-01</CINPlanStartDate></CINPlanDates></CINdetails></Child>\n"
    )
    (folder / "census.xml").write_text(CENSUS.format("".join(child.format(n) for n in range(3_000))))
    days = [f"{day:02d}/{month:02d}/2026" for month in range(1, 7) for day in range(1, 29)]
    marks = "".join(
        f"8992000,{pupil},,{day},{session},/,\n"
        for day in days
        for session in ("AM", "PM")
        for pupil in range(300)
    )
    (folder / "marks.csv").write_text(f"{MARKS}\n{marks}")


WHOLE = {
    "ssda903_missing": 30_000, "cin_children": 3_000, "cin_referrals": 3_000, "cin_plans": 3_000,
    "attendance_marks": 100_800,
}  # fmt: skip


def import_in_a_process_of_its_own(home: Path, folder: Path) -> subprocess.Popen:
    environment = os.environ | {"ROWAN_HOME": str(home), "ROWAN_KEYS": str(home.parent / "keys")}
    environment.pop("DATABASE_URL", None)
    environment.pop("ROWAN_OWNER_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "rowan.command", "records", "import", str(folder), "--from", "council-899"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def assert_all_or_none(home: Path) -> None:
    finished = {line["import_id"]: line["format"] for line in delta_tables.rows_of(home, "imports", None)}
    for kind, whole in WHOLE.items():
        table = delta_tables.table_of(home, kind)
        rows = table.to_pyarrow_table(columns=["import_id"]).column("import_id").to_pylist() if table else []
        read = [import_id for import_id in rows if import_id in finished]
        assert len(read) in {0, whole}, f"half of {kind} is in"
