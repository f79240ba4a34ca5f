"""How long matching takes for everybody with stored weights, and how much memory, beside plain Splink's predict and cluster of the same records.

`make bench` runs it, and so does `python -m tests.bench.all_records --people 40000`. Each run is a fresh process, ours and Splink's by turns, and the
median of three counts. Both read the records as sent and tidy them; Splink's weights were learnt from these very records beforehand, which is kind to it.
Processor seconds stand beside those by the clock, which on a crowded machine say little.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

SEED = 4711
RUNS = 3
TIMES_PLAIN_SPLINK = 1.0
OF_ITS_MEMORY = 0.6
WHAT = ("seconds", "processor_seconds", "peak_mb")


def measure(place: Path, records: Path) -> dict:
    """`records` as `everybody.write` leaves them. Medians of ours and of plain Splink's, and ours as shares of them."""
    place.mkdir()
    weights = place / "weights.json"
    _run("tests.bench.plain_splink", "learn", str(records), str(weights))
    ours, plain = [], []
    for run in range(RUNS):
        ours.append(_run("tests.bench.all_records", "--link", str(records), str(place / str(run))))
        plain.append(_run("tests.bench.plain_splink", "link", str(records), str(weights)))
    ours, plain = _medians(ours), _medians(plain)
    return {
        "records": ours["records"],
        "ours": ours,
        "plain_splink": plain,
        "times": {what: round(ours[what] / plain[what], 2) for what in WHAT},
    }


def link(records: Path, scratch: Path) -> dict:
    """In this process: all records, nobody known before, nothing kept from an earlier night."""
    from rowan.matching.link_records import JUDGED, RESTRICTED, STANDING, link_records
    from rowan.pipeline.engine import DuckDB

    engine = DuckDB(scratch)
    try:
        everybody = engine.read("everybody", [str(records)])
        nobody = (JUDGED.empty_table(), STANDING.empty_table(), RESTRICTED.empty_table())
        barriers = everybody.select("source", "source_id").limit(0)
        linked = link_records(engine, everybody, barriers, *nobody, b"a key for the bench")
        return {
            "records": engine.count(linked.links),
            "people": engine.count(linked.links.select("person_id").distinct()),
        }
    finally:
        engine.close()


def tell(found: dict) -> str:
    ours, plain, times = found["ours"], found["plain_splink"], found["times"]
    return (
        f"Matching {found['records']:,} records with stored weights takes {ours['seconds']:.0f} s ({ours['processor_seconds']:.0f} s of processor) and "
        f"{ours['peak_mb']:,.0f} MB, plain Splink's predict and cluster {plain['seconds']:.0f} s ({plain['processor_seconds']:.0f}) and {plain['peak_mb']:,.0f} MB: "
        f"{times['seconds']:.2f} times as long (promised: {TIMES_PLAIN_SPLINK:g}; {times['processor_seconds']:.2f} by processor), "
        f"{times['peak_mb']:.2f} of the memory (promised: {OF_ITS_MEMORY:g})."
    )


def is_as_promised(found: dict) -> bool:
    return found["times"]["seconds"] <= TIMES_PLAIN_SPLINK and found["times"]["peak_mb"] <= OF_ITS_MEMORY


def _medians(runs: list[dict]) -> dict:
    assert len({(run["records"], run["people"]) for run in runs}) == 1, (
        "three runs over the same records differ"
    )
    return runs[0] | {what: median(run[what] for run in runs) for what in WHAT}


def _run(module: str, *arguments: str) -> dict:
    """One module in a process of its own: what it says, how long it took and the most memory it ever held."""
    print(f"{module} {arguments[0]} …", file=sys.stderr)
    began = time.monotonic()
    command = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", module, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    said = command.stdout.read()
    _, status, use = os.wait4(command.pid, 0)
    command.returncode = os.waitstatus_to_exitcode(status)
    if command.returncode:
        sys.exit(f"{module} ended with {command.returncode}.")
    return json.loads(said or "{}") | {
        "seconds": round(time.monotonic() - began, 1),
        "processor_seconds": round(use.ru_utime + use.ru_stime, 1),
        "peak_mb": round(use.ru_maxrss / 1024),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.all_records")
    parser.add_argument("--people", type=int, default=400_000)
    parser.add_argument("--link", type=Path, nargs=2, metavar=("RECORDS", "SCRATCH"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.link:
        print(json.dumps(link(*asked.link)))
        return 0
    from tests.bench import everybody

    with tempfile.TemporaryDirectory(prefix="rowan-bench-") as scratch:
        records = Path(scratch) / "records.parquet"
        everybody.write(records, asked.people, SEED)
        found = measure(Path(scratch) / "all", records)
    print(json.dumps(found, indent=2))
    print(tell(found))
    return 0 if is_as_promised(found) else 1


if __name__ == "__main__":
    sys.exit(main())
