"""Evaluates Rowan over many invented counties and leaves the record of which docs/generated/evaluation.md is made.

    python -m tests.bench.evaluation --children 20000 --seeds 401 410

One county after another: written, imported, run and counted in a home of its own, then thrown away. What is counted is kept after
each, so a run that is stopped goes on where it was. Some ten minutes a county of 20,000 on two busy cores.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.ground import CHECKOUT

RECORD = CHECKOUT / "docs" / "measured" / "evaluation.json"
UNTIL = "2026-07-17"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.evaluation")
    parser.add_argument("--children", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs=2, default=[401, 410], metavar=("FIRST", "LAST"))
    parser.add_argument("--stories-per-1000", default="2")
    parser.add_argument("--stories", type=Path, help="shapes of somebody else's")
    parser.add_argument("--wrong-identifiers", help="share of numbers that belong to somebody else")
    parser.add_argument("--run", help="its name on record (otherwise made of what is asked)")
    parser.add_argument("--record", type=Path, default=RECORD)
    parser.add_argument("--again", action="store_true", help="count those on record again")
    asked = parser.parse_args()
    name = asked.run or name_of(asked)
    for seed in range(asked.seeds[0], asked.seeds[1] + 1):
        if asked.again or str(seed) not in on_record(asked.record, name):
            one(asked, name, seed)
    return 0


def name_of(asked: argparse.Namespace) -> str:
    name = f"counties of {asked.children:,} children"
    if asked.stories_per_1000 != "2":
        name += f", {asked.stories_per_1000} stories per 1,000"
    if asked.wrong_identifiers:
        name += f", {100 * float(asked.wrong_identifiers):g}% of numbers somebody else's"
    return name + (f", stories of {asked.stories.name}" if asked.stories else "")


def on_record(file: Path, name: str) -> dict:
    record = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return record.get(name, {}).get("counties", {})


def one(asked: argparse.Namespace, name: str, seed: int) -> None:
    scratch = Path(tempfile.mkdtemp(prefix="rowan-evaluation-"))
    county = scratch / "county"
    drawn = ["--children", str(asked.children), "--seed", str(seed), "--until", UNTIL]
    drawn += ["--stories-per-1000", asked.stories_per_1000]
    if asked.stories:
        drawn += ["--stories", str(asked.stories)]
    if asked.wrong_identifiers:
        drawn += ["--wrong-identifiers", asked.wrong_identifiers]
    try:
        rowan(scratch, "county", str(county), *drawn)
        rowan(scratch, "migrate")
        rowan(scratch, "records", "import", str(county))
        rowan(scratch, "overnight")
        rowan(scratch, "evaluate", str(county), "--splink", "--record", str(asked.record), "--run", name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def rowan(scratch: Path, *arguments: str) -> None:
    home = {"ROWAN_HOME": str(scratch / "home"), "ROWAN_KEYS": str(scratch / "keys")}
    left = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ROWAN_OWNER_URL"}}
    print(f"rowan {' '.join(arguments[:2])} …", file=sys.stderr)
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "rowan.command", *arguments],
        env=left | home, cwd=CHECKOUT, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
