"""What binds each line of the trail to the one before it: a keyed hash over all its fields and the hash before (docs/adr/0016).

Whoever can write to the database, but has not the key, cannot make a line that fits. The encoding is netstrings (length,
colon, bytes, comma), so that no two lines, however hostile their words, are ever written alike.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

# The fields of a line in the order in which they are hashed; the position, the key's name and the hash before come first.
FIELDS = (
    "at",
    "by_kind",
    "by_id",
    "by_name",
    "by_role",
    "by_agency",
    "did",
    "about_person",
    "about_kind",
    "about_id",
    "purpose",
    "why",
    "refused_because",
    "particulars",
)
FORM = "rowan trail 1"
# What stands before the first line.
BEFORE_THE_FIRST = "0" * 64
A_NUL_AS_SEEN = "\u2400"


def encoded(words: Sequence[str]) -> bytes:
    """Words as netstrings: two different sequences never give the same bytes."""
    spelt = (word.encode("utf-8", "surrogatepass") for word in words)
    return b"".join(b"%d:%b," % (len(each), each) for each in spelt)


def digest(key: bytes, before: str, position: int, key_id: str, values: Sequence[str]) -> str:
    """The hash of one line, given its fields as words in the order of FIELDS and the hash of the line before it."""
    return hmac.digest(key, encoded([FORM, before, str(position), key_id, *values]), "sha256").hex()


def key_id_of(key: bytes) -> str:
    """A short name for a key that tells nothing of it: lines say by which key they were bound."""
    return hashlib.sha256(b"rowan audit trail key|" + key).hexdigest()[:8]


def moment_in_words(at: datetime) -> str:
    """A moment as it is hashed and exported: in UTC, to the microsecond, whatever the database makes of it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def particulars_in_words(particulars: Mapping[str, Any]) -> str:
    """Counts and codes as they are kept and hashed: one spelling, whatever the order they were given in."""
    return json.dumps(particulars, sort_keys=True, separators=(",", ":"), allow_nan=False)


def fit_to_keep(words: str) -> str:
    """Words as every database keeps them: a NUL is shown as a sign, half a character as a question mark."""
    return words.replace("\x00", A_NUL_AS_SEEN).encode("utf-8", "replace").decode("utf-8")
