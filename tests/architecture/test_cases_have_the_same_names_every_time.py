"""A test's cases are named by their values: a value that is another one in the next process splits the workers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
NEVER_TWICE_THE_SAME = {
    "time",
    "time_ns",
    "now",
    "today",
    "localdate",
    "uuid4",
    "getpid",
    "token_hex",
    "token_urlsafe",
}


def cases_that_change(source: str) -> list[int]:
    """The lines at which a list of cases asks for the time, or for something drawn by chance."""
    decorators = (
        decorator
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for decorator in node.decorator_list
    )
    return [
        call.lineno
        for decorator in decorators
        if isinstance(decorator, ast.Call) and _name(decorator) == "parametrize"
        for call in _called_at_once(decorator)
        if _name(call) in NEVER_TWICE_THE_SAME
    ]


def _called_at_once(node: ast.AST) -> Iterator[ast.Call]:
    """The calls within, but for those that wait in a lambda until the test runs."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Lambda):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _called_at_once(child)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize(
    "path", sorted(TESTS.rglob("test_*.py")), ids=lambda path: str(path.relative_to(TESTS))
)
def test_no_case_has_another_name_in_another_process(path):
    assert cases_that_change(path.read_text(encoding="utf-8")) == []


def test_a_case_that_asks_for_the_time_is_found():
    case = "@pytest.mark.parametrize('said', [{CASE}])\ndef test_it(said): ..."
    assert cases_that_change(case.replace("{CASE}", "{'exp': int(time.time()) - 3600}")) == [1]
    assert cases_that_change(case.replace("{CASE}", "lambda: time.time()")) == []
