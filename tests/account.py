"""Adds up what the runs of pytest counted: what could not be run and why, then one line of totals.

`python -m tests.account FOLDER` exits 1 when a test failed or none was run; with --strict also when a test was
skipped for any reason but the public samples beside the checkout. With --slowest 10 it first says of each run in
which ten files its seconds went.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

THE_ONE_GOOD_REASON = "needs ../shared"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.account")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--slowest", type=int, default=0, metavar="FILES")
    asked = parser.parse_args(argv)
    runs = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(asked.folder.glob("*.json"))
    }
    passed = sum(run["passed"] for run in runs.values())
    failed = sum(run["failed"] for run in runs.values())
    not_run = [(reason, name, test) for name, run in runs.items() for test, reason in run["not_run"]]
    bad = [reason for reason, _, _ in not_run if not reason.startswith(THE_ONE_GOOD_REASON)]
    lines = [line for name, run in runs.items() for line in slowest(name, run, asked.slowest)]
    if not_run:
        lines.append("Could not be run:")
        for reason in sorted({reason for reason, _, _ in not_run}):
            tests = [f"{test} ({name})" for its, name, test in not_run if its == reason]
            lines.append(f"  {len(tests)} because: {reason}")
            lines.extend(f"    {test}" for test in tests)
    if asked.strict and bad:
        lines.append(
            f"{len(bad)} of these should have been run here: only '{THE_ONE_GOOD_REASON} …' is a reason."
        )
    lines.append(f"{passed} passed, {failed} failed, {len(not_run)} skipped")
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
    return 1 if failed or not passed or (asked.strict and bad) else 0


def seconds_by_file(reports) -> dict[str, float]:
    """What setting up, trying and clearing up took, of all tests that stand in a file."""
    seconds: Counter = Counter()
    for report in reports:
        if hasattr(report, "duration"):
            seconds[report.nodeid.split("::")[0]] += report.duration
    return {file: round(its, 2) for file, its in seconds.items()}


def slowest(name: str, run: dict, files: int) -> list[str]:
    """A run's files that took longest. Two processes at once have twice the run's own seconds to share out."""
    seconds = sorted(run["seconds"].items(), key=lambda each: each[::-1], reverse=True)[:files]
    if not seconds:
        return []
    whole = sum(run["seconds"].values())
    return [
        f"{name}: {whole:.0f} s in tests, longest",
        *(f"{its:8.1f} s  {file}" for file, its in seconds),
        "",
    ]


if __name__ == "__main__":
    sys.exit(main())
