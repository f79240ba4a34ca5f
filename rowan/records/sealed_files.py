"""Files that lie sealed on the disk. Each has a key of its own, which only its row holds: without the row nobody opens it again.

So changing the keys of a home rewrites rows, not files, and a file whose row is gone is gone.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from rowan.refusals import NotPossible

NONCE_BYTES = 12
NOT_WHOLE = "This document's file is missing or was changed, so it is not shown. Tell whoever runs Rowan."
# A file whose row was never written, since its process was killed in between, lies unreadable until it is cleared away.
STRAY_AFTER = timedelta(days=1)


def new_key() -> str:
    return secrets.token_bytes(32).hex()


def write_sealed(folder: str, file_id: UUID, content: bytes, *, key: str) -> None:
    path = _path(folder, file_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    nonce = secrets.token_bytes(NONCE_BYTES)
    with open(path, "xb") as file:
        file.write(nonce + AESGCM(bytes.fromhex(key)).encrypt(nonce, content, file_id.bytes))


def unsealed(folder: str, file_id: UUID, *, key: str) -> bytes:
    try:
        sealed = _path(folder, file_id).read_bytes()
        return AESGCM(bytes.fromhex(key)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], file_id.bytes)
    except (OSError, InvalidTag, ValueError):
        raise NotPossible(NOT_WHOLE) from None


def let_go(folder: str, file_id: UUID) -> None:
    _path(folder, file_id).unlink(missing_ok=True)


def clear_strays_of(folder: str, now: datetime, *, has_a_row: Callable[[str], bool]) -> int:
    """Sealed files that no row knows. Their keys were never kept: nobody could open them."""
    cleared = 0
    for path in (Path(settings.ROWAN_HOME) / folder).glob("*/*.sealed"):
        old = now.timestamp() - path.stat().st_mtime > STRAY_AFTER.total_seconds()
        if old and not has_a_row(path.stem):
            path.unlink(missing_ok=True)
            cleared += 1
    return cleared


def _path(folder: str, file_id: UUID) -> Path:
    name = str(file_id)
    return Path(settings.ROWAN_HOME) / folder / name[:2] / f"{name}.sealed"
