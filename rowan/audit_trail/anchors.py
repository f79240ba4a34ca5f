"""Signs the head of the trail and keeps it outside the database: in ROWAN_HOME/anchors, and in ROWAN_ANCHORS where that is set."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection
from filelock import FileLock

from .keys import anchors_key, anchors_public_keys
from .rules.anchors import FIRST, Anchor, Anchors, parsed, read, what_is_signed
from .rules.chain import moment_in_words
from .writing import TABLE

FILE = "anchors.jsonl"


def anchor(now: datetime) -> Anchor | None:
    """Sign the head; None when nothing was added since the last anchor. A second folder that was away is brought up to date.

    A second folder that cannot be written raises OSError, after the first one was: whoever calls says so.
    """
    home = Path(settings.ROWAN_HOME) / "anchors"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(home / "lock"):
        last, made = _last(home / FILE), None
        with connection.cursor() as cursor:
            cursor.execute(f"select position, digest from {TABLE} order by position desc limit 1")
            head = cursor.fetchone()
        if head and (last is None or (last.position, last.digest) != head):
            made = _signed(*head, at=moment_in_words(now), previous=last.own_hash if last else FIRST)
            _add(home / FILE, [made.line])
        if settings.ROWAN_ANCHORS:
            _bring_up_to_date(Path(settings.ROWAN_ANCHORS), home / FILE)
    return made


def anchor_or_say(now: datetime, say: Callable[[str], object]) -> None:
    """For work that goes on though a folder of anchors cannot be written: it is said, and the next anchor makes up for it."""
    try:
        anchor(now)
    except OSError as error:
        say(f"The trail could not be anchored everywhere ({error.strerror}). Look at ROWAN_ANCHORS.")


def _last(path: Path) -> Anchor | None:
    """The newest anchor that can be read, from the end of the file: a year has thirty-five thousand."""
    if not path.exists():
        return None
    with open(path, "rb") as file:
        file.seek(max(0, path.stat().st_size - 8_192))
        found = [parsed(line) for line in file.read().decode("utf-8", "replace").splitlines()]
    return next((each for each in reversed(found) if each), None)


def read_file(path: Path) -> Anchors:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    return read(lines, signed_by_us)


def what_was_anchored() -> Anchors:
    """All that either folder knows. Where one knows more, or they differ, it is said: somebody may have taken anchors out."""
    ours = read_file(Path(settings.ROWAN_HOME) / "anchors" / FILE)
    if not settings.ROWAN_ANCHORS:
        return ours
    second = Path(settings.ROWAN_ANCHORS) / FILE
    theirs = read_file(second)
    if ours.good and not second.exists():
        ours.faults.append(f"there are no anchors in {settings.ROWAN_ANCHORS}")
        return ours
    fuller, other = (ours, theirs) if len(ours.good) >= len(theirs.good) else (theirs, ours)
    faults = [*ours.faults, *(f"in the second folder, {fault}" for fault in theirs.faults)]
    if fuller is theirs:
        faults.append(
            f"{len(theirs.good) - len(ours.good)} anchors of the second folder are missing in the home"
        )
    if fuller.good[: len(other.good)] != other.good:
        faults.append("the two folders of anchors do not agree")
        fuller.good = sorted({*fuller.good, *other.good}, key=lambda each: (each.position, each.at))
    return Anchors(fuller.good, faults)


def signed_by_us(public_key: str, signed: bytes, signature: bytes) -> bool:
    if public_key not in anchors_public_keys():
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def _signed(position: int, digest: str, *, at: str, previous: str) -> Anchor:
    signature = anchors_key().sign(what_is_signed(position, digest, at, previous)).hex()
    return Anchor(position, digest, at, previous, anchors_public_keys()[0], signature)


def _bring_up_to_date(folder: Path, ours: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    theirs = folder / FILE
    known = (
        set(theirs.read_text(encoding="utf-8", errors="replace").splitlines()) if theirs.exists() else set()
    )
    _add(
        theirs,
        [line for line in ours.read_text(encoding="utf-8").splitlines() if line not in known]
        if ours.exists()
        else [],
    )


def _add(path: Path, lines: list[str]) -> None:
    """On the disk before we go on. A line torn by a killed run is ended first, and stays as what it is."""
    if not lines:
        return
    torn = path.exists() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, ("\n" * torn + "".join(f"{line}\n" for line in lines)).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
