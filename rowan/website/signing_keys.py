"""What signs drafts' tokens, the typist's cookie and each session: a ring of keys as for all else, read at start. Plain Python: the settings read it."""

from pathlib import Path

from rowan.key_ring import KeyRing

PURPOSE = "site-signing"
# Tokens and cookies are a day old at most; an hour more for whoever was slow.
SIGNED_FOR_SECONDS = 25 * 60 * 60


def signing_keys(folder: Path, *, in_service: bool) -> list[str]:
    """Newest first: what an older one signed still opens. None where a home in service has none; it is not served then."""
    ring = KeyRing(folder, makes_missing_keys=not in_service)
    keys = [] if in_service and not ring.path(PURPOSE).exists() else ring.keys_for(PURPOSE)
    return [key.hex() for key in keys] + from_before(folder)


def from_before(folder: Path) -> list[str]:
    """A home made before this was a ring has one key in a file of its own; it still checks what it signed."""
    file = _file_from_before(folder)
    return [file.read_text().strip()] if file.exists() else []


def let_go_from_before(folder: Path) -> int:
    file = _file_from_before(folder)
    if not file.exists():
        return 0
    file.rename(file.with_suffix(".key-retired"))
    return 1


def _file_from_before(folder: Path) -> Path:
    return folder / f"{PURPOSE}.key"
