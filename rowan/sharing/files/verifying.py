"""Whether a file is one that Rowan signed, and unchanged to the last byte."""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .packing import MANIFEST, SIGNATURE, digest, zipped

LARGEST = 500 * 1024 * 1024


@dataclass(frozen=True)
class Verdict:
    """What is wrong, in words, and what the manifest says. Nothing wrong: it is genuine."""

    faults: list[str]
    manifest: dict = field(default_factory=dict)

    @property
    def genuine(self) -> bool:
        return not self.faults


def verify(content: bytes, public_parts: Iterable[str]) -> Verdict:
    """Held against the keys given: of this home, or the one that the sender named over the telephone."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len({entry.filename for entry in entries}) != len(entries):
                return Verdict(["Two files in it have one name."])
            if sum(entry.file_size for entry in entries) > LARGEST:
                return Verdict(["It is larger than any file that Rowan makes."])
            inside = {entry.filename: archive.read(entry) for entry in entries}
        manifest = json.loads(inside[MANIFEST])
        signature = bytes.fromhex(inside[SIGNATURE].decode("ascii"))
        listed = {name: str(known["sha256"]) for name, known in manifest["files"].items()}
    # NotImplementedError is what zipfile says of a way of packing it does not know.
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return Verdict(["It is no whole ZIP file: it was changed, or cut off."])
    except (KeyError, ValueError, TypeError, AttributeError):
        return Verdict(["It has no manifest that Rowan wrote."])
    if not any(_signed(inside[MANIFEST], signature, part) for part in public_parts):
        return Verdict(["The manifest was not signed with this key, or it was changed since."])
    faults = [
        f"{name} was changed." for name in listed if name in inside and digest(inside[name]) != listed[name]
    ]
    faults += [f"{name} is missing." for name in listed if name not in inside]
    faults += [f"{name} was added." for name in inside if name not in {*listed, MANIFEST, SIGNATURE}]
    if not faults and zipped(inside) != content:
        faults.append("Something around the files in it was changed: times, comments or bytes between them.")
    return Verdict(faults, manifest)


def _signed(manifest: bytes, signature: bytes, public_part: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_part)).verify(signature, manifest)
    except (InvalidSignature, ValueError):
        return False
    return True
