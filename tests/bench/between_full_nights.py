"""What a night of new records says otherwise than a full night would, a week after the last full one.

    python -m tests.bench.between_full_nights --people 12000

A full night, and after it nights that bring one new record in a hundred each, as in `new_records.py`. The last of them is run
twice over the same standing: by what was kept, and with everybody.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import pyarrow as pa

from rowan.matching.link_records import STANDING, Linked
from rowan.pipeline.engine import DuckDB
from tests.bench import everybody
from tests.bench.new_records import link, read_what_was_sent, there_by

NIGHTS = 6  # between one full night and the next, as Rowan is set


def measure(place: Path, people: int, seed: int) -> dict:
    """How many records stand elsewhere, and how many pairs only one of the two nights is unsure of."""
    place.mkdir()
    count = everybody.write(place / "records.parquet", people, seed)
    engine = DuckDB(place / "engine")
    try:
        read_what_was_sent(engine, place)
        return {"records": count, **_last_night_both_ways(engine, place, _standing_before(engine, place))}
    finally:
        engine.close()


def _standing_before(engine: DuckDB, place: Path) -> pa.Table:
    """Where each record stands when the last night begins."""
    standing = STANDING.empty_table()
    for night in range(NIGHTS):
        there_by(engine, night, NIGHTS)
        linked = link(engine, place / "kept", night, standing)
        assert bool(linked.why_everybody) == (night == 0), linked.why_everybody
        standing = pa.Table.from_batches(list(engine.batches(linked.links)))
    return standing


def _last_night_both_ways(engine: DuckDB, place: Path, standing: pa.Table) -> dict:
    there_by(engine, NIGHTS, NIGHTS)
    shutil.copytree(place / "kept", place / "kept for everybody")
    by_new = link(engine, place / "kept", NIGHTS, standing)
    assert not by_new.why_everybody, by_new.why_everybody
    stands, unsure = _said(engine, by_new)
    by_all = link(engine, place / "kept for everybody", NIGHTS, standing, full_every_days=1)
    assert by_all.why_everybody
    stands_by_all, unsure_by_all = _said(engine, by_all)
    assert stands.keys() == stands_by_all.keys()
    return {
        "standing_elsewhere": sum(stands[rid] != stands_by_all[rid] for rid in stands),
        "unsure_by_a_full_night": len(unsure_by_all),
        "unsure_only_by_a_full_night": len(unsure_by_all - unsure),
        "unsure_only_by_this_night": len(unsure - unsure_by_all),
    }


def _said(engine: DuckDB, linked: Linked) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """Which person each record stands with, and the pairs that wait for somebody."""
    links = [row for batch in engine.batches(linked.links) for row in batch.to_pylist()]
    unsure = [row for batch in engine.batches(linked.unsure) for row in batch.to_pylist()]
    return {row["rid"]: row["person_id"] for row in links}, {
        (row["left_rid"], row["right_rid"]) for row in unsure
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.between_full_nights")
    parser.add_argument("--people", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=4711)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rowan-bench-") as scratch:
        print(json.dumps(measure(Path(scratch) / "nights", asked.people, asked.seed)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
