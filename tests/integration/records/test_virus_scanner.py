"""ClamAV is asked about every upload where one is configured, and nothing is taken when it does not answer.

Where ClamAV's daemon is installed it is asked itself, with a signature file of our own (EICAR's test string);
everywhere, also a few lines that speak its protocol.
"""

import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import pytest

from rowan.records.uploads import clamav
from rowan.refusals import NotPossible

# In two pieces, so that no scanner takes this file for what it looks for.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = "44d88612fea8a8f36de82e1278abb02f:68:Invented.Test\n"
SCANNERS = ["a few lines that speak its protocol", *(["ClamAV itself"] if shutil.which("clamd") else [])]


def answering(folder: Path, answer=None) -> str:
    """A scanner of our own: reads one INSTREAM after another and answers, or says what it is told to say."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(folder / "own"))
    listening.listen()

    def serve():
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as reader:
                assert reader.read(10) == b"zINSTREAM\0"
                content = b""
                while length := struct.unpack("!I", reader.read(4))[0]:
                    content += reader.read(length)
                found = b"stream: Invented.Test FOUND\0" if EICAR in content else b"stream: OK\0"
                caller.sendall(found if answer is None else answer)

    threading.Thread(target=serve, daemon=True).start()
    return f"unix://{folder}/own"


def clamd(folder: Path) -> tuple[str, subprocess.Popen]:
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.hdb").write_text(SIGNATURE)
    (folder / "conf").write_text(
        f"LocalSocket {folder}/clamd\nDatabaseDirectory {folder}/signatures\nForeground yes\nUser root\n"
        if os.geteuid() == 0
        else f"LocalSocket {folder}/clamd\nDatabaseDirectory {folder}/signatures\nForeground yes\n"
    )
    with open(folder / "log", "wb") as log:
        daemon = subprocess.Popen(["clamd", "-c", str(folder / "conf")], stdout=log, stderr=log)
    until = time.monotonic() + 60
    while not (folder / "clamd").exists():
        assert daemon.poll() is None and time.monotonic() < until, (folder / "log").read_text()
        time.sleep(0.05)
    return f"unix://{folder}/clamd", daemon


@pytest.fixture
def place():
    # The path of a unix socket stays under 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="rowan-av-", dir="/tmp"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=SCANNERS)
def scanner(request, place):
    if request.param != "ClamAV itself":
        yield answering(place)
        return
    address, daemon = clamd(place)
    yield address
    daemon.kill()
    daemon.wait()


def test_what_is_clean_passes_and_what_is_not_is_refused(scanner):
    clamav.check(b"nothing in it" * 100_000, address=scanner)
    with pytest.raises(NotPossible, match="virus scanner found something"):
        clamav.check(EICAR, address=scanner)


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: ", b"OK\0", b"\xff" * 9000]
)
def test_any_other_answer_takes_nothing(place, answer):
    with pytest.raises(NotPossible, match="cannot be checked"):
        clamav.check(b"nothing in it", address=answering(place, answer))


@pytest.mark.parametrize(
    "address", ["unix:///nowhere/clamd.ctl", "tcp://127.0.0.1:1", "http://127.0.0.1", "clamd"]
)
def test_a_scanner_that_is_down_or_named_wrongly_takes_nothing(address):
    with pytest.raises(NotPossible, match="cannot be checked"):
        clamav.check(b"nothing in it", address=address)


def test_where_none_is_configured_nothing_is_asked():
    clamav.check(EICAR, address="")
