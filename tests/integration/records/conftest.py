"""A home of its own for each test, and `rowan records …` run in it as somebody would."""

import json
from pathlib import Path

import pytest

from rowan.command import main


@pytest.fixture
def home(tmp_path, settings) -> Path:
    settings.ROWAN_HOME = tmp_path / "home"
    return settings.ROWAN_HOME


@pytest.fixture
def rowan(home, db, capsys, monkeypatch):
    """Run a command: its exit status, what it printed, and what it said on standard error."""
    # A command closes its connections as it ends; the test's own transaction goes on.
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def take_in(rowan):
    """Import something and get its report as it is printed with --json, a dict a file."""

    def run(*paths: Path, sender: str = "council-899", status: int = 0, more: tuple = ()) -> list[dict]:
        ended, out, err = rowan("records", "import", *paths, "--from", sender, "--json", *more)
        assert ended == status, err
        return json.loads(out)["files"]

    return run


@pytest.fixture
def write(tmp_path):
    """Write a file the way a sender might."""

    def put(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        file = tmp_path / "sent" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return file

    return put
