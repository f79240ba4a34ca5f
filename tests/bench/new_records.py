"""How long matching takes on a night with one new record in a hundred, beside a full night of the same records, in one run."""

import time
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from rowan.matching.kept import Keeping
from rowan.matching.link_records import JUDGED, RESTRICTED, STANDING, Linked, link_records
from rowan.pipeline.engine import DuckDB
from tests.bench import everybody

NEW_PERCENT = 1
SHARE_OF_A_FULL_NIGHT = 0.05
FIRST_NIGHT = date(2026, 7, 1)
# Three nights of which the middle one counts: a machine at other work is not measured.
NIGHTS = 3


def measure(place: Path, people: int, seed: int) -> dict:
    """Seconds of the full night and of the median night of new records."""
    place.mkdir()
    count = everybody.write(place / "records.parquet", people, seed)
    engine = DuckDB(place / "engine")
    try:
        return {"records": count, **_nights(engine, place)}
    finally:
        engine.close()


def _nights(engine: DuckDB, place: Path) -> dict:
    read_what_was_sent(engine, place)
    seconds, standing = [], STANDING.empty_table()
    for night in range(NIGHTS + 1):
        there_by(engine, night, NIGHTS)
        began = time.perf_counter()
        linked = link(engine, place / "kept", night, standing)
        seconds.append(time.perf_counter() - began)
        assert bool(linked.why_everybody) == (night == 0), linked.why_everybody
        standing = pa.Table.from_batches(list(engine.batches(linked.links)))
    full, *others = seconds
    new = sorted(others)[NIGHTS // 2]
    return {"full_seconds": round(full, 1), "new_seconds": round(new, 2), "share": round(new / full, 4)}


def read_what_was_sent(engine: DuckDB, place: Path) -> None:
    engine.connection.execute(
        f"create table sent as select *, hash(rid) % 100 as hundredth from read_parquet('{place / 'records.parquet'}')"
    ).fetchall()


def there_by(engine: DuckDB, night: int, nights: int) -> None:
    """What has been sent by one of some nights, each of which brings one new record in a hundred."""
    here = f"select * exclude hundredth from sent where hundredth >= {NEW_PERCENT * (nights - night)}"
    engine.connection.execute(f"create or replace table everybody as {here}").fetchall()
    engine.connection.execute(
        "create or replace table barriers as select source, source_id from everybody limit 0"
    ).fetchall()


def link(engine: DuckDB, kept: Path, night: int, standing: pa.Table, *, full_every_days: int = 100) -> Linked:
    return link_records(
        engine,
        engine.table("everybody"),
        engine.table("barriers"),
        JUDGED.empty_table(),
        standing,
        RESTRICTED.empty_table(),
        b"a key for the bench",
        keeping=Keeping(kept, FIRST_NIGHT + timedelta(days=night), full_every_days=full_every_days),
    )


def tell(found: dict) -> str:
    return (
        f"Matching {found['records']:,} records takes {found['full_seconds']:.0f} s; a night on which {NEW_PERCENT}% are new {found['new_seconds']:.1f} s, "
        f"{100 * found['share']:.1f}% of it (promised: {100 * SHARE_OF_A_FULL_NIGHT:g}%)."
    )


def is_as_promised(found: dict) -> bool:
    return found["share"] <= SHARE_OF_A_FULL_NIGHT
