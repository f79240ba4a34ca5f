"""The counts that decide whether a push passes."""

import json

import pytest

from tests import account


@pytest.fixture
def runs(tmp_path):
    def write(name, *, passed=0, failed=0, not_run=()):
        (tmp_path / f"{name}.json").write_text(
            json.dumps({"passed": passed, "failed": failed, "not_run": list(not_run)}), encoding="utf-8"
        )
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
