"""Reads a spec's examples off its own text, without running it: each test as a sentence, what goes in and what comes out.

It reads what specs are written with: words, sums and slices of words, `.replace`, words with a value in braces, tables of tables, and
helpers that draw a table from one line. What it cannot read it says (`unread`), so that a test can see that no example lost its rows.
"""

import ast
import re
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

from django.conf import settings

NOTHING = "Nothing is asked."
# What a spec's line of weeks says, by the name it is drawn with, where the helper says nothing itself.
WEEK_BY_WEEK = {"weeks": "sessions missed of ten, week by week", "days_missed": "days or half days missed, week by week"}  # fmt: skip
# Chances worked out from the settings: numbers to look things up in, and no part of anybody's example.
LOOKED_UP = "critical"
WORDS_CAN = {"replace", "strip", "rstrip", "lstrip", "splitlines", "join", "upper", "lower", "format"}
Known = dict[str, Any]


def read_spec(source: str) -> dict:
    """A spec's title, its rule, and each test as a sentence with the tables it draws."""
    tree = ast.parse(source)
    known = _names_of(tree)
    unread: list[str] = []
    tests = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            tests.append((_sentence(node.name), _tables(node, known, unread)))
    return {"title": known.get("title", ""), "rule": known.get("rule", ""), "tests": tests, "unread": unread}


def _sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    words = re.sub(
        r"\b(child|school|agency|pupil|group|council)s (?=own|past|file|report|row)", r"\1's ", words
    )
    words = re.sub(r"\b(?:mon|tues|wednes|thurs|fri)days?\b", lambda day: day[0].capitalize(), words)
    return words[:1].upper() + words[1:]


def _names_of(tree: ast.Module) -> Known:
    """What a spec calls its words, its tables and its helpers, and what it takes from another spec."""
    known: Known = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests.spec.questions."):
            other = settings.CHECKOUT / f"{(node.module or '').replace('.', '/')}.py"
            theirs = _names_of(ast.parse(other.read_text(encoding="utf-8")))
            known |= {each.name: theirs[each.name] for each in node.names if each.name in theirs}
        elif isinstance(node, ast.FunctionDef):
            known[node.name] = node
        else:
            _learn(node, known)
    return known


def _learn(node: ast.stmt, known: Known) -> None:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        value = _value(node.value, known)
        if value is None:
            known.pop(node.targets[0].id, None)
        else:
            known[node.targets[0].id] = value


def _tables(test: ast.FunctionDef, known: Known, unread: list[str]) -> list[tuple[str, str]]:
    """Every table of every `spec(…)` in a test: what goes in, and what comes out."""
    found: list[tuple[str, str]] = []
    for call, there in _specs(test.body, known | _first_case(test, known)):
        given, expected = _value(call.args[1], there), _value(call.args[2], there)
        if not isinstance(given, dict) or not isinstance(expected, str):
            unread.append(f"{test.name}: {ast.unparse(call)[:200]}")
        for name, text in (given if isinstance(given, dict) else {}).items():
            if text is None and not name.startswith(LOOKED_UP) and LOOKED_UP not in name:
                unread.append(f"{test.name}: {name}")
            table = (_spoken(name), dedent(text or ""))
            if text is not None and table not in found:
                found.append(table)
        if isinstance(expected, str):
            rows = [line for line in expected.strip().splitlines() if line.strip()]
            found.append(("gives", NOTHING if len(rows) < 2 else dedent(expected)))
    return found


def _first_case(test: ast.FunctionDef, known: Known) -> Known:
    """Of a test that is told once for each of several cases, what its names mean in the first."""
    found: Known = {}
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.parametrize":
            names, cases = _value(mark.args[0], known), _value(mark.args[1], known)
            if isinstance(names, str):
                names, cases = [names], [[case] for case in cases or []]
            found |= dict(zip(names or [], cases[0] if cases else [], strict=False))
    return found


def _specs(body: list[ast.stmt], known: Known) -> Iterator[tuple[ast.Call, Known]]:
    """Each `spec(…)` in the order of the test, with what its names mean there; a loop over words says each of them."""
    for node in body:
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            for each in _value(node.iter, known) or []:
                yield from _specs(node.body, known | {node.target.id: each})
        elif isinstance(node, ast.With):
            yield from _specs(node.body, known)
        elif isinstance(node, ast.Expr) and isinstance(call := node.value, ast.Call):
            if isinstance(call.func, ast.Name) and call.func.id == "spec":
                yield call, dict(known)
        else:
            _learn(node, known)


def _spoken(name: str) -> str:
    return name.replace("_", " ")


# --- what an expression says, as far as it can be read without running it


def _value(node: ast.expr, known: Known) -> Any:
    match node:
        case ast.Constant(value=str() | int()):
            return node.value
        case ast.Name():
            value = known.get(node.id)
            return None if isinstance(value, ast.FunctionDef) else value
        case ast.List() | ast.Tuple():
            each = [_value(one, known) for one in node.elts]
            return None if None in each else each
        case ast.Dict():
            return _drawn(node, known)
        case ast.JoinedStr():
            return _joined(node, known)
        case ast.BinOp():
            return _sum(node, known)
        case ast.Subscript():
            return _part(node, known)
        case ast.GeneratorExp() | ast.ListComp():
            return _each(node, known)
        case ast.Call(func=ast.Attribute()):
            return _said_by_words(node, known)
        case ast.Call(func=ast.Name()):
            return _helped(node, known)
    return None


def _drawn(node: ast.Dict, known: Known) -> dict:
    tables: dict = {}
    for key, value in zip(node.keys, node.values, strict=True):
        read = _value(value, known)
        if key is None:
            tables |= read if isinstance(read, dict) else {}
        elif isinstance(key, ast.Constant):
            tables[key.value] = read if isinstance(read, str) else None
    return tables


def _joined(node: ast.JoinedStr, known: Known) -> str | None:
    parts = [
        _value(part.value, known) if isinstance(part, ast.FormattedValue) else _value(part, known)
        for part in node.values
    ]
    return None if None in parts else "".join(str(part) for part in parts)


def _sum(node: ast.BinOp, known: Known) -> Any:
    left, right = _value(node.left, known), _value(node.right, known)
    if left is None or right is None:
        return None
    if isinstance(node.op, ast.BitOr) and isinstance(left, dict) and isinstance(right, dict):
        return left | right
    if isinstance(left, dict) or isinstance(right, dict):
        return None
    if isinstance(node.op, ast.Add) and type(left) is type(right):
        return left + right
    return left * right if isinstance(node.op, ast.Mult) and isinstance(right, int) else None


def _part(node: ast.Subscript, known: Known) -> Any:
    whole = _value(node.value, known)
    if isinstance(node.slice, ast.Slice) and isinstance(whole, str | list):
        ends = [one and _value(one, known) for one in (node.slice.lower, node.slice.upper, node.slice.step)]
        return whole[slice(*ends)]
    key = _value(node.slice, known) if isinstance(node.slice, ast.Constant) else None
    return whole.get(key) if isinstance(whole, dict) else None


def _each(node: ast.GeneratorExp | ast.ListComp, known: Known) -> list | None:
    [loop, *more] = node.generators
    over = _value(loop.iter, known)
    if more or loop.ifs or over is None or not isinstance(loop.target, ast.Name):
        return None
    name = loop.target.id
    found = [_value(node.elt, known | {name: each}) for each in over]
    return None if None in found else found


def _said_by_words(node: ast.Call, known: Known) -> Any:
    """`ROWS.replace("a", "b")` and the like: what words can do to themselves."""
    assert isinstance(node.func, ast.Attribute)
    words, given = _value(node.func.value, known), [_value(one, known) for one in node.args]
    if not isinstance(words, str) or node.func.attr not in WORDS_CAN or None in given:
        return None
    return getattr(words, node.func.attr)(*given)


def _helped(node: ast.Call, known: Known) -> Any:
    assert isinstance(node.func, ast.Name)
    name, given = node.func.id, [_value(one, known) for one in node.args]
    if name == "range" and None not in given:
        return list(range(*given))
    helper = known.get(name)
    if name == "tables":
        return _table_of_tables(node, given, helper, known)
    return _lines(node, given, helper, known)


def _table_of_tables(node: ast.Call, given: list, helper: ast.FunctionDef | None, known: Known) -> dict:
    """What this example gives of its own; what every example of the spec has alike is not said again each time."""
    names = [one.arg for one in helper.args.args] if helper else ["attendance_weeks"]
    told = dict(zip(names, given, strict=False))
    return told | {one.arg: _value(one.value, known) for one in node.keywords if one.arg}


def _lines(node: ast.Call, given: list, helper: ast.FunctionDef | None, known: Known) -> str | None:
    """A helper that draws a table: a pupil's weeks on a line each, as `weeks(Ada="0 1 0")`, or a few numbers."""
    name = getattr(node.func, "id", "")
    rows = [("", value) for value in given]
    rows += [(one.arg or "", _value(one.value, known)) for one in node.keywords]
    if any(value is None or isinstance(value, dict | list) for _, value in rows):
        return None
    says = (ast.get_docstring(helper) or "").partition("\n")[0] if helper else ""
    says = (says.partition(": ")[2] or says or WEEK_BY_WEEK.get(name, "")).rstrip(".")
    is_of_pupils = bool(node.keywords) and all(isinstance(value, str) for _, value in rows)
    head = "person_id" if is_of_pupils else _spoken(name)
    return "\n".join([f"{head} | {says}", *[f"{who} | {' '.join(str(what).split())}" for who, what in rows]])
