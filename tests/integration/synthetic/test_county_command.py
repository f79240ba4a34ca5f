"""`rowan county` at the command line."""

import json

import pytest

from rowan import command

pytestmark = pytest.mark.one_database

USUAL = ["--children", "200", "--seed", "1", "--until", "2026-07-17"]


def test_it_writes_a_county_and_prints_its_counts(tmp_path, capsys):
    assert command.main(["county", str(tmp_path / "c"), *USUAL, "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["children"] == 200
    assert "county: written" in printed.err
    assert (tmp_path / "c" / "INVENTED").exists()


def test_it_replaces_a_county_but_nothing_else(tmp_path, capsys):
    assert command.main(["county", str(tmp_path / "c"), *USUAL]) == 0
    assert command.main(["county", str(tmp_path / "c"), *USUAL[:3], "2", *USUAL[4:]]) == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("kept", encoding="utf-8")
    assert command.main(["county", str(tmp_path / "mine"), *USUAL]) == 1
    assert "nothing was changed" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--children", "199", "--seed", "1"],
        ["--children", "1000001", "--seed", "1"],
        ["--children", "200", "--seed", "1", "--stories-per-1000", "101"],
        ["--children", "200", "--seed", "1", "--until", "1999-01-01"],
        ["--children", "200", "--seed", "1", "--stories", "no-such-file.csv"],
    ],
)
def test_what_cannot_be_written_is_refused_in_one_plain_line(tmp_path, capsys, arguments):
    assert command.main(["county", str(tmp_path / "c"), *arguments]) == 1
    complaint = capsys.readouterr().err.strip()
    assert complaint.startswith("rowan: ")
    assert "\n" not in complaint
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--children", "many", "--seed", "1"],
        ["--children", "200", "--seed", "1", "--until", "soon"],
        ["--children", "200"],
    ],
)
def test_wrong_usage_is_said_so(tmp_path, arguments):
    assert command.main(["county", str(tmp_path / "c"), *arguments]) == 2


def test_a_county_whose_writing_was_stopped_is_not_finished_and_can_be_written_again(tmp_path, monkeypatch):
    from rowan.synthetic.county import County

    def stopped(self):
        (self.out / "truth").mkdir()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(County, "write", stopped)
        assert command.main(["county", str(tmp_path / "c"), *USUAL]) == 130
    assert not (tmp_path / "c" / "INVENTED").exists()
    assert command.main(["county", str(tmp_path / "c"), *USUAL]) == 0
    assert (tmp_path / "c" / "INVENTED").exists()
    assert not (tmp_path / "c" / "INVENTED.unfinished").exists()
