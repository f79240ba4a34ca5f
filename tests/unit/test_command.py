"""The `rowan` command where what Rowan stands on is not installed, or not all of it."""

import builtins

import pytest

from rowan import command


@pytest.fixture
def without(monkeypatch):
    """Importing this module fails, as in an environment older than the code."""
    real = builtins.__import__

    def lacking(name):
        def imports(module, *arguments, **more):
            if module == name:
                raise ModuleNotFoundError(f"No module named '{name}'", name=name)
            return real(module, *arguments, **more)

        monkeypatch.delenv("ROWAN_TRACEBACK", raising=False)
        monkeypatch.setattr(builtins, "__import__", imports)

    return lacking


@pytest.mark.parametrize("name", ["django", "django.core.management.base"])
def test_a_part_that_is_not_installed_is_named_with_what_to_do(without, capsys, name):
    without(name)
    assert command.main(["county", "--help"]) == 1
    said = capsys.readouterr().err
    assert f"not installed here ({name})" in said and "make setup" in said
    assert said.count("\n") == 1


def test_a_command_that_finds_a_part_missing_as_it_works_says_the_same(monkeypatch, capsys):
    def lacks(name, arguments):
        raise ModuleNotFoundError("No module named 'splink'", name="splink")

    monkeypatch.delenv("ROWAN_TRACEBACK", raising=False)
    monkeypatch.setattr(command, "_run", lacks)
    assert command.main(["county"]) == 1
    assert "not installed here (splink)" in capsys.readouterr().err
