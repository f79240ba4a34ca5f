"""A county ten times as large takes no more memory: towns are written one after another."""

import subprocess
import sys


def peak_mb(tmp_path, children: int) -> float:
    """Peak memory of one county written by a process of its own."""
    program = (
        "import resource, sys\n"
        "from datetime import date\n"
        "from pathlib import Path\n"
        "from rowan.synthetic.county import Asked, write_county\n"
        f"write_county(Path(sys.argv[1]), Asked({children}, 3, date(2026, 7, 17), 2.0))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / str(children))],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def test_twenty_thousand_children_take_no_more_memory_than_two_thousand(tmp_path):
    assert peak_mb(tmp_path, 20_000) <= 1.3 * peak_mb(tmp_path, 2_000)
