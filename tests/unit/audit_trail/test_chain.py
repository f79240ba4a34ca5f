"""No two lines are encoded alike, whatever people type; and the verifier's own Ed25519 agrees with the library's."""

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from rowan.audit_trail import verifier
from rowan.audit_trail.rules.chain import digest, encoded, fit_to_keep, particulars_in_words

HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet='0123456789:,"\\{}[]\n\r\x00\x1b\x7f'),
    st.sampled_from(
        ["3:abc,", "0:,", "\r\nline 7", "'; drop table x; --", "\u202egnp", "\ud800", "🙂", "=1+1", "\x00"]
    ),
)
words = st.lists(HOSTILE, min_size=14, max_size=14)


def decoded(octets: bytes) -> list[str]:
    """Netstrings read back: what can be read back one way only cannot be two things."""
    found = []
    while octets:
        length, _, rest = octets.partition(b":")
        assert rest[int(length) : int(length) + 1] == b","
        found.append(rest[: int(length)].decode("utf-8", "surrogatepass"))
        octets = rest[int(length) + 1 :]
    return found


@settings(max_examples=360, deadline=None)
@given(words)
def test_hostile_words_are_read_back_as_they_were(values):
    # Fourteen strings a time: five thousand of them.
    assert decoded(encoded(values)) == values


@settings(max_examples=100, deadline=None)
@given(words, words)
def test_only_the_same_words_give_the_same_hash(one, other):
    same = digest(b"k" * 32, "0" * 64, 1, "key", one) == digest(b"k" * 32, "0" * 64, 1, "key", other)
    assert same == (one == other)


def test_moving_a_letter_from_one_field_to_the_next_is_another_line():
    assert encoded(["ab", "c"]) != encoded(["a", "bc"]) != encoded(["abc", ""])


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_what_is_kept_is_what_every_database_takes(text):
    kept = fit_to_keep(text)
    assert "\x00" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert fit_to_keep(kept) == kept


@given(st.dictionaries(st.text(), st.integers() | st.floats(allow_nan=False, allow_infinity=False) | HOSTILE))
def test_particulars_have_one_spelling(particulars):
    spelt = particulars_in_words(particulars)
    assert spelt.isascii()
    assert particulars_in_words(json.loads(spelt)) == spelt


@settings(max_examples=8, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100))
def test_the_verifiers_own_signature_check_agrees_with_the_librarys(seed, message):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw().hex(), private.sign(message)
    assert verifier.is_signed(public, message, signature.hex())
    wrong = bytes([signature[0] ^ 1]) + signature[1:]
    assert not verifier.is_signed(public, message, wrong.hex())
    assert not verifier.is_signed(public, message + b"x", signature.hex())
