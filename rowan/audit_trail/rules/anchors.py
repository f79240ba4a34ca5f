"""An anchor: the head of the trail at a moment, signed and kept where the database's rights do not reach (docs/adr/0016).

One JSON line each, and each holds the hash of the line before, so that the newest signature vouches for all. Somebody with
every right on the database and even the trail's key cannot make the trail agree with anchors signed before.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

FIRST = "0" * 64
SIGNED = ("at", "digest", "position", "previous")


@dataclass(frozen=True)
class Anchor:
    position: int
    digest: str
    at: str
    previous: str
    public_key: str
    signature: str

    @property
    def line(self) -> str:
        return _json({**vars(self)})

    @property
    def own_hash(self) -> str:
        return hashlib.sha256(self.line.encode()).hexdigest()


@dataclass
class Anchors:
    """What a file of anchors says, and what is wrong with it, in plain words."""

    good: list[Anchor] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def by_position(self) -> dict[int, str]:
        return {anchor.position: anchor.digest for anchor in self.good}


def what_is_signed(position: int, digest: str, at: str, previous: str) -> bytes:
    return _json({"position": position, "digest": digest, "at": at, "previous": previous}).encode()


def read(lines: Iterable[str], signed_by: Callable[[str, bytes, bytes], bool]) -> Anchors:
    """`signed_by(public key, what was signed, signature)` says whether a key of ours signed. What is torn is passed over and said."""
    said = Anchors()
    previous = FIRST
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        anchor = parsed(line)
        if anchor is None:
            said.faults.append(f"anchor {number} cannot be read")
            continue
        signed = what_is_signed(anchor.position, anchor.digest, anchor.at, anchor.previous)
        if not _is_signed(anchor, signed, signed_by):
            said.faults.append(f"anchor {number} is not signed by a key of this home")
            continue
        if anchor.previous != previous:
            said.faults.append(f"before anchor {number}, anchors were taken out or put in another order")
        if said.good and anchor.position < said.good[-1].position:
            said.faults.append(f"anchor {number} stands for fewer lines than the one before it")
        previous = anchor.own_hash
        said.good.append(anchor)
    return said


def parsed(line: str) -> Anchor | None:
    try:
        anchor = Anchor(**json.loads(line))
    except (ValueError, TypeError):
        return None
    words = (anchor.digest, anchor.at, anchor.previous, anchor.public_key, anchor.signature)
    return anchor if type(anchor.position) is int and all(isinstance(word, str) for word in words) else None


def _is_signed(anchor: Anchor, signed: bytes, signed_by: Callable[[str, bytes, bytes], bool]) -> bool:
    try:
        return signed_by(anchor.public_key, signed, bytes.fromhex(anchor.signature))
    except ValueError:
        return False


def _json(values: dict[str, object]) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"))
