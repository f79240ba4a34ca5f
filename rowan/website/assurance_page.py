"""`docs/generated/assurance.md`: what the long assurance runs were asked and what they found, made from the record they leave.

Nobody types a figure: a run writes its own into docs/measured/assurance.json, a failed one as failed (tests/soak/measuring.py).
"""

import ast
import json
from datetime import datetime
from pathlib import Path

from django.conf import settings

HEAD = """# What the long assurance runs found

Each run of `make soak` leaves its figures on record itself, whether it held or not, in `docs/measured/assurance.json`; this page is
made of that record. The short forms that `make test` runs leave none. Every figure is of invented people. *Load* is how many processes
wanted the machine when a run began: figures in seconds are worth what it says.
"""


def assurance_page() -> str:
    return page(on_record(), long_runs())


def on_record() -> dict[str, dict]:
    file = settings.CHECKOUT / "docs" / "measured" / "assurance.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def long_runs() -> dict[str, str]:
    """Every test of the soak, and what it asks, from its own first paragraph."""
    found = {}
    for path in sorted((settings.CHECKOUT / "tests" / "soak").glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                asked = (ast.get_docstring(node) or node.name).partition("\n\n")[0]
                found[f"tests/soak/{path.name}::{node.name}"] = " ".join(asked.split())
    return found


def page(kept: dict[str, dict], runs: dict[str, str]) -> str:
    parts = [HEAD]
    if failed := [name for name, run in kept.items() if not run["held"]]:
        parts.append(f"**Failed when last run: {len(failed)}.** They stand first.\n")
    for name in sorted(kept, key=lambda name: (kept[name]["held"], name)):
        parts.append(_one(name, kept[name], runs))
    measured = {_test(name) for name in kept}
    if never := [name for name in runs if name not in measured]:
        parts.append(
            "## Not on record yet\n\n" + "\n".join(f"- {runs[name]} (`{name}`)" for name in never) + "\n"
        )
    return "\n".join(parts)


def _one(name: str, run: dict, runs: dict[str, str]) -> str:
    test, title = _test(name), Path(name.partition("::")[0]).stem.removeprefix("test_").replace("_", " ")
    at = datetime.fromisoformat(run["began_at"])
    where = f"{at.day} {at:%B %Y, %H:%M}, commit `{run['commit']}`, {run['database']}, {run['machine']}; load {run['load_when_it_began']}"
    lines = [
        f"## {title.capitalize()}, on {name.rpartition(' on ')[2]}: {'held' if run['held'] else 'FAILED'}",
        "",
        f"Asked: {run['asked']}",
        "",
        *_figures(run["found"]),
        "",
        f"`{test}` · {where} · took {_how_long(run['seconds'])}",
        "",
    ]
    if test not in runs:
        lines.insert(3, "*There is no such test any more: the figures are history.*\n")
    elif runs[test] != run["asked"]:
        lines.insert(3, "*The test asks something else by now; it has not been run since.*\n")
    return "\n".join(lines)


def _figures(found: dict) -> list[str]:
    if not found:
        return ["It failed before it found anything."]
    lines = []
    for what, number in found.items():
        if isinstance(number, dict):
            lines += [f"- {what}: " + "; ".join(f"{name} {_told(each)}" for name, each in number.items())]
        elif what == "seed":
            lines += [f"- seed: {number}"]
        else:
            lines += [f"- {what}: **{_told(number)}**"]
    return lines


def _told(number: object) -> str:
    return f"{number:,}" if isinstance(number, int | float) else str(number)


def _how_long(seconds: int) -> str:
    return f"{seconds} s" if seconds < 180 else f"{round(seconds / 60)} min"


def _test(name: str) -> str:
    return name.rpartition(" on ")[0]
