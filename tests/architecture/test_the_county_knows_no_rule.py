"""The invented county is what the rules are judged on, so it may know none of them, nor any other room."""

import ast
from pathlib import Path

from rowan.questions.rules.register import RULES
from rowan.timescales.declared import declared_settings

ROOM = Path(__file__).resolve().parents[2] / "rowan" / "synthetic"
ALLOWED = ("rowan.synthetic", "rowan.refusals")


def imported(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {node.module} | {
                f"{node.module}.{alias.name}" for alias in node.names if node.module == "rowan"
            }
    return {name for name in names if name.split(".")[0] == "rowan" and name != "rowan"}


def strangers(source: str) -> set[str]:
    return {
        name for name in imported(source) if not any(name == a or name.startswith(a + ".") for a in ALLOWED)
    }


def test_the_county_imports_no_other_room():
    found = {str(path): strangers(path.read_text(encoding="utf-8")) for path in ROOM.rglob("*.py")}
    assert not {path: names for path, names in found.items() if names}


def test_an_import_of_the_rules_would_be_seen():
    assert strangers("from rowan.questions.rules import missing_again") == {"rowan.questions.rules"}
    assert strangers("from rowan import questions") == {"rowan.questions"}
    assert strangers("import rowan.chronology.tables.events") == {"rowan.chronology.tables.events"}


def test_only_the_command_knows_django():
    for path in ROOM.rglob("*.py"):
        if "management" not in path.parts:
            assert "django" not in path.read_text(encoding="utf-8"), path


def test_no_file_of_the_county_names_a_rule_or_a_setting():
    """Its figures and shapes are data: they could lean on a threshold without importing it."""
    names = {rule.name for rule in RULES} | {setting.name for setting in declared_settings()}
    texts = {
        path: path.read_text(encoding="utf-8") for end in ("py", "csv") for path in ROOM.rglob(f"*.{end}")
    }
    assert len(names) > 20 and len(texts) > 20
    assert not {(path.name, name) for path, text in texts.items() for name in names if name in text}
