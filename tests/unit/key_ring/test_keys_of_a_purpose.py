"""A purpose's keys: made once, whole, unreadable by others; and what is said when they are wrong."""

import base64
import json
import os
import stat
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from rowan.key_ring import KeyRing
from rowan.refusals import NotPossible

WITHHELD = b"9 Invented Court, ZQ1 2AB"


@pytest.fixture
def keys(tmp_path):
    return KeyRing(tmp_path / "keys")


def test_what_is_sealed_opens_again_and_does_not_show_what_it_holds(keys):
    token = keys.seal(WITHHELD, "withheld-addresses")
    assert keys.unseal(token, "withheld-addresses") == WITHHELD
    assert b"Invented" not in base64.urlsafe_b64decode(token)
    assert token != keys.seal(WITHHELD, "withheld-addresses")


def test_a_key_is_made_once_for_its_owner_only(keys):
    first = keys.key_for("sources")
    assert len(first) == 32
    assert keys.keys_for("sources") == [first]
    assert stat.S_IMODE(keys.path("sources").stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700
    assert [path.name for path in keys.folder.iterdir()] == ["sources.keys"]


def test_processes_that_start_together_agree_on_one_key(tmp_path):
    script = (
        "import sys; from pathlib import Path; from rowan.key_ring import KeyRing; sys.stdin.readline(); "
        "print(KeyRing(Path(sys.argv[1])).key_for('trail').hex())"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert len({process.communicate()[0] for process in started}) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_purpose_does_not_open_what_another_sealed_and_the_error_names_it_without_the_data(keys):
    token = keys.seal(WITHHELD, "withheld-addresses")
    with pytest.raises(NotPossible) as said:
        keys.unseal(token, "sources")
    assert "'sources'" in said.value.reason
    assert "Invented" not in said.value.reason
    assert token.decode() not in said.value.reason
    assert said.value.__cause__ is None and said.value.__suppress_context__


@pytest.mark.parametrize(
    "content", ["", "not a key", "c2hvcnQ=\n", "\x00" * 44], ids=["empty", "words", "short", "zeros"]
)
def test_a_spoilt_file_is_one_plain_error(keys, content):
    keys.key_for("sources")
    keys.path("sources").write_text(content)
    with pytest.raises(NotPossible, match="'sources'"):
        keys.key_for("sources")


def test_a_home_in_service_makes_no_key_by_itself(tmp_path):
    keys = KeyRing(tmp_path, makes_missing_keys=False)
    with pytest.raises(NotPossible, match="rowan keys make sources"):
        keys.seal(WITHHELD, "sources")
    assert list(tmp_path.iterdir()) == []
    keys.make("sources")
    assert keys.unseal(keys.seal(WITHHELD, "sources"), "sources") == WITHHELD


@pytest.mark.parametrize("purpose", ["", "../site-signing", "Sources", "a b", "a" * 60])
def test_a_purpose_is_a_plain_word(keys, purpose):
    with pytest.raises(NotPossible, match="small letters"):
        keys.key_for(purpose)


def test_after_a_change_older_tokens_open_and_new_ones_are_under_the_newest(keys):
    older = keys.seal(WITHHELD, "sources")
    keys.add_newest("sources")
    assert len(keys.keys_for("sources")) == 2
    assert keys.unseal(older, "sources") == WITHHELD
    newer = keys.sealed_with_newest(older, "sources")
    assert newer != older
    assert keys.sealed_with_newest(newer, "sources") == newer
    assert keys.keep_newest_only("sources") == 1
    assert keys.unseal(newer, "sources") == WITHHELD
    with pytest.raises(NotPossible):
        keys.unseal(older, "sources")
    assert keys.retired_path("sources").exists()


def test_another_ring_sees_a_change_at_its_next_use(keys):
    other = KeyRing(keys.folder)
    assert other.key_for("sources") == keys.key_for("sources")
    keys.add_newest("sources")
    assert other.key_for("sources") == keys.key_for("sources")
    assert other.unseal(keys.seal(WITHHELD, "sources"), "sources") == WITHHELD


def test_an_outsider_checks_a_signature_with_the_printable_part(keys):
    signature = keys.signing_key("exports").sign(b"a manifest")
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys.public_parts("exports")[0]))
    public.verify(signature, b"a manifest")
    keys.add_newest("exports")
    assert len(keys.public_parts("exports")) == 2


def test_the_keys_of_a_home_in_service_are_not_made_by_a_first_use(tmp_path, settings):
    from rowan import encryption

    settings.ROWAN_HOME = tmp_path / "home"
    settings.ROWAN_KEYS = tmp_path / "keys"
    settings.ROWAN_HOME.mkdir()
    (settings.ROWAN_HOME / "home.json").write_text(json.dumps({"kind": "service"}))
    with pytest.raises(NotPossible, match="makes none by itself"):
        encryption.seal("text", purpose="sources")
    assert not os.path.exists(settings.ROWAN_KEYS)
