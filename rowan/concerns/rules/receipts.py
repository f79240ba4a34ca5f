"""The receipt: a reference to say on the telephone, which opens nothing, and a code to come back with, which opens the replies.

A code has a hundred random bits, in letters and digits that are not mistaken for one another when they are copied by hand.
"""

import re
from datetime import date
from hashlib import sha256

from .decisions import NOT_REFERRED, REFERRED
from .who_raises import ToldOf

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I, L, O and U
CODE_LETTERS = 20  # of 32 each: 100 bits
REFERENCE_LETTERS = 8
_MISTAKEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_of(number: int) -> str:
    """A code from a number drawn at random: four groups of five."""
    letters = _written(number, CODE_LETTERS)
    return "-".join(letters[start : start + 5] for start in range(0, CODE_LETTERS, 5))


def reference_of(number: int) -> str:
    return f"C-{_written(number, REFERENCE_LETTERS)}"


def as_typed(code: str) -> str:
    """As somebody copied it: small letters, spaces, an O for a nought."""
    return re.sub(r"[^0-9A-Z]", "", code.upper()).translate(_MISTAKEN)


def is_a_code(code: str) -> bool:
    letters = as_typed(code)
    return len(letters) == CODE_LETTERS and set(letters) <= set(LETTERS)


def digest_of(code: str) -> str:
    return sha256(f"rowan receipt {as_typed(code)}".encode()).hexdigest()


def says_of_referral(of: ToldOf, referred_on: date | None) -> str:
    """Whether children's social care has a referral. Somebody who is told nothing of a child is not told this either, but how it stood."""
    if of in {ToldOf.THANKS, ToldOf.PASSED_ON}:
        return "When you sent this report, children’s social care had not received a referral from it."
    if referred_on is None:
        return NOT_REFERRED
    return REFERRED.format(day=f"{referred_on.day} {referred_on:%B %Y}")


def _written(number: int, letters: int) -> str:
    found = ""
    for _ in range(letters):
        number, rest = divmod(number, len(LETTERS))
        found = LETTERS[rest] + found
    return found
