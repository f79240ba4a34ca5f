"""The signed token in the form of somebody without an account: it leads back to their draft for a day, and holds their receipt's code.

Nothing is stored on their device. Without this token nobody reaches the draft; the code is kept nowhere until the report is sent, and
then only as a digest.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from rowan.refusals import NotPossible

from .actions.drafts import KEPT_FOR_A_STRANGER
from .rules.receipts import CODE_LETTERS, code_of

SALT = "rowan.concerns.draft"
TOO_OLD = "This form is more than a day old, or not whole. Start again: what you typed stands below for you to copy."


@dataclass(frozen=True)
class Held:
    draft_id: UUID
    code: str


def new_code() -> str:
    return code_of(secrets.randbits(5 * CODE_LETTERS))


def token_for(draft_id: UUID, code: str) -> str:
    return signing.dumps([str(draft_id), code], salt=SALT, compress=True)


def held_in(token: str) -> Held:
    try:
        draft_id, code = signing.loads(token, salt=SALT, max_age=KEPT_FOR_A_STRANGER)
    except signing.BadSignature:
        raise NotPossible(TOO_OLD) from None
    return Held(UUID(draft_id), code)
