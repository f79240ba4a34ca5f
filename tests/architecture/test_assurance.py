"""The figures of the long runs are written by the runs themselves, a failed run's as failed; the short forms write none."""

import ast
import json
import subprocess
import sys
from pathlib import Path

from rowan.website.assurance_page import long_runs, on_record, page
from tests.soak.measuring import begin, keep

TESTS = Path(__file__).resolve().parents[1]
RUNS = """
from functools import partial
from pathlib import Path
import pytest
import tests.soak.conftest as conftest
from tests.soak.measuring import keep

conftest.keep = partial(keep, file=Path({file!r}))

def test_that_holds(measured):
    \"\"\"A hundred of them.

    And a reason.
    \"\"\"
    measured()["seen"] = 100

def test_that_fails(measured):
    \"\"\"A thousand of them.\"\"\"
    found = measured()
    found["seen"] = 7
    assert found["seen"] == 1000

def test_that_is_made_smaller(measured):
    \"\"\"A million of them.\"\"\"
    measured(is_whole=False)["seen"] = 10

def test_that_is_skipped(measured):
    \"\"\"Where there is one.\"\"\"
    measured()
    pytest.skip("there is none")
"""


def soaks() -> list[ast.FunctionDef]:
    return [
        node
        for path in sorted((TESTS / "soak").glob("test_*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def test_every_long_run_says_what_it_asks_and_leaves_what_it_found():
    assert len(soaks()) > 10
    for test in soaks():
        assert ast.get_docstring(test), test.name
        assert "measured" in [argument.arg for argument in test.args.args], test.name
        assert any(
            isinstance(node, ast.Call) and ast.unparse(node.func) == "measured" for node in ast.walk(test)
        ), f"{test.name} asks for the fixture and does not begin"


def test_only_a_long_run_leaves_figures():
    mentions = [
        str(path.relative_to(TESTS))
        for path in TESTS.rglob("*.py")
        if "soak" not in path.parts and "soak.measuring" in path.read_text(encoding="utf-8")
    ]
    assert mentions == ["architecture/test_assurance.py"]


def test_a_run_is_kept_as_it_went_a_failed_one_as_failed_and_a_smaller_one_not_at_all(tmp_path):
    file = tmp_path / "assurance.json"
    (tmp_path / "test_runs.py").write_text(RUNS.format(file=str(file)))
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.soak.conftest", str(tmp_path / "test_runs.py")],
        cwd=TESTS.parent,
        capture_output=True,
        check=False,
    )
    kept = json.loads(file.read_text())
    assert {
        name.partition("::")[2]: (run["held"], run["asked"], run["found"]) for name, run in kept.items()
    } == {
        "test_that_holds on SQLite": (True, "A hundred of them.", {"seen": 100}),
        "test_that_fails on SQLite": (False, "A thousand of them.", {"seen": 7}),
    }
    for run in kept.values():
        assert run["began_at"] and run["commit"] and "cores" in run["machine"] and "SQLite" in run["database"]


def test_the_page_puts_what_failed_first_and_names_what_was_never_run(tmp_path):
    file, ran = tmp_path / "assurance.json", begin("All of them are found.", postgresql=False)
    ran.found["tamperings"] = 1000
    keep("tests/soak/test_a.py::test_held on SQLite", ran.record(held=True), file)
    keep("tests/soak/test_b.py::test_failed on SQLite", ran.record(held=False), file)
    runs = {
        "tests/soak/test_a.py::test_held": "All of them are found.",
        "tests/soak/test_c.py::test_c": "Never.",
    }
    text = page(json.loads(file.read_text()), runs)
    assert text.index("B, on SQLite: FAILED") < text.index("A, on SQLite: held")
    assert "Failed when last run: 1" in text and "tamperings: **1,000**" in text
    assert "There is no such test any more" in text
    assert "- Never. (`tests/soak/test_c.py::test_c`)" in text.partition("Not on record yet")[2]
    again = {"tests/soak/test_a.py::test_held": "Twice as many are found."}
    assert "asks something else by now" in page(json.loads(file.read_text()), again)


def test_what_is_on_record_is_of_tests_that_are_there():
    assert {name.rpartition(" on ")[0] for name in on_record()} <= set(long_runs())
