"""The counts that decide whether a push passes."""

import json
from types import SimpleNamespace

import pytest

from tests import account
from tests.account import seconds_by_file


@pytest.fixture
def runs(tmp_path):
    def write(name, *, passed=0, failed=0, not_run=(), seconds=None):
        counts = {"passed": passed, "failed": failed, "not_run": list(not_run), "seconds": seconds or {}}
        (tmp_path / f"{name}.json").write_text(json.dumps(counts), encoding="utf-8")
        return tmp_path

    return write


def last_line(capsys) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_the_runs_are_added_up_in_one_plain_closing_line(runs, capsys):
    runs("units", passed=5)
    folder = runs("specs", passed=2, not_run=[("test_samples", "needs ../shared, the public samples")])
    assert account.main([str(folder), "--strict"]) == 0
    assert last_line(capsys) == "7 passed, 0 failed, 1 skipped"


def test_one_failed_test_fails_the_whole(runs, capsys):
    runs("units", passed=5)
    assert account.main([str(runs("specs", passed=2, failed=1))]) == 1
    assert last_line(capsys) == "7 passed, 1 failed, 0 skipped"


def test_a_skip_for_want_of_a_program_is_named_but_fails_only_a_push(runs, capsys):
    folder = runs(
        "acceptance", passed=1, not_run=[("test_a_girl", "needs Chromium (Debian package chromium)")]
    )
    assert account.main([str(folder)]) == 0
    assert "needs Chromium" in capsys.readouterr().out
    assert account.main([str(folder), "--strict"]) == 1


def test_a_run_of_nothing_is_no_pass(tmp_path):
    assert account.main([str(tmp_path), "--strict"]) == 1


def test_each_run_says_which_of_its_files_took_longest(runs, capsys):
    runs("specs", passed=3, seconds={"test_steps.py": 2.04, "test_nights.py": 31.5, "test_names.py": 0.1})
    folder = runs("units", passed=1, seconds={"test_steps.py": 0.2})
    assert account.main([str(folder), "--slowest", "2"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1:4] == [
        "specs: 34 s in tests, longest",
        "    31.5 s  test_nights.py",
        "     2.0 s  test_steps.py",
    ]
    assert said[5:7] == ["units: 0 s in tests, longest", "     0.2 s  test_steps.py"]
    assert said[-1] == "4 passed, 0 failed, 0 skipped"


def test_nobody_is_told_of_seconds_who_does_not_ask(runs, capsys):
    assert account.main([str(runs("specs", passed=1, seconds={"test_nights.py": 31.5}))]) == 0
    assert "test_nights" not in capsys.readouterr().out


def test_a_files_seconds_are_those_of_all_its_tests_from_setting_up_to_clearing_up():
    def took(test, seconds):
        return SimpleNamespace(nodeid=test, duration=seconds)

    a_warning = SimpleNamespace(nodeid="test_nights.py::test_one")
    reports = [took("test_nights.py::test_one", 0.5), took("test_nights.py::test_one", 1), a_warning]
    reports += [took("test_nights.py::test_two[a::b]", 2), took("test_steps.py::test_one", 0.25)]
    assert seconds_by_file(reports) == {"test_nights.py": 3.5, "test_steps.py": 0.25}
