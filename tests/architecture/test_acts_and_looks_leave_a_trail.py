"""Every action leaves a line on the trail; every page asks for sign-in and, when about a child, for access."""

import ast
from pathlib import Path

import pytest

ROWAN = Path(__file__).resolve().parents[2] / "rowan"
# A shelf is a module, or a folder of them.
ACTIONS = sorted(
    path
    for path in [
        *ROWAN.glob("*/actions.py"),
        *ROWAN.glob("*/actions/*.py"),
        ROWAN / "records" / "attachments.py",
        ROWAN / "agencies" / "accounts.py",
        ROWAN / "agencies" / "api_clients.py",
        ROWAN / "agencies" / "own_sign_in.py",
        ROWAN / "access" / "hiding.py",
        ROWAN / "access" / "openings.py",
        ROWAN / "access" / "restricted.py",
        ROWAN / "people" / "safe_contact.py",
    ]
    if "audit_trail" not in path.parts
)
VIEWS = sorted([*ROWAN.glob("*/*views.py"), *ROWAN.glob("*/api.py"), *ROWAN.glob("*/views/*.py")])
# `refuse` (sharing) records why not, and raises.
LEAVES_A_LINE = {"record", "record_list_shown", "open_record", "refuse"}
# `opened`, `open_draft`, `open_request` and `opened_decision` (sharing) ask `open_record` for the child that a page is about.
ASKS_ACCESS = {"open_record", "seen_by", "opened", "open_draft", "open_request", "opened_decision"}
# Asking for access shows nothing of a child, and must look the same whether or not there is one.
ASKS_ACCESS |= {"open_in_emergency", "look_with_a_reason"}
# Pages anybody may open before signing in; each says why.
OPEN_TO_ALL = {
    "agencies.token": "an agency's system shows its own id and secret",
    "records.feeds_of_an_agency": "an agency's system shows a token of its own",
    "agencies.choose": "the way to an agency's own sign-in",
    "agencies.go": "the way to an agency's own sign-in",
    "agencies.back": "the way back from an agency's own sign-in",
    "agencies.sign_in_by_link": "a demonstration's ten-minute address",
    "questions.rules": "the register of rules is public",
    "questions.rule": "the register of rules is public",
    "sharing.can_i_share": "a teacher may read about sharing before signing in",
    "website.privacy": "whoever is written about may read what is done with it",
    "website.privacy_for_children": "a child may read what is done with it",
    "website.who_is_responsible": "whoever is written about may read who answers for it",
    "website.not_found": "an error page",
}


def room_of(path: Path) -> str:
    return path.relative_to(ROWAN).parts[0]


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def called(node: ast.AST) -> set[str]:
    names = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            names.add(
                call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            )
    return names


def reaches(
    name: str, by_name: dict[str, ast.FunctionDef], goal: set[str], seen: frozenset = frozenset()
) -> bool:
    """Whether a function calls one of `goal`, itself or through a function of its own module."""
    names = called(by_name[name])
    if names & goal:
        return True
    return any(
        reaches(n, by_name, goal, seen | {name}) for n in names & set(by_name) if n not in seen and n != name
    )


def silent_actions(source: str, leaves: set[str] = LEAVES_A_LINE) -> list[str]:
    """Public functions that take `by` and leave no line."""
    by_name = functions(ast.parse(source))
    acts = [
        name
        for name, node in by_name.items()
        if not name.startswith("_") and "by" in [a.arg for a in [*node.args.kwonlyargs, *node.args.args]]
    ]
    return [name for name in acts if not reaches(name, by_name, leaves)]


def imported_actions(source: str) -> set[str]:
    """Names brought in from other rooms' actions: those leave their own line (tested in their own room)."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("actions"):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: str(path.relative_to(ROWAN)))
def test_every_action_leaves_a_line_on_the_trail(path):
    source = path.read_text()
    assert silent_actions(source) == []


def test_a_silent_action_is_found():
    assert silent_actions("def close(case, *, by):\n    case.save()\n") == ["close"]
    assert silent_actions("def close(case, *, by):\n    _do(by)\ndef _do(by):\n    record(by=by)\n") == []


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROWAN)))
def test_every_page_asks_for_sign_in_unless_listed(path):
    by_name = functions(ast.parse(path.read_text()))
    opened = {
        f"{room_of(path)}.{name}"
        for name, node in by_name.items()
        if any("login_not_required" in ast.unparse(d) for d in node.decorator_list)
    }
    assert opened <= set(OPEN_TO_ALL)


def pages_about_a_child(by_name: dict[str, ast.FunctionDef]) -> list[str]:
    about = {"person_id", "question_id", "evidence_id", "answer_id", "entry_key", "owed_id"}
    about |= {"draft_id", "decision_id", "request_id"}
    return [
        name
        for name, node in by_name.items()
        if not name.startswith("_") and about & {a.arg for a in node.args.args}
    ]


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROWAN)))
def test_every_page_about_a_child_asks_access(path):
    by_name = functions(ast.parse(path.read_text()))
    for name in pages_about_a_child(by_name):
        assert reaches(name, by_name, ASKS_ACCESS), (
            f"{room_of(path)}: {name} shows a child without asking access"
        )
