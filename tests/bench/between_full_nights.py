"""How much a night that weighs only what is new says otherwise than a full one would, six nights after the last full run.

    python -m tests.bench.between_full_nights --people 12000

Six nights bring one new record in a hundred each, as in `new_records.py`; the sixth is run twice over the same standing, by what was kept and with everybody.
"""

import argparse
import json
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pyarrow as pa

from rowan.matching.kept import Keeping
from rowan.matching.link_records import JUDGED, RESTRICTED, STANDING, link_records
from rowan.pipeline.engine import DuckDB
from tests.bench import everybody
from tests.bench.new_records import FIRST_NIGHT, NEW_PERCENT

NIGHTS = 6  # between one full run and the next, as Rowan is set


def measure(place: Path, people: int, seed: int) -> dict:
    place.mkdir()
    count = everybody.write(place / "records.parquet", people, seed)
    engine = DuckDB(place / "engine")
    try:
        engine.connection.execute(
            f"create table sent as select *, hash(rid) % 100 as hundredth from read_parquet('{place / 'records.parquet'}')"
        ).fetchall()
        standing = STANDING.empty_table()
        for night in range(NIGHTS):
            links, _ = _night(engine, place / "kept", night, standing)
            standing = links
        shutil.copytree(place / "kept", place / "kept for all")
        return {"records": count, **_two_ways(engine, place, standing)}
    finally:
        engine.close()


def _two_ways(engine: DuckDB, place: Path, standing: pa.Table) -> dict:
    new = _said(*_night(engine, place / "kept", NIGHTS, standing))
    full = _said(*_night(engine, place / "kept for all", NIGHTS, standing, everybody_again=True))
    (links, unsure), (links_of_all, unsure_of_all) = new, full
    assert links.keys() == links_of_all.keys()
    return {
        "standing_elsewhere": sum(links[rid] != links_of_all[rid] for rid in links),
        "unsure_by_a_full_night": len(unsure_of_all),
        "unsure_only_by_a_full_night": len(unsure_of_all - unsure),
        "unsure_only_by_this_night": len(unsure - unsure_of_all),
    }


def _said(links: pa.Table, unsure: set[tuple]) -> tuple[dict, set]:
    return {row["rid"]: row["person_id"] for row in links.to_pylist()}, unsure


def _night(
    engine, kept: Path, night: int, standing: pa.Table, *, everybody_again: bool = False
) -> tuple[pa.Table, set]:
    here = f"select * exclude hundredth from sent where hundredth >= {NEW_PERCENT * (NIGHTS - night)}"
    engine.connection.execute(f"create or replace table everybody as {here}").fetchall()
    engine.connection.execute(
        "create or replace table barriers as select source, source_id from everybody limit 0"
    ).fetchall()
    linked = link_records(
        engine,
        engine.table("everybody"),
        engine.table("barriers"),
        JUDGED.empty_table(),
        standing,
        RESTRICTED.empty_table(),
        b"a key for the bench",
        keeping=Keeping(
            kept, FIRST_NIGHT + timedelta(days=night), full_every_days=1 if everybody_again else 100
        ),
    )
    assert bool(linked.why_everybody) == (night == 0 or everybody_again), linked.why_everybody
    unsure = {
        (row["left_rid"], row["right_rid"])
        for batch in engine.batches(linked.unsure)
        for row in batch.to_pylist()
    }
    return pa.Table.from_batches(list(engine.batches(linked.links))), unsure


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
