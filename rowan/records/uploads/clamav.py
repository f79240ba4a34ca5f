"""Asks ClamAV's daemon about an upload, by its INSTREAM command. Where one is configured and does not answer, nothing is taken."""

import socket
import struct
from urllib.parse import urlparse

from rowan.refusals import NotPossible

SECONDS = 30
BLOCK = 64 * 1024
LONGEST_ANSWER = 4096
FOUND = "The virus scanner found something in the file. It was not kept. Tell your IT help desk."
CANNOT_ASK = (
    "The file cannot be checked for viruses just now, so it was not taken. Try again in a few minutes."
)


def check(content: bytes, *, address: str) -> None:
    """`address` is unix:///run/clamav/clamd.ctl or tcp://host:3310; empty where no scanner is configured."""
    if not address:
        return
    try:
        answer = _ask(address, content)
    except (OSError, ValueError):
        raise NotPossible(CANNOT_ASK) from None
    if answer == "stream: OK":
        return
    raise NotPossible(FOUND if answer.startswith("stream: ") and answer.endswith(" FOUND") else CANNOT_ASK)


def _ask(address: str, content: bytes) -> str:
    with _connected(address) as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), BLOCK):
            block = content[start : start + BLOCK]
            scanner.sendall(struct.pack("!I", len(block)) + block)
        scanner.sendall(struct.pack("!I", 0))
        answer = b""
        while (
            not answer.endswith(b"\0")
            and len(answer) < LONGEST_ANSWER
            and (more := scanner.recv(LONGEST_ANSWER))
        ):
            answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(address: str) -> socket.socket:
    parts = urlparse(address)
    if parts.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(SECONDS)
        try:
            scanner.connect(parts.path)
        except OSError:
            scanner.close()
            raise
        return scanner
    if parts.scheme != "tcp" or not parts.hostname:
        raise ValueError("neither unix: nor tcp:")
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SECONDS)
