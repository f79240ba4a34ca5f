"""Each import contract, broken once on purpose in a copy of the building: a guard that cannot fail guards nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

BREAKS = {
    "rooms": ("rowan/audit_trail/actions.py", "from rowan.people import models as later_room\n"),
    "shelves": ("rowan/access/rules/seeing.py", "from rowan.access import models as stored\n"),
    "plain-rules": (
        "rowan/people/rules/in_passing.py",
        '"""A rule that reaches for the framework."""\n\nimport django\n',
    ),
    "night-without-django": (
        "rowan/people/tables/in_passing.py",
        '"""A table that reaches for the web."""\n\nimport django\n',
    ),
    "models-across-rooms": ("rowan/people/models.py", "from rowan.access import actions as pages_above\n"),
    "the-county-knows-no-rule": (
        "rowan/synthetic/in_passing.py",
        '"""A county that peeks."""\n\nimport rowan.questions\n',
    ),
}


def lint(folder: Path, contract: str | None = None) -> subprocess.CompletedProcess:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    return subprocess.run(
        command + (["--contract", contract] if contract else []),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy_of_the_building(tmp_path):
    shutil.copytree(CHECKOUT / "rowan", tmp_path / "rowan", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_building_keeps_its_contracts():
    done = lint(CHECKOUT)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("contract", BREAKS)
def test_a_broken_contract_is_found(contract, copy_of_the_building):
    file, line = BREAKS[contract]
    path = copy_of_the_building / file
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text() if path.exists() else ""
    path.write_text(text + "\n" + line if text else line)
    done = lint(copy_of_the_building, contract)
    assert done.returncode == 1 and "BROKEN" in done.stdout.upper(), done.stdout[-2000:] + done.stderr[-500:]


def test_a_folder_that_is_not_listed_is_found(copy_of_the_building):
    room = copy_of_the_building / "rowan" / "a_new_room"
    room.mkdir()
    (room / "__init__.py").write_text('"""Not in the order yet."""\n')
    done = lint(copy_of_the_building, "rooms")
    assert done.returncode == 1, done.stdout[-2000:]


def test_every_contract_is_broken_once():
    import tomllib

    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {contract["id"] for contract in contracts} == set(BREAKS)
