"""A home is in service when its note says so or when others reach it: one answer, for imports, keys, signing in and all else."""

import ast
import json
from pathlib import Path

import pytest

from rowan.home import is_in_service, kind_of, note_of, serves

ROWAN = Path(__file__).resolve().parents[3] / "rowan"
# `make demo` writes the note of the home it makes; the pages show its words.
MAY_NAME_THE_NOTE = {"home.py", "website/management/commands/demo.py"}


def noted(home: Path, words: str) -> Path:
    (home / "home.json").write_text(words)
    return home


@pytest.mark.parametrize("words", ["", "{", "[]", '"service"', "{}", "null"])
def test_a_note_that_says_nothing_is_a_home_of_no_kind(tmp_path, words):
    assert note_of(noted(tmp_path, words)) == {} and kind_of(tmp_path) == ""


def test_no_note_is_a_home_of_no_kind(tmp_path):
    assert kind_of(tmp_path) == "" and not serves(tmp_path, only_this_machine=True)


@pytest.mark.parametrize(
    ("kind", "only_this_machine", "in_service"),
    [
        ("service", True, True),
        ("service", False, True),
        ("", True, False),
        ("", False, True),
        ("invented", True, False),
        ("invented", False, True),
        ("demonstration", True, False),
        ("demonstration", False, True),
    ],
)
def test_it_is_in_service_by_its_note_or_by_who_reaches_it(
    tmp_path, settings, kind, only_this_machine, in_service
):
    settings.ROWAN_HOME, settings.SERVED_ON_LOOPBACK = tmp_path, only_this_machine
    if kind:
        noted(tmp_path, json.dumps({"kind": kind}))
    assert is_in_service() is is_in_service(tmp_path) is in_service


def test_nobody_else_reads_the_note():
    """A second reader would be a second answer."""
    readers = {
        str(path.relative_to(ROWAN))
        for path in ROWAN.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value == "home.json"
    }
    assert readers == MAY_NAME_THE_NOTE
