"""A file that left Rowan is known again, and a change anywhere in it is found."""

import io
import random
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rowan.sharing.files.packing import MANIFEST, SIGNATURE, Sheet, as_csv, pack, public_part, zipped
from rowan.sharing.files.verifying import verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SHEET = Sheet("who.csv", "Who", ["What", "Value"], [["Called", "Mina"], ["School", "Larch Hill"]])


@pytest.fixture
def file() -> bytes:
    return pack(
        {SHEET.name: as_csv(SHEET, "For the duty desk only")}, {"to": "The duty desk", "rows": 2}, KEY
    )


def inside(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_is_genuine_as_it_was_made_and_the_same_when_made_again(file):
    verdict = verify(file, [public_part(KEY)])
    assert verdict.genuine and verdict.manifest["to"] == "The duty desk"
    assert file == pack(
        {SHEET.name: as_csv(SHEET, "For the duty desk only")}, {"to": "The duty desk", "rows": 2}, KEY
    )


def test_any_one_byte_changed_added_or_cut_is_found(file):
    chance = random.Random(35)
    for place in chance.sample(range(len(file)), 400):
        changed = bytearray(file)
        changed[place] ^= 1 << chance.randrange(8)
        assert not verify(bytes(changed), [public_part(KEY)]).genuine, place
    for changed in (file + b"x", b"x" + file, file[:-1], file[1:], b"", b"no zip"):
        assert not verify(changed, [public_part(KEY)]).genuine


def test_what_was_changed_is_said(file):
    files = inside(file)

    def said(changed: dict) -> str:
        return " ".join(verify(zipped(changed), [public_part(KEY)]).faults)

    assert said(files | {"who.csv": b"x"}) == "who.csv was changed."
    assert (
        said({name: content for name, content in files.items() if name != "who.csv"}) == "who.csv is missing."
    )
    assert said(files | {"more.csv": b"x"}) == "more.csv was added."
    assert "signed" in said(files | {MANIFEST: files[MANIFEST].replace(b"duty", b"late")})
    assert "manifest" in said({name: content for name, content in files.items() if name != SIGNATURE})


def test_signed_with_another_key_it_is_not_ours(file):
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert not verify(file, [public_part(other)]).genuine
    forged = pack({"who.csv": b"x"}, {"to": "The duty desk", "rows": 2}, other)
    assert not verify(forged, [public_part(KEY)]).genuine
    assert verify(forged, [public_part(KEY), public_part(other)]).genuine
    assert not verify(file, ["no key"]).genuine
