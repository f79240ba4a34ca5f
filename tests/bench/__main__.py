"""How long, and how much memory, an invented county takes from files to questions: small against large, in one run.

Seconds mean little away from the machine they were taken on, so each is also given as a ratio to an anchor measured
beside it: the time DuckDB takes to read the same CSV files and count their rows. `make bench` runs this.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.bench import all_records, attendance, new_records, one_record, pages, rises
from tests.bench.commands import read_by_duckdb, rowan

SEED = 4711
# Of the simulated nights of the rise test, whose settings were chosen on nights of the other seed.
SEED_OF_RISES = 8123
# What the first version promised: two thousand children in ninety seconds, and memory that hardly grows with ten times more.
SECONDS_FOR_THE_SMALLER = 90
MEMORY_MAY_GROW = 1.3
# What part 3 promised of the page on which triage says which child a concern is about.
MILLISECONDS_TO_FIND = 300
FOUND_AT_LEAST = 0.97
# And of the pages people are at all day, with fifty at work, beside a bare page with one query and one chained insert.
TIMES_A_BARE_PAGE = 5
AT_WORK = 50
# And part 4 of the rise test: under half a second a night, and no more than the agreed share of those found false.
RISE_PUPILS = 100_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--children", type=int, nargs=2, default=[2000, 20000], metavar=("SMALLER", "LARGER"))
    parser.add_argument(
        "--people",
        type=int,
        default=400_000,
        help="how many people triage finds a child among; 0 leaves it out",
    )
    parser.add_argument(
        "--at-work-among",
        type=int,
        default=100_000,
        metavar="PEOPLE",
        help=f"how many people the county has in which {AT_WORK} are at work, on PostgreSQL; 0 leaves it out",
    )
    parser.add_argument(
        "--rise-nights",
        type=int,
        default=200,
        help=f"how many nights of {RISE_PUPILS:,} simulated pupils the rise test is held to; 0 leaves it out",
    )
    parser.add_argument(
        "--match-people",
        type=int,
        default=400_000,
        help="of how many people records are matched, all (beside plain Splink) and then one new in a hundred; 0 leaves it out",
    )
    parser.add_argument(
        "--marks-of",
        type=int,
        default=100_000,
        metavar="CHILDREN",
        help="of how many children attendance marks are imported and worked through; 0 leaves it out",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rowan-bench-") as scratch:
        measured = [measure(Path(scratch) / str(children), children) for children in asked.children]
        found = finding(Path(scratch) / "finding", asked.people) if asked.people else None
        one = one_record.measure(Path(scratch) / "one record", asked.people) if asked.people else None
        at_work = (
            pages.measure(Path(scratch) / "pages", asked.at_work_among, AT_WORK)
            if asked.at_work_among
            else None
        )
        matched = (
            new_records.measure(Path(scratch) / "matching", asked.match_people, SEED)
            if asked.match_people
            else None
        )
        marks = (
            attendance.measure(Path(scratch) / "attendance", asked.marks_of, SEED) if asked.marks_of else None
        )
        beside = (
            all_records.measure(Path(scratch) / "all", Path(scratch) / "matching" / "records.parquet")
            if matched
            else None
        )
        held = rises.hold_all(Path(scratch) / "rises", RISE_PUPILS, asked.rise_nights, SEED_OF_RISES)
    smaller, larger = measured
    growth = larger["peak_mb"] / smaller["peak_mb"]
    if asked.json:
        print(
            json.dumps(
                {
                    "counties": measured,
                    "memory_grows": round(growth, 3),
                    "finding": found,
                    "one_record": one,
                    "pages": at_work,
                    "new_records": matched,
                    "attendance": asdict(marks) if marks else None,
                    "all_records": beside,
                    "rises": [asdict(pupils) for pupils in held],
                },
                indent=2,
            )
        )
    else:
        for county in measured:
            tell(county)
        print(
            f"\nPeak memory grows {growth:.2f} times from the smaller to the larger (promised: {MEMORY_MAY_GROW})."
        )
        print(f"The smaller takes {smaller['seconds']:.0f} s (promised: {SECONDS_FOR_THE_SMALLER}).")
        if found:
            tell_of_finding(found)
        if one:
            print(one_record.tell(one))
        if at_work:
            tell_of_pages(at_work, asked.at_work_among)
        if matched:
            print(new_records.tell(matched))
        if marks:
            print(marks)
        if beside:
            print(all_records.tell(beside))
        for pupils in held:
            print(rises.tell(pupils))
    kept = growth <= MEMORY_MAY_GROW and smaller["seconds"] <= SECONDS_FOR_THE_SMALLER
    kept = kept and (found is None or finding_is_as_promised(found))
    kept = kept and (one is None or one_record.is_as_promised(one))
    kept = kept and (matched is None or new_records.is_as_promised(matched))
    kept = kept and (marks is None or marks.is_as_promised)
    kept = kept and (beside is None or all_records.is_as_promised(beside))
    kept = kept and all(rises.is_as_promised(pupils) for pupils in held)
    return 0 if kept and (at_work is None or pages_are_as_promised(at_work)) else 1


def measure(place: Path, children: int) -> dict:
    county = place / "county"
    place.mkdir()
    home = {"ROWAN_HOME": str(place / "home"), "ROWAN_KEYS": str(place / "keys")}
    parts = {
        "county": rowan(home, "county", str(county), "--children", str(children), "--seed", str(SEED)),
        "database": rowan(home, "migrate"),
        "import": rowan(home, "records", "import", str(county)),
        "overnight": rowan(home, "overnight"),
    }
    anchor, rows = read_by_duckdb(csv_files_of(county))
    used = [parts["import"], parts["overnight"]]
    return {
        "children": children,
        "csv_rows": rows,
        "anchor_seconds": round(anchor, 3),
        "parts": parts,
        "seconds": round(sum(part["seconds"] for part in used), 1),
        "peak_mb": max(part["peak_mb"] for part in used),
        "times_the_anchor": round(sum(part["seconds"] for part in used) / anchor, 1),
    }


def csv_files_of(county: Path) -> list[Path]:
    return [path for path in sorted(county.rglob("*.csv")) if "truth" not in path.parts]


def finding(place: Path, people: int) -> dict:
    """How fast and how well triage finds whom a concern is about, in a process and a home of its own."""
    place.mkdir()
    home = {"ROWAN_HOME": str(place / "home"), "ROWAN_KEYS": str(place / "keys")}
    rowan(home, "migrate")
    print(f"finding a child among {people:,} people …", file=sys.stderr)
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.finding", str(people)]
    return json.loads(
        subprocess.run(command, env=os.environ | home, check=True, stdout=subprocess.PIPE).stdout
    )


def finding_is_as_promised(found: dict) -> bool:
    return found["p95_ms"] <= MILLISECONDS_TO_FIND and found["among_the_first_five"] >= FOUND_AT_LEAST


def tell_of_finding(found: dict) -> None:
    print(
        f"\nTriage finds a child among {found['people']:,}: the page takes {found['p95_ms']:.0f} ms at p95 (promised: "
        f"{MILLISECONDS_TO_FIND}), {found['times_a_bare_page']:.1f} times a page with one query; the true child is among the "
        f"first five {100 * found['among_the_first_five']:.1f} times in 100 (promised: {100 * FOUND_AT_LEAST:.0f})."
    )


def pages_are_as_promised(at_work: dict) -> bool:
    return all(
        page["times_a_bare_page"] <= TIMES_A_BARE_PAGE
        for pages in at_work.values()
        for page in pages.values()
    )


def tell_of_pages(at_work: dict, people: int) -> None:
    print(
        f"\n{AT_WORK} people at work among {people:,}, on PostgreSQL; promised: {TIMES_A_BARE_PAGE} times a bare page"
    )
    for pace, measured in at_work.items():
        print(f"  {pace}:")
        for what, page in measured.items():
            print(
                f"    {what:18} {page['p50_ms']:8.1f} ms {page['p95_ms']:8.1f} ms at p95 {page['times_a_bare_page']:8.2f} times"
            )


def tell(one: dict) -> None:
    print(f"\n{one['children']:,} children, {one['csv_rows']:,} rows of CSV")
    for name, part in one["parts"].items():
        print(f"  {name:10} {part['seconds']:8.1f} s {part['peak_mb']:8,} MB")
    print(
        f"  import and overnight: {one['times_the_anchor']} times DuckDB's reading of the files ({one['anchor_seconds']} s)"
    )


if __name__ == "__main__":
    sys.exit(main())
