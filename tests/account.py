"""Adds up what the runs of pytest counted: what could not be run and why, then one line of totals.

`python -m tests.account FOLDER` exits 1 when a test failed or none was run; with --strict also when a test was
skipped for any reason but the public samples beside the checkout.
"""

import argparse
import json
import sys
from pathlib import Path

THE_ONE_GOOD_REASON = "needs ../shared"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.account")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--strict", action="store_true")
    asked = parser.parse_args(argv)
    runs = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(asked.folder.glob("*.json"))
    }
    passed = sum(run["passed"] for run in runs.values())
    failed = sum(run["failed"] for run in runs.values())
    not_run = [(reason, name, test) for name, run in runs.items() for test, reason in run["not_run"]]
    bad = [reason for reason, _, _ in not_run if not reason.startswith(THE_ONE_GOOD_REASON)]
    lines = []
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


if __name__ == "__main__":
    sys.exit(main())
