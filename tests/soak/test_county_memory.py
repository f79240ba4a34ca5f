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


def test_twenty_thousand_children_take_no_more_memory_than_two_thousand(tmp_path, measured):
    """A county of 20,000 children is written in at most 1.3 times the memory of one of 2,000."""
    found = measured(postgresql=False)
    small, large = peak_mb(tmp_path, 2_000), peak_mb(tmp_path, 20_000)
    found["2,000 children, MB"], found["20,000 children, MB"] = round(small), round(large)
    assert large <= 1.3 * small
