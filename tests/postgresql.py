"""A private PostgreSQL for one test run: on a unix socket, in a temporary folder, gone when the run ends.

PostgreSQL refuses to run as root, so under root it runs as `postgres` (or `nobody`). As in service there are two roles and
neither is a superuser: one owns the tables (ROWAN_OWNER_URL), and the application signs in as another (DATABASE_URL).
Superusers and owners pass through row-level security in silence, and a test by one would prove nothing.
"""

import atexit
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

MAKES_THE_CLUSTER = "rowan_cluster"
OWNER = "rowan_owner"
APPLICATION = "rowan_application"
TELL_ME_WHEN_MY_PARENT_ENDS = 1  # PR_SET_PDEATHSIG


class NotToBeHad(Exception):
    """Why there is no PostgreSQL here, in words for the person who runs the tests."""


def programs() -> Path:
    """The folder of initdb and postgres; Debian keeps them off the PATH, one folder a version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    if not versions:
        raise NotToBeHad("needs PostgreSQL (Debian package postgresql)")
    return versions[-1].parent


def _account() -> dict[str, str | int]:
    """Whom the server runs as: oneself, or, as root, somebody who is not."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NotToBeHad("needs PostgreSQL, and an account to run it as: there is no user postgres or nobody")


def _stop_with_the_tests() -> None:
    # A run that is killed outright leaves no server behind.
    ctypes.CDLL(None).prctl(TELL_ME_WHEN_MY_PARENT_ENDS, signal.SIGINT)


# What a test's database need not outlive.
HASTY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def start(*, durable: bool = False) -> tuple[str, str]:
    """Start it and return two addresses: the application's role's (DATABASE_URL) and the owner's (ROWAN_OWNER_URL).

    `durable` waits for the disk at each commit, as in service: what is measured has to.
    """
    bin_folder = programs()
    account = _account()
    # The path of a unix socket must stay under 107 bytes, so not below the run's own, possibly long, folder.
    place = Path(tempfile.mkdtemp(prefix="rowan-pg-", dir="/tmp"))
    if account:
        os.chown(place, account["user"], account["group"])
    surroundings = {
        "cwd": place,
        "env": {"HOME": str(place), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        "stdin": subprocess.DEVNULL,
        **account,
    }
    files = place / "files"
    made = subprocess.run(
        [
            bin_folder / "initdb",
            "-D",
            files,
            "-U",
            MAKES_THE_CLUSTER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ],
        capture_output=True,
        text=True,
        check=False,
        **surroundings,
    )
    if made.returncode:
        shutil.rmtree(place, ignore_errors=True)
        raise NotToBeHad(f"needs PostgreSQL, and initdb failed: {made.stderr.strip()[-300:]}")
    # Its words go to a file: a pipe that nobody reads would hold the run up for ever.
    with open(place / "log", "wb") as log:
        server = subprocess.Popen(
            [
                bin_folder / "postgres",
                *("-D", files, "-k", place),
                *("-c", "listen_addresses="),
                *(() if durable else HASTY),
                *("-c", "max_connections=60"),
            ],
            stdout=log,
            stderr=log,
            preexec_fn=_stop_with_the_tests,  # noqa: PLW1509 - nothing else runs yet when a test run begins
            **surroundings,
        )
    atexit.register(_stop, server, place)
    _make_roles_and_database(place, server)
    where = f"{quote(str(place), safe='')}/rowan"
    return f"postgresql://{APPLICATION}@{where}", f"postgresql://{OWNER}@{where}"


def _make_roles_and_database(place: Path, server: subprocess.Popen) -> None:
    import psycopg

    until = time.monotonic() + 30
    while True:
        try:
            cluster = psycopg.connect(
                host=str(place), user=MAKES_THE_CLUSTER, dbname="postgres", autocommit=True
            )
            break
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                last_words = (place / "log").read_text(errors="replace").strip()[-300:]
                raise NotToBeHad(f"needs PostgreSQL, which did not start: {last_words}") from None
            time.sleep(0.05)
    with cluster:
        cluster.execute(f"create role {OWNER} login nosuperuser createdb")
        cluster.execute(f"create role {APPLICATION} login nosuperuser nocreatedb")
        # A scratch database that a thread of the application still holds is dropped all the same.
        cluster.execute(f"grant pg_signal_backend to {OWNER}")
        cluster.execute(f"create database rowan owner {OWNER}")
    cluster.close()


def _stop(server: subprocess.Popen, place: Path) -> None:
    server.send_signal(signal.SIGINT)  # a fast shutdown: connections are closed, nothing is waited for
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    shutil.rmtree(place, ignore_errors=True)
