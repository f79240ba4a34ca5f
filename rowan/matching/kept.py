"""What matching keeps from one night to the next: which records it has seen, what they share, and what it made of them.

No name, birth date or home stands in it: digests under this home's key, numbers of records, and links such as the web database holds.
All or nothing: `kept.json` names the files that count and is put in place in one step, so that a killed night leaves the last one's.
"""

import hmac
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

HERE = Path(__file__).parent
# Written anew each night; all else is written once, and added to until the next full run.
WHOLE = ("stands", "unsure", "joined")
OF_THE_FULL_RUN = ("often", "count")
# Digests do not grow smaller, and all of these are read each night.
NOT_COMPRESSED = ("records", "keys", "stands")
SHAPES = {
    "records": "rid varchar, number bigint, said ubigint",
    "stands": "number bigint, given ubigint, gathering bigint, settled integer",
    "links": "number bigint, settled integer, rid varchar, person_id varchar, agency varchar, source varchar, source_id varchar, how varchar, judged_by varchar, stood_before varchar",
    "unsure": "key varchar, left_rid varchar, right_rid varchar, left_person_id varchar, right_person_id varchar, weight double, reasons varchar",
    "joined": "was varchar, is_now varchar, rid varchar",
    "keys": "kind utinyint, key ubigint, place bigint",
    "pairs": "place_l bigint, place_r bigint, bits double, held boolean",
    "often": "of_what varchar, name ubigint, often double",
    "count": "records bigint",
}


@dataclass(frozen=True)
class Keeping:
    """Where it lies, which night it is, and how often everybody is compared with everybody."""

    folder: Path
    on: date
    full_every_days: int


@dataclass(frozen=True)
class Kept:
    goes_by: str = ""
    full_on: date = date.min
    records_when_full: int = 0
    last_number: int = -1
    files: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def nights(self) -> int:
        """Since the last full run, tonight included."""
        return len(self.files.get("links", ()))


def read_kept(keeping: Keeping | None, goes_by: str) -> Kept:
    """What the last night kept, or nothing, where it went by other rules or a file of it is gone."""
    try:
        said = json.loads((keeping.folder / "kept.json").read_text(encoding="utf-8")) if keeping else {}
        kept = Kept(**said | {"full_on": date.fromisoformat(said["full_on"])}) if said else Kept()
    except (OSError, ValueError, TypeError, KeyError):
        return Kept()
    whole = keeping and all(
        (keeping.folder / name).is_file() for names in kept.files.values() for name in names
    )
    return kept if whole and kept.goes_by == goes_by else Kept()


def open_kept(connection: Any, keeping: Keeping | None, kept: Kept) -> None:
    """A view for each thing kept, empty where nothing is."""
    for name, shape in SHAPES.items():
        if files := kept.files.get(name):
            assert keeping is not None
            rows = rows_of(keeping.folder, files)
        else:
            columns = ", ".join(
                "null::" + kind.rsplit(" ", 1)[1] + " as " + kind.split()[0] for kind in shape.split(", ")
            )
            rows = f"(select {columns} where false)"
        connection.execute(f"create or replace view kept_{name} as select * from {rows}").fetchall()


def rows_of(folder: Path, files: Iterable[str]) -> str:
    listed = ", ".join("'" + str(folder / file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{listed}], hive_partitioning=false)"


def keep(
    connection: Any, keeping: Keeping, kept: Kept, tables: Mapping[str, str], *, full: bool, goes_by: str
) -> Mapping[str, list[str]]:
    """Write what tonight adds (`tables`: a query for each name), then say in one step that it counts. The files that do."""
    keeping.folder.mkdir(parents=True, exist_ok=True)
    night, files = secrets.token_hex(6), {}
    for name in SHAPES:
        before = [] if full or name in WHOLE else list(kept.files[name])
        if name in OF_THE_FULL_RUN and not full:
            files[name] = before
            continue
        file = f"{name}-{night}.parquet"
        path = str(keeping.folder / file).replace("'", "''")
        how = "uncompressed" if name in NOT_COMPRESSED else "zstd"
        connection.execute(
            f"copy ({tables[name]}) to '{path}' (format parquet, compression {how})"
        ).fetchall()
        files[name] = [*before, file]
    [(last, count)] = connection.execute(
        "select coalesce(max(number), -1), count(*) from matching_numbered"
    ).fetchall()
    said = {
        "goes_by": goes_by,
        "full_on": (keeping.on if full else kept.full_on).isoformat(),
        "records_when_full": count if full else kept.records_when_full,
        "last_number": max(last, -1 if full else kept.last_number),
        "files": files,
    }
    put = keeping.folder / f"kept-{night}.json"
    with put.open("w", encoding="utf-8") as written:
        json.dump(said, written)
        written.flush()
        os.fsync(written.fileno())
    put.replace(keeping.folder / "kept.json")
    counted = {"kept.json", *(name for names in files.values() for name in names)}
    for left in keeping.folder.iterdir():
        if left.name not in counted:
            left.unlink()
    return files


def salt_of(key: bytes) -> str:
    return hmac.new(key, b"matching: keys of records", "sha256").hexdigest()[:32]


def what_it_goes_by(key: bytes, weights: Mapping[str, Any], a_place: str) -> str:
    """A digest of all that is the same for every record: rules, weights, names, keys. `a_place` is a digest of one known place."""
    said = [salt_of(key), a_place, duckdb.__version__, json.dumps(weights, sort_keys=True), _rules()]
    return sha256("\n".join(said).encode()).hexdigest()


@cache
def _rules() -> str:
    """Of the very files that judge, so that nothing made by rules of yesterday is taken for tonight's."""
    digest = sha256()
    rooms = (HERE, HERE.parent / "records" / "rules")
    for file in sorted(file for room in rooms for kind in ("*.py", "*.csv") for file in room.rglob(kind)):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
