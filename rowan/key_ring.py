"""The keys of one Rowan, a file a purpose, outside the home and outside its backups. Plain Python: the night uses it too."""

import base64
import binascii
import hmac
import os
import re
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rowan.refusals import NotPossible

KEY_BYTES = 32
DIGEST_LENGTH = 32
PURPOSE = re.compile(r"[a-z][a-z0-9-]{1,40}")


class KeyRing:
    """A purpose's keys, newest first. A file that another process changed is read again before the next use."""

    def __init__(self, folder: Path, *, makes_missing_keys: bool = True):
        self.folder = folder
        self.makes_missing_keys = makes_missing_keys
        self._read: dict[str, tuple[tuple, list[bytes]]] = {}
        self._fernets: dict[str, tuple[list[bytes], MultiFernet]] = {}

    def keys_for(self, purpose: str) -> list[bytes]:
        path = self.path(purpose)
        try:
            state = _state(path)
        except FileNotFoundError:
            self._make_or_refuse(purpose)
            state = _state(path)
        except OSError:
            raise NotPossible(_unreadable(purpose)) from None
        known = self._read.get(purpose)
        if known is None or known[0] != state:
            known = self._read[purpose] = (state, _keys_in(path, purpose))
        return list(known[1])

    def key_for(self, purpose: str) -> bytes:
        return self.keys_for(purpose)[0]

    def seal(self, clear: bytes, purpose: str) -> bytes:
        return self._fernet(purpose).encrypt(clear)

    def unseal(self, token: bytes, purpose: str) -> bytes:
        try:
            return self._fernet(purpose).decrypt(token)
        except InvalidToken:
            raise NotPossible(
                f"Something sealed for '{purpose}' opens with none of its keys. The keys in ROWAN_KEYS are not those it was "
                "sealed with, or it was changed. Put the right keys back; nothing was shown."
            ) from None

    def digest(self, text: str, purpose: str) -> str:
        """32 figures by which two equal texts are known as equal, and from which nobody without the key finds the text."""
        return hmac.new(self.key_for(purpose), text.encode(), "sha256").hexdigest()[:DIGEST_LENGTH]

    def sealed_with_newest(self, token: bytes, purpose: str) -> bytes:
        """The same token when the newest key sealed it; otherwise one that the newest key opens."""
        newest = Fernet(base64.urlsafe_b64encode(self.key_for(purpose)))
        try:
            newest.decrypt(token)
            return token
        except InvalidToken:
            return newest.encrypt(self.unseal(token, purpose))

    def signing_key(self, purpose: str) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.key_for(purpose))

    def public_parts(self, purpose: str) -> list[str]:
        """What an outsider checks signatures with, printable, newest first."""
        return [
            Ed25519PrivateKey.from_private_bytes(key)
            .public_key()
            .public_bytes(Encoding.Raw, PublicFormat.Raw)
            .hex()
            for key in self.keys_for(purpose)
        ]

    def path(self, purpose: str) -> Path:
        if not PURPOSE.fullmatch(purpose):
            raise NotPossible(
                "A key's purpose is small letters, figures and hyphens, such as withheld-addresses."
            )
        return self.folder / f"{purpose}.keys"

    def retired_path(self, purpose: str) -> Path:
        """Keys that nothing in use is sealed with; whoever restores an older backup needs them."""
        return self.path(purpose).with_suffix(".retired")

    def purposes(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.keys"))

    def make(self, purpose: str) -> None:
        """Two processes may start together: one name wins, whole, and both read it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._written(purpose, [secrets.token_bytes(KEY_BYTES)])
        try:
            self.path(purpose).hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()

    def add_newest(self, purpose: str) -> None:
        """From now on everything is sealed with a new key; what was sealed before still opens."""
        self._replace(purpose, [secrets.token_bytes(KEY_BYTES), *self._existing(purpose)])

    def changed_at(self, purpose: str) -> float:
        return self.path(purpose).stat().st_mtime

    def keep_newest_only(self, purpose: str) -> int:
        newest, *older = self._existing(purpose)
        if older:
            kept = (
                _keys_in(self.retired_path(purpose), purpose) if self.retired_path(purpose).exists() else []
            )
            os.replace(self._written(purpose, [*older, *kept]), self.retired_path(purpose))
            self._replace(purpose, [newest])
        return len(older)

    def _existing(self, purpose: str) -> list[bytes]:
        if not self.path(purpose).exists():
            raise NotPossible(f"There is no key for '{purpose}' here, so there is nothing to change.")
        return self.keys_for(purpose)

    def _make_or_refuse(self, purpose: str) -> None:
        if not self.makes_missing_keys:
            raise NotPossible(
                f"The key for '{purpose}' is not in ROWAN_KEYS. A home in service makes none by itself, since what is sealed "
                f"already would never open again. Put the key back, or, where there never was one, run `rowan keys make {purpose}`."
            )
        self.make(purpose)

    def _fernet(self, purpose: str) -> MultiFernet:
        """Made once for the keys as they are: an import seals a great many cells."""
        keys = self.keys_for(purpose)
        known = self._fernets.get(purpose)
        if known is None or known[0] != keys:
            made = MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
            known = self._fernets[purpose] = (keys, made)
        return known[1]

    def _replace(self, purpose: str, keys: list[bytes]) -> None:
        os.replace(self._written(purpose, keys), self.path(purpose))

    def _written(self, purpose: str, keys: list[bytes]) -> Path:
        """The keys in a file beside the one that is meant, on the disk, readable by its owner only."""
        fresh = self.folder / f".{purpose}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("".join(base64.urlsafe_b64encode(key).decode() + "\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        return fresh


def _state(path: Path) -> tuple:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _keys_in(path: Path, purpose: str) -> list[bytes]:
    try:
        keys = [base64.b64decode(line, altchars=b"-_", validate=True) for line in path.read_text().split()]
    except (OSError, ValueError, binascii.Error):
        raise NotPossible(_unreadable(purpose)) from None
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise NotPossible(_unreadable(purpose))
    return keys


def _unreadable(purpose: str) -> str:
    return f"The file of keys for '{purpose}' in ROWAN_KEYS cannot be read, or is not one key a line. Put the right file back."
