"""The head of the trail is signed and kept outside the database; an export is checked by one file that shares no code."""

import json
import os
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as settings_now
from django.core.management import CommandError, call_command
from django.db import connection

from rowan.audit_trail import verifier
from rowan.audit_trail.actions import OPERATOR, ROWAN, export, record
from rowan.audit_trail.anchors import FILE, anchor, what_was_anchored
from rowan.audit_trail.exporting import write_export
from rowan.audit_trail.guards import refuse_unguarded
from rowan.audit_trail.keys import CHAIN, anchors_public_keys
from rowan.audit_trail.models import Entry
from rowan.encryption import this_homes_keys
from rowan.refusals import NotPossible
from rowan.timescales.background import put_what_is_due, work
from rowan.timescales.declared import declared_schedule
from tests.tampering import a_trail, change_words, rewrite_with_the_key, truncate, with_every_right

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def anchors(tmp_path, settings) -> Path:
    settings.ROWAN_HOME, settings.ROWAN_ANCHORS = tmp_path / "home", tmp_path / "elsewhere"
    return tmp_path / "home" / "anchors" / FILE


def leave(lines: int = 1) -> None:
    for number in range(lines):
        record(by=ROWAN, did=f"act {number}")


def verify(*options: str) -> str:
    out = StringIO()
    call_command("audit_trail", "verify", *options, stdout=out)
    return out.getvalue()


def test_an_anchor_holds_the_head_and_goes_to_both_folders(anchors, settings):
    leave(3)
    made = anchor(NOW)
    assert (made.position, made.digest) == Entry.objects.values_list("position", "digest").last()
    assert anchor(NOW) is None  # nothing was added
    leave()
    assert anchor(NOW + timedelta(minutes=15)).position == 4
    assert [each.position for each in what_was_anchored().good] == [3, 4]
    assert (settings.ROWAN_ANCHORS / FILE).read_text() == anchors.read_text()
    assert "Whole." in verify()


def test_the_worker_anchors_every_fifteen_minutes(anchors):
    assert dict(declared_schedule())["rowan.audit_trail.anchors.anchor"] == 15
    leave(2)
    put_what_is_due(NOW)
    work("a worker", stop=lambda: False, until_idle=True)
    assert what_was_anchored().by_position.keys() >= {2}


def test_a_second_folder_that_was_away_is_brought_up_to_date(anchors, settings):
    elsewhere, settings.ROWAN_ANCHORS = settings.ROWAN_ANCHORS, None
    leave()
    anchor(NOW)
    settings.ROWAN_ANCHORS = elsewhere
    leave()
    anchor(NOW)
    assert (elsewhere / FILE).read_text() == anchors.read_text()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: [lines[0], lines[2]], "anchors were taken out"),
        (lambda lines: [lines[0], lines[1].replace('"position":4', '"position":3'), lines[2]], "not signed"),
        (lambda lines: [lines[0], lines[1][:40], lines[2]], "cannot be read"),
        (lambda lines: lines[:2], "missing in the home"),
        (lambda lines: [], "missing in the home"),
    ],
)
def test_anchors_that_were_changed_or_taken_out_are_found(anchors, change, said):
    for number in range(3):
        leave(2)
        anchor(NOW + timedelta(minutes=15 * number))
    anchors.write_text("".join(f"{line}\n" for line in change(anchors.read_text().splitlines())))
    assert any(said in fault for fault in what_was_anchored().faults)
    with pytest.raises(CommandError, match="trail is broken"):
        verify()


def test_a_line_torn_by_a_killed_run_does_not_spoil_the_next(anchors, settings):
    settings.ROWAN_ANCHORS = None
    leave()
    anchor(NOW)
    with anchors.open("a") as file:
        file.write('{"at":"2026-')
    leave()
    anchor(NOW)
    said = what_was_anchored()
    assert ([each.position for each in said.good], said.faults) == ([1, 2], ["anchor 2 cannot be read"])


def test_verify_says_where_it_breaks_and_what_lies_after_the_last_anchor(anchors, tmp_path):
    leave(5)
    anchor(NOW)
    leave(2)
    assert "Lines 6 to 7 lie after the last anchor" in verify()
    told = json.loads(verify("--json"))
    assert (told["whole"], told["anchored_to"], told["head"], told["unguarded"]) == (True, 5, 7, [])
    with with_every_right() as cursor:
        change_words(cursor, random.Random(1), 4, 4)
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("audit_trail", "verify", stdout=out)
    assert "line 4: changed" in out.getvalue()
    assert "the trigger" in out.getvalue()


def test_a_whole_trail_without_its_guards_passes_in_a_trial_and_fails_in_a_home_in_service(anchors, settings):
    leave(2)
    anchor(NOW)
    with with_every_right():
        assert verify().endswith("Whole, but unguarded.\n")
        settings.SERVED_ON_LOOPBACK = False
        with pytest.raises(CommandError, match="this home is in service: put the guards back"):
            call_command("audit_trail", "verify", stdout=StringIO())
    assert "Whole." in verify()


def test_an_unguarded_trail_is_not_served_in_service_and_warned_of_in_a_trial(anchors, settings):
    leave()
    anchor(NOW)
    said: list[str] = []
    refuse_unguarded(connection, said.append)
    with with_every_right():
        refuse_unguarded(connection, said.append)
        settings.SERVED_ON_LOOPBACK = False
        with pytest.raises(NotPossible, match="the trigger .* is missing.* not served like this"):
            refuse_unguarded(connection, said.append)
    refuse_unguarded(connection, said.append)
    assert len(said) == 1 and said[0].startswith("WARNING: The database would let somebody change")


def test_rowan_does_not_serve_on_postgresql_as_the_role_that_owns_the_trail(tmp_path):
    if connection.vendor != "postgresql":
        return  # SQLite has no roles
    where, place = connection.settings_dict, quote(str(connection.settings_dict["HOST"]), safe="")
    environment = {
        **{name: value for name, value in os.environ.items() if name != "ROWAN_OWNER_URL"},
        "DATABASE_URL": f"postgresql://{settings_now.DATABASE_OWNER['USER']}@{place}/{where['NAME']}",
        "ROWAN_HOSTS": "rowan.invented.example",
        "ROWAN_HOME": str(tmp_path),
    }
    served = subprocess.run(
        [sys.executable, "-m", "rowan.command", "serve"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert served.returncode == 1, served.stderr
    assert "holds UPDATE, DELETE, TRUNCATE" in served.stderr and "owns it" in served.stderr


def test_lines_bound_by_an_older_key_still_verify(anchors):
    leave(2)
    this_homes_keys().add_newest(CHAIN)
    leave(2)
    assert len(set(Entry.objects.values_list("key_id", flat=True))) == 2
    assert "Whole." in verify()


@pytest.fixture
def exported(anchors, tmp_path) -> Path:
    a_trail()
    export(tmp_path / "trail.jsonl", by=OPERATOR, now=NOW)
    return tmp_path / "trail.jsonl"


def inspected(path: Path, *options: str, keys: bool = True) -> tuple[int, str]:
    """As an inspector runs it: alone, with a bare Python that has never heard of Rowan."""
    key = ["--key", str(this_homes_keys().path(CHAIN))] if keys else []
    arguments = [str(path), "--public-key", anchors_public_keys()[0], *key, *options]
    ran = subprocess.run(
        [sys.executable, "-I", "-S", verifier.__file__, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


def test_an_export_ends_with_its_own_line_and_the_one_file_finds_it_whole(exported):
    assert Entry.objects.last().did == "exported the audit trail"
    for keys in (True, False):
        code, said = inspected(exported, "--every-signature", keys=keys)
        assert (code, "Whole." in said) == (0, True), said
    with pytest.raises(NotPossible, match="already"):
        export(exported, by=OPERATOR, now=NOW)


def test_an_export_is_anchored_up_to_its_own_line(exported):
    assert what_was_anchored().good[-1].position == Entry.objects.last().position
    beside = exported.with_name("trail.jsonl.anchors.jsonl").read_text().splitlines()
    assert beside == [each.line for each in what_was_anchored().good]


def signed_anew(exported: Path, change) -> None:
    """An export that Rowan signs after the trail was changed under it, as a rogue operator would have it."""
    with with_every_right() as cursor:
        change(cursor)
        write_export(exported, NOW)


@pytest.mark.parametrize(
    ("change", "keys", "said"),
    [
        (
            lambda cursor: rewrite_with_the_key(cursor, random.Random(1), 40, 40),
            True,
            "not the line that was anchored",
        ),
        (lambda cursor: change_words(cursor, random.Random(1), 40, 40), True, "at line 40: does not fit"),
        (lambda cursor: change_words(cursor, random.Random(1), 40, 40), False, "Whole."),
        (lambda cursor: truncate(cursor, random.Random(1), 80, 80), False, "were anchored and are missing"),
    ],
    ids=["rewritten with the key", "changed", "changed, without the key", "truncated"],
)
def test_a_trail_that_was_changed_and_then_exported_is_found_by_the_key_and_the_older_anchors(
    exported, change, keys, said
):
    older = exported.with_name("older.anchors.jsonl")
    older.write_text(exported.with_name("trail.jsonl.anchors.jsonl").read_text())
    signed_anew(exported, change)
    code, told = inspected(exported, "--anchors", str(older), keys=keys)
    # What only the key can tell is said to be unchecked without it.
    assert (code, said in told) == (0 if said == "Whole." else 1, True), told
    assert keys or "lines were not checked against one another" in told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: [lines[0], *lines[2:]], "anchors were taken out or changed"),
        (lambda lines: [lines[0], lines[1][:40], *lines[2:]], "anchor 2 cannot be read"),
        (
            lambda lines: [*lines[:-1], lines[-1].replace('"at":"2026', '"at":"2027')],
            "is not signed by the key",
        ),
    ],
    ids=["taken out", "torn", "changed"],
)
def test_the_one_file_finds_what_is_wrong_with_the_anchors(exported, change, said):
    beside = exported.with_name("trail.jsonl.anchors.jsonl")
    beside.write_text("".join(f"{line}\n" for line in change(beside.read_text().splitlines())))
    code, told = inspected(exported)
    assert (code, said in told) == (1, True), told


def test_the_one_file_says_which_key_it_was_not_given(exported, tmp_path):
    other = tmp_path / "other.keys"
    other.write_text("A" * 43 + "=\n")
    code, told = inspected(exported, "--key", str(other), keys=False)
    assert (code, "which you did not give" in told) == (1, True), told


def changed(lines, place):
    line = json.loads(lines[place])
    line[9] = "looked away"
    return [*lines[:place], json.dumps(line, separators=(",", ":")), *lines[place + 1 :]]


@pytest.mark.parametrize(
    ("change", "with_the_key", "without"),
    [
        (lambda lines: changed(lines, 40), "at line 40: does not fit", "not as it was signed"),
        (
            lambda lines: [*lines[:40], *lines[41:]],
            "lines 40 to 40 are missing",
            "lines 40 to 40 are missing",
        ),
        (lambda lines: [*lines[:40], lines[41], lines[40], *lines[42:]], "at line 41", "at line 41"),
        (lambda lines: lines[:40], "breaks off after line 39", "breaks off after line 39"),
        (lambda lines: [*lines[:41], *lines[40:]], "a line too many", "a line too many"),
    ],
)
def test_an_export_that_was_changed_is_found_with_the_key_and_without(
    exported, change, with_the_key, without
):
    exported.write_text("".join(f"{line}\n" for line in change(exported.read_text().splitlines())))
    for keys, said in ((True, with_the_key), (False, without)):
        code, told = inspected(exported, keys=keys)
        assert (code, said in told) == (1, True), told


def test_an_export_signed_by_somebody_else_is_refused(exported):
    code, said = inspected(exported, "--public-key", "11" * 32)
    assert code == 0, said  # one more key that signed nothing does no harm
    key = verifier.is_signed("11" * 32, b"", "22" * 64)
    assert key is False
    ran = subprocess.run(
        [sys.executable, "-I", verifier.__file__, str(exported), "--public-key", "11" * 32],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, "not signed by a key you gave" in ran.stdout) == (1, True)
