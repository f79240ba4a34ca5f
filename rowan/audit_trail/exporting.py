"""The whole trail in one file, for an inspector: each line as it was hashed, and a last line that signs them all."""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from .anchors import anchor, what_was_anchored
from .keys import anchors_key, anchors_public_keys
from .reading import rows
from .rules.chain import BEFORE_THE_FIRST, FIELDS, FORM, moment_in_words


def write_export(path: Path, now: datetime) -> tuple[int, Path]:
    """Anchor the head, then write all lines up to it, and the anchors beside. Returns how many lines, and where the anchors lie."""
    anchor(now)
    anchored = what_was_anchored().good
    head = anchored[-1].position if anchored else 0
    beside = path.with_name(f"{path.name}.anchors.jsonl")
    beside.write_text("".join(f"{each.line}\n" for each in anchored), encoding="utf-8")
    unfinished = path.with_name(f"{path.name}.unfinished")
    whole, written, last = hashlib.sha256(), 0, (0, BEFORE_THE_FIRST)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:

        def put(value: Any) -> None:
            line = json.dumps(value, separators=(",", ":")).encode() + b"\n"
            whole.update(line)
            file.write(line)

        put({"export": FORM, "made_at": moment_in_words(now), "fields": FIELDS})
        for row in rows(connection, up_to=head):
            put([row.position, row.key_id, row.digest, *row.words])
            written, last = written + 1, (row.position, row.digest)
        end = {"lines": written, "position": last[0], "digest": last[1], "sha256": whole.hexdigest()}
        signed = json.dumps(end, sort_keys=True, separators=(",", ":")).encode()
        put({**end, "public_key": anchors_public_keys()[0], "signature": anchors_key().sign(signed).hex()})
    os.replace(unfinished, path)
    return written, beside
