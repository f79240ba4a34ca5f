"""What is sealed before anything of a row is written: for which purpose, how a sealed cell looks, and which words call for it.

A sealed cell stands where the cell stood: a mark, the digest by which equal cells are known as equal, the purpose, the token.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from .postcodes import STANDS_FOR_NO_PLACE, area_of, is_shaped_like_a_postcode, tidy_postcode
from .spelling import plain

MARK = "§sealed:"
DIGEST_LENGTH = 32
# So much of a sealed cell says whether two are the same, and no more.
COMPARED_LENGTH = len(MARK) + DIGEST_LENGTH
# The key of digests is another one than those that seal: whoever may compare may not read.
DIGESTS = "sealed-digests"
NOT_SHOWN = "(sealed)"
NO_DIGEST = "0" * DIGEST_LENGTH


class Purpose(StrEnum):
    """A key each, in the order in which a whole row is sealed when several of its cells are."""

    WITHHELD_ADDRESS = "withheld-addresses"
    SOURCE = "source-identity"
    INTELLIGENCE = "intelligence-text"
    HEALTH = "health-text"


class Place(StrEnum):
    """Cells whose equality is known across records and agencies: two records of one withheld address may agree."""

    ADDRESS = "address"
    POSTCODE = "postcode"


class Sealed(NamedTuple):
    digest: str
    purpose: str
    token: str


def is_sealed(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith(MARK)


def sealed_cell(digest: str, purpose: str, token: str) -> str:
    return f"{MARK}{digest}:{purpose}:{token}"


def parts_of(cell: str) -> Sealed:
    digest, purpose, token = cell.removeprefix(MARK).split(":", 2)
    return Sealed(digest, purpose, token)


def without_mark(text: str) -> str:
    """What an agency sends is never taken for something that Rowan has sealed."""
    return text.replace(MARK, MARK[1:]) if MARK in text else text


def said_of_a_place(place: str, text: str) -> str:
    """What the digest of an address or postcode is made of, however either was written."""
    return f"{place}|{tidy_postcode(text) if place == Place.POSTCODE else plain(text)}"


def names_a_place(place: str, text: str) -> bool:
    """Not a stand-in for one: two children whose address is "withheld" do not live together."""
    if place == Place.POSTCODE:
        tidy = tidy_postcode(text)
        return is_shaped_like_a_postcode(tidy) and area_of(tidy) != STANDS_FOR_NO_PLACE
    return bool(plain(text)) and (not withholds_in_words(text) or any(sign.isdigit() for sign in text))


# An address that is none, or that says what it is.
_WITHHOLDS = re.compile(r"\b(withheld|confidential|undisclosed|not disclosed|refuge)\b", re.IGNORECASE)


def withholds_in_words(address: object) -> bool:
    return isinstance(address, str) and bool(_WITHHOLDS.search(address))


# Categories of a school's log whose notes tell of health. A note under no category may be one of them.
_HEALTH = re.compile(
    r"health|medic|self[ -]?harm|suicid|pregnan|substance|drug|alcohol|eating|disab|injur|illness|diagnos|wellbeing|fgm|sexual",
    re.IGNORECASE,
)


def tells_of_health(category: object) -> bool:
    return not isinstance(category, str) or not category.strip() or bool(_HEALTH.search(category))


# Headings a format does not have are kept in the row as it came; these say what stands beneath them.
_HEADINGS = (
    (Purpose.SOURCE, re.compile(r"informant|source ?(name|identity|of)|reported ?by|told ?by|caller", re.IGNORECASE)),
    (Purpose.INTELLIGENCE, re.compile(r"intelligence|\bintel\b", re.IGNORECASE)),
    (Purpose.HEALTH, re.compile(r"medic|health|diagnos|allerg|\bgp\b|illness", re.IGNORECASE)),
)  # fmt: skip


def purpose_of_heading(heading: str) -> Purpose | None:
    return next((purpose for purpose, words in _HEADINGS if words.search(heading)), None)
