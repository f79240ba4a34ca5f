"""The `rowan` command where what Rowan stands on is not installed, or not all of it."""

import argparse
import builtins

import django
import pytest
from django.core.management import get_commands, load_command_class

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


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["overnight", "--as-of", "foo"], "argument --as-of: 'foo' is not a date; write it as 2026-03-01"),
        (["county", "x", "--seed", "1", "--children", "200", "--until", "1/2/2026"], "'1/2/2026' is not a date; write it as 2026-03-01"),
        (["county", "x", "--seed", "1", "--children", "many"], "argument --children: 'many' is not a whole number; write it in digits, such as 200"),
        (["county", "x", "--seed", "1", "--children", "200", "--stories-per-1000", "few"], "'few' is not a number; write it in digits, such as 2 or 0.5"),
        # A verb of a command, and a verb of a verb.
        (["records", "import", "x", "--received-on", "today"], "argument --received-on: 'today' is not a date; write it as 2026-03-01"),
        (["agencies", "post", "seat", "ada", "--title", "a", "--agency", "b", "--from", "now"], "'now' is not a date; write it as 2026-03-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_with_how_to_write_it(capsys, typed, said):
    assert command.main(typed) == 2
    assert said in capsys.readouterr().err


def test_no_command_reads_a_date_or_a_number_in_a_way_of_its_own():
    """Another function's name would stand in the answer: "invalid _a_date value"."""
    django.setup()
    known = {int, float, str, None, command.date.fromisoformat}
    for name, room in get_commands().items():
        if str(room).startswith("rowan."):
            for parser in _parsers(load_command_class(str(room), name).create_parser("rowan", name)):
                for action in parser._actions:
                    assert action.type in known or getattr(action.type, "__name__", "") == "Path", (
                        name,
                        action.dest,
                    )


def _parsers(parser):
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb in action.choices.values():
                yield from _parsers(verb)
