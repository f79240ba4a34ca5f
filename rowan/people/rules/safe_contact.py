"""How somebody can be reached without putting them in danger, and what may not be sent against it."""

from collections.abc import Collection
from enum import StrEnum


class Flag(StrEnum):
    DO_NOT_RING_HOME = "do_not_ring_home"
    LEAVE_NO_MESSAGE = "leave_no_message"
    DEVICE_WATCHED = "device_watched"
    ADDRESS_WITHHELD = "address_withheld"
    STAFF_SAFETY = "staff_safety"
    INTERPRETER = "interpreter"
    PREFERRED_NAME = "preferred_name"
    TRUSTS = "trusts"


class Way(StrEnum):
    LETTER = "letter"
    PHONE = "phone"
    MESSAGE = "message"
    EMAIL = "email"
    VISIT = "visit"
    FILE = "file that holds an address"


FLAG_NAMES = {
    Flag.DO_NOT_RING_HOME: "Do not ring home",
    Flag.LEAVE_NO_MESSAGE: "Leave no message",
    Flag.DEVICE_WATCHED: "A phone or device is watched by somebody else",
    Flag.ADDRESS_WITHHELD: "Address withheld",
    Flag.STAFF_SAFETY: "Staff safety: do not visit alone",
    Flag.INTERPRETER: "Interpreter and language",
    Flag.PREFERRED_NAME: "Preferred name",
    Flag.TRUSTS: "Whom the child trusts",
}
# What must be said in words: the flag alone would tell nobody what to do.
NEEDS_WORDS = {Flag.INTERPRETER, Flag.PREFERRED_NAME, Flag.TRUSTS, Flag.STAFF_SAFETY}
AGAINST = {
    Flag.DO_NOT_RING_HOME: {Way.PHONE},
    Flag.LEAVE_NO_MESSAGE: {Way.MESSAGE},
    Flag.DEVICE_WATCHED: {Way.PHONE, Way.MESSAGE, Way.EMAIL},
    Flag.ADDRESS_WITHHELD: {Way.LETTER, Way.FILE},
    Flag.STAFF_SAFETY: {Way.VISIT},
}


def refusal_to_send(flags: Collection[str], way: str) -> str | None:
    """Why nothing may go out this way, or None. Somebody may still decide that it must: by name, with a reason."""
    against = [FLAG_NAMES[flag] for flag in Flag if flag in flags and Way(way) in AGAINST.get(flag, set())]
    if not against:
        return None
    return f"Safe contact says: {'; '.join(against)}. If it must go out this way, say why: your name and reason are recorded."


def refusal_of_flag(flag: str, words: str, said_by: str) -> str | None:
    if Flag(flag) in NEEDS_WORDS and not words.strip():
        return "Say it in words: the heading alone tells nobody what to do."
    return None if said_by.strip() else "Say who said so."
