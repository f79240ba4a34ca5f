"""What a date in an agency's file may look like: one style per column, fixed by the format, never guessed per cell."""

import re
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

# A birth date before this is a default or a slip of a system (1900-01-01, 1066-04-13), never a person in these files.
EARLIEST_LIKELY = date(1920, 1, 1)

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: 00:00(?::00)?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_YEAR_MONTH = re.compile(r"(\d{4})(\d{2})")
_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?")
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")


class DateStyle(StrEnum):
    DAY_FIRST = "dd/mm/yyyy"
    ISO = "yyyy-mm-dd"
    # The postcode directory's months: 199806.
    YEAR_MONTH = "yyyymm"


@lru_cache(maxsize=100_000)
def read_date(text: str, style: DateStyle) -> date | None:
    """The date, or None when the text is not a date in this style."""
    try:
        if style is DateStyle.DAY_FIRST:
            found = _DAY_FIRST.fullmatch(text)
            return date(int(found[3]), int(found[2]), int(found[1])) if found else None
        if style is DateStyle.YEAR_MONTH:
            found = _YEAR_MONTH.fullmatch(text)
            return date(int(found[1]), int(found[2]), 1) if found else None
        found = _ISO.fullmatch(text)
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """A local moment, `2026-03-01 22:40`. A zone is not read: agencies write local time."""
    found = _MOMENT.fullmatch(text)
    try:
        return datetime(*(int(part or 0) for part in found.groups())) if found else None  # type: ignore[arg-type]
    except ValueError:
        return None


def why_not_a_date(text: str, style: DateStyle) -> str:
    """What is wrong, for the person who has to put it right at the sender's."""
    if _SERIAL.fullmatch(text):
        return f"a spreadsheet's day number stands where a date ({style}) should"
    for other in DateStyle:
        if other is not style and other is not DateStyle.YEAR_MONTH and read_date(text, other):
            return f"the date is written {other} in a column of {style}"
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2}", text):
        return "the year has two figures"
    if _DAY_FIRST.fullmatch(text) or _ISO.fullmatch(text):
        return "there is no such day"
    return f"not a date ({style})"


def unlikely_birth_date(born: date, received_on: date) -> str | None:
    """Why a birth date is kept as sent but not used for age, or None."""
    if born < EARLIEST_LIKELY:
        return "birth date too long ago to be used"
    if born > received_on:
        return "birth date in the future"
    return None
