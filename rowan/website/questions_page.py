"""The page of published rules, made from their declarations and from the specs that hold them: what an expert signs is what is tested."""

import ast
import re
from textwrap import dedent

from django.conf import settings

from rowan.agencies.rules.posts import POST_NAMES
from rowan.questions.rules.declaration import Rule, plain
from rowan.questions.rules.register import NO_RULE_ABOUT, PUBLISHED

SPECS = "tests/spec/questions"
NO_SCORE = (
    "A rule asks a named person a question and shows the rows that made it ask. It is no score and no finding, and that no rule has asked "
    "is no sign that all is well. People decide."
)
# What a spec's line of weeks says, by the name it is drawn with.
WEEK_BY_WEEK = {"weeks": "sessions missed of ten", "days_missed": "days or half days missed"}
NOTHING = "Nothing is asked."


def questions_page() -> str:
    """Every rule as published, then each spec as a sentence with its small tables."""
    specs = [read_spec(file.read_text()) for file in sorted((settings.CHECKOUT / SPECS).glob("test_*.py"))]
    of_rule = {spec["rule"]: spec for spec in specs if spec["rule"]}
    parts = [
        "# The rules and the questions they put",
        NO_SCORE,
        *[part for rule in PUBLISHED for part in _rule(rule, of_rule.get(rule.name))],
        *[f"**There is no rule about {what}.** {why}" for what, why in NO_RULE_ABOUT.items()],
        *[part for spec in specs if spec["title"] and not spec["rule"] for part in _spec(spec, "## ")],
    ]
    return "\n\n".join(parts)


def _rule(rule: Rule, spec: dict | None) -> list[str]:
    due = plain(rule.due_working_days.default)
    return [
        f"## {rule.title}",
        f"**{rule.published({})}**",
        rule.question,
        f"*Why.* {rule.why}",
        f"*Asks* {POST_NAMES[rule.asks]}{_or_else(rule)}. Due within {due} working days.",
        f"*Version* {rule.version} · *owner* {rule.owner} · *review* {rule.review_on.day} {rule.review_on:%B %Y} · *source* {rule.source}",
        f"*Equality.* {rule.equality_note}",
        "*Ordinary reasons to think of first:* " + "; ".join(rule.could_be) + ".",
        "*Does not see:* " + "; ".join(rule.not_seen({})) + ".",
        *(_spec(spec, "### ") if spec else []),
    ]


def _or_else(rule: Rule) -> str:
    if rule.about_a_feed:
        return ", then that post's deputy; whoever keeps the feeds may answer too"
    if rule.asks_the_school:
        return ", then the school's deputies in their order, never the hub"
    deputy = f"; deputy: {POST_NAMES[rule.deputy]}" if rule.deputy else ""
    return f"{deputy}; a child with an open case: the allocated worker"


def _spec(spec: dict, heading: str) -> list[str]:
    parts = [heading + spec["title"]]
    for sentence, tables in spec["tests"]:
        parts.append(f"**{sentence}.**")
        parts += [f"{name}:\n\n{_markdown(text)}" for name, text in tables if text.strip()]
    return parts


def read_spec(source: str) -> dict:
    """A spec's title, its rule, and each test as a sentence with the tables it draws."""
    tree = ast.parse(source)
    words = _constants(tree)
    tests = [
        (_sentence(node.name), _tables(node, words))
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return {"title": words.get("title", ""), "rule": words.get("rule", ""), "tests": tests}


def _sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    words = re.sub(
        r"\b(child|school|agency|pupil|group|council)s (?=own|past|file|report|row)", r"\1's ", words
    )
    words = re.sub(r"\b(?:mon|tues|wednes|thurs|fri)days?\b", lambda day: day[0].capitalize(), words)
    return words[:1].upper() + words[1:]


def _constants(tree: ast.Module, known: dict | None = None) -> dict:
    """Module-level names whose value can be read off the page: words, and tables of words."""
    found = dict(known or {})
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = _value(node.value, found)
            if value is not None:
                found[node.targets[0].id] = value
    return found


def _value(node: ast.expr, known: dict) -> str | int | dict | None:
    """What an expression says, as far as it can be read without running it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int):
        return node.value
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mult):
        left, right = _value(node.left, known), _value(node.right, known)
        if left is None or right is None or isinstance(left, dict) or isinstance(right, dict):
            return None
        return left + right if isinstance(node.op, ast.Add) else left * right
    if isinstance(node, ast.Dict):
        return _drawn(node, known)
    if isinstance(node, ast.Call) and node.keywords and not isinstance(node.func, ast.Attribute):
        return _lines(node, known)
    return None


def _drawn(node: ast.Dict, known: dict) -> dict:
    tables: dict = {}
    for key, value in zip(node.keys, node.values, strict=True):
        read = _value(value, known)
        if key is None:
            tables |= read if isinstance(read, dict) else {}
        elif isinstance(key, ast.Constant) and isinstance(read, str):
            tables[key.value] = read
    return tables


def _lines(node: ast.Call, known: dict) -> str | None:
    """A pupil's weeks written on one line each: `weeks(Ada="0 1 0")`."""
    rows = [(keyword.arg, _value(keyword.value, known)) for keyword in node.keywords]
    if not all(isinstance(value, str) and name for name, value in rows):
        return None
    head = f"person_id | {WEEK_BY_WEEK.get(getattr(node.func, 'id', ''), '')}, week by week"
    return "\n".join([head, *[f"{name} | {' '.join(value.split())}" for name, value in rows]])


def _tables(test: ast.FunctionDef, known: dict) -> list[tuple[str, str]]:
    """Every table of every `spec(…)` in a test: what goes in, and what comes out."""
    known = _constants(ast.Module(body=test.body, type_ignores=[]), known)
    found = []
    for call in ast.walk(test):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "spec"):
            continue
        given, expected = call.args[1], _value(call.args[2], known)
        drawn = _value(given, known)
        if isinstance(given, ast.Call) and given.args:
            drawn = {"attendance_weeks": _value(given.args[0], known) or ""}
        if isinstance(drawn, dict):
            found += [
                (_spoken(name), dedent(text))
                for name, text in drawn.items()
                if (_spoken(name), dedent(text)) not in found
            ]
        if isinstance(expected, str):
            rows = [line for line in expected.strip().splitlines() if line.strip()]
            found.append(("gives", NOTHING if len(rows) < 2 else dedent(expected)))
    return found


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _markdown(table: str) -> str:
    if table == NOTHING:
        return NOTHING
    lines = [line.strip() for line in table.strip().splitlines() if set(line.strip()) - set("-+| ")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    rule = ["---"] * len(rows[0])
    return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], rule, *rows[1:]])
