"""Pupil, NHS, school and council numbers: what is wrong with one, in words. Nothing here drops a number."""

import re
from functools import lru_cache
from operator import mul

from stdnum.gb import nhs

# Check letters of a unique pupil number. I, O and S are never issued.
# Source: Government Data Standards Catalogue; children in need census rules 1510 to 1550.
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_NHS = re.compile(r"[0-9]{10}")
_NHS_WEIGHTS = range(10, 0, -1)
_WRONG_CHECK_FIGURE = "NHS number has a wrong check figure"
# Both pass the checksum and belong to nobody.
NHS_NUMBERS_OF_NOBODY = frozenset({"0000000000", "9999999999"})
# Reasons sent in place of a pupil number, each a fact of its own.
UPN_UNKNOWN = {
    "UN1": "not of school age",
    "UN2": "never in a maintained school in England",
    "UN3": "educated outside England",
    "UN4": "newly looked after, not yet known",
    "UN5": "sources disagree",
    "UN6": "referral with no further action",
    "UN7": "referral with no further action, not known",
}


def tidy_upn(text: str) -> str:
    return text.replace(" ", "").upper()


@lru_cache(maxsize=200_000)
def fault_in_upn(upn: str) -> str | None:
    """Why this is not a pupil number to match on alone, or None."""
    if not _UPN.fullmatch(upn):
        return "pupil number is not a letter, eleven figures and a figure or letter"
    if upn[0] not in UPN_LETTERS:
        return "pupil number begins with a letter never issued"
    last = upn[12]
    if not last.isdigit() and last not in UPN_LETTERS:
        return "pupil number ends with a letter never issued"
    values = [*map(int, upn[1:12]), int(last) if last.isdigit() else UPN_LETTERS.index(last)]
    total = sum(map(mul, range(2, 14), values))
    return None if UPN_LETTERS[total % 23] == upn[0] else "pupil number has a wrong check letter"


def is_temporary_upn(upn: str) -> bool:
    """A pupil number that ends in a letter changes later."""
    return bool(_UPN.fullmatch(upn)) and not upn[-1].isdigit()


def tidy_nhs_number(text: str) -> str:
    return re.sub(r"[\s\-]", "", text)


@lru_cache(maxsize=100_000)
def fault_in_nhs_number(number: str) -> str | None:
    if _NHS.fullmatch(number) and number not in NHS_NUMBERS_OF_NOBODY:
        # The library takes a number apart first, which takes ten times as long.
        return None if sum(map(mul, _NHS_WEIGHTS, map(int, number))) % 11 == 0 else _WRONG_CHECK_FIGURE
    if re.fullmatch(r"\d(\.\d+)?[Ee]\+?\d+", number):
        return "NHS number was rounded by a spreadsheet"
    if re.fullmatch(r"\d{9}", number):
        return "NHS number has nine figures (a spreadsheet drops a leading nought)"
    if not re.fullmatch(r"\d{10}", number):
        return "NHS number is not ten figures"
    if number in NHS_NUMBERS_OF_NOBODY:
        return "NHS number stands for none"
    return None if nhs.is_valid(number) else _WRONG_CHECK_FIGURE


def tidy_school_number(text: str) -> str:
    """8852001, however it came: 885/2001, 8852001.0."""
    return re.sub(r"\.0+$", "", text.strip()).replace("/", "").replace(" ", "")


def fault_in_school_number(number: str) -> str | None:
    return (
        None
        if re.fullmatch(r"\d{7}", number)
        else "school number is not seven figures (council and establishment)"
    )


def fault_in_source_id(identifier: str) -> str | None:
    """Spreadsheets turn long ids into 1.23E+11: two children would become one."""
    return (
        "the id was rounded by a spreadsheet" if re.fullmatch(r"\d(\.\d+)?E\+\d{1,2}", identifier) else None
    )
