"""One ZIP for one recipient: its files, a manifest with each one's digest, and a signature anybody with the public key can check."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ..rules.formulas import neutral

MANIFEST, SIGNATURE = "manifest.json", "manifest.signature"
HOW_TO_CHECK = "HOW-TO-CHECK.txt"
# The same content is the same file, byte for byte: so any changed byte is found.
WHEN_PACKED = (1980, 1, 1, 0, 0, 0)
VERSION = 1


@dataclass(frozen=True)
class Sheet:
    """A table in the file: its headings, its rows, and what was left out to make it."""

    name: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    filters: str = ""


def pack(contents: Mapping[str, bytes], manifest: dict, key: Ed25519PrivateKey) -> bytes:
    """The signed ZIP. The manifest is completed here: every file's digest and size, and the key that signed it."""
    contents = {**contents, HOW_TO_CHECK: _how_to_check(key).encode()}
    whole = {
        "rowan export": VERSION,
        **manifest,
        "files": {name: _known_by(content) for name, content in sorted(contents.items())},
        "signed with": public_part(key),
    }
    written = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return zipped({**contents, MANIFEST: written, SIGNATURE: key.sign(written).hex().encode()})


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """Stored, in the order of the names, without time or owner."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, WHEN_PACKED)
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, contents[name])
    return target.getvalue()


def as_csv(sheet: Sheet, watermark: str) -> bytes:
    """With every cell neutral, every row on one line, and the recipient's name on every row."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([neutral(cell) for cell in [*sheet.headings, "Given to"]])
    for row in sheet.rows:
        writer.writerow([neutral("" if cell is None else cell) for cell in [*row, watermark]])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def public_part(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _known_by(content: bytes) -> dict:
    return {"sha256": digest(content), "bytes": len(content)}


def _how_to_check(key: Ed25519PrivateKey) -> str:
    return (
        "This file was made by Rowan for the recipient named in manifest.json, and for nobody else.\n\n"
        "manifest.json names every file in here with its SHA-256 digest. manifest.signature is an Ed25519 signature over\n"
        "manifest.json. To check it, ask whoever sent it to run:\n\n    rowan export verify FILE\n\n"
        "or run that yourself with the sender's public key, which they will read to you over the telephone:\n\n"
        f"    rowan export verify FILE --key {public_part(key)}\n"
    )
