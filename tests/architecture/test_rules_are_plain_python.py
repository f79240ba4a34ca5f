"""Rules import no framework, read no clock, draw nothing and touch no file (docs/adr/0003)."""

import ast
from pathlib import Path

import pytest

ROWAN = Path(__file__).resolve().parents[2] / "rowan"
RULES = sorted(ROWAN.glob("*/rules/**/*.py"))
FORBIDDEN_IMPORTS = {
    "django", "duckdb", "ibis", "pandas", "pyarrow", "numpy", "deltalake", "splink", "os", "io", "pathlib", "random", "secrets",
    "time", "socket", "sqlite3", "subprocess", "shutil", "tempfile", "requests", "urllib", "logging", "threading",
}  # fmt: skip
FORBIDDEN_CALLS = {"open", "input", "print", "exec", "eval"}
FORBIDDEN_METHODS = {"today", "now", "utcnow", "read_text", "write_text"}


def faults(source: str) -> list[str]:
    """What in a module's text would make it more than plain Python."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name.split(".")[0] in FORBIDDEN_IMPORTS]
        elif (
            isinstance(node, ast.ImportFrom)
            and node.level == 0
            and (node.module or "").split(".")[0] in FORBIDDEN_IMPORTS
        ):
            found.append(node.module)
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
                found.append(f"{node.func.id}()")
            if isinstance(node.func, ast.Attribute) and node.func.attr in FORBIDDEN_METHODS:
                found.append(f".{node.func.attr}()")
    return found


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(ROWAN)))
def test_a_rule_is_plain_python(path):
    assert faults(path.read_text()) == []


@pytest.mark.parametrize(
    "broken",
    [
        "from django.utils import timezone",
        "import random",
        "from datetime import date\ndef f(): return date.today()",
        "def f(): return open('x')",
        "import duckdb",
    ],
)
def test_a_broken_rule_is_found(broken):
    assert faults(broken)
