"""Columns that several formats share: sex, ethnic group, pupil number, postcode. Each format says its own headings."""

from collections.abc import Callable, Sequence
from typing import Any

from rowan.records.rules.identifiers import UPN_UNKNOWN, fault_in_source_id, fault_in_upn, tidy_upn
from rowan.records.rules.sealing import Place, Purpose, withholds_in_words

from .profile import Codes, Column, Row, Sealing, Type, codes, where_withheld

# DfE's ethnic groups; REFU (refused) and NOBT (not yet obtained) are two facts, not one.
ETHNICITY = codes(
    """WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT"""
)
# 1 and 2 until the return of 2024, letters from 2025; police and others write words.
SEX = Codes(
    {"M": (None, None), "F": (None, None), "U": (None, None)},
    now_called={
        "1": "M", "2": "F", "0": "U", "9": "U", "MALE": "M", "FEMALE": "F", "UNKNOWN": "U", "BOY": "M", "GIRL": "F",
    },
)  # fmt: skip
SEX_IN_LETTERS = Codes({"M": (None, None), "F": (None, None), "U": (None, None)})


def source_id(*headings: str) -> Column:
    return Column("source_id", headings, key=True, fault=fault_in_source_id)


def birth_date(*headings: str, **more: Any) -> Column:
    return Column("birth_date", headings, Type.DATE, birth_date=True, **more)


def upn(*headings: str, name: str = "upn") -> Column:
    return Column(name, headings, tidy=tidy_upn, says_nothing=UPN_UNKNOWN, fault=fault_in_upn)


def postcode(
    name: str, headings: Sequence[str], *, sealed: Callable[[Row, bool], bool] | None = None
) -> Column:
    """Its area is looked up when the row is read, since a directory may bring more areas."""
    sealing = Sealing(Purpose.WITHHELD_ADDRESS, sealed, Place.POSTCODE) if sealed else None
    return Column(name, headings, is_postcode=True, sealed=sealing)


def address(name: str, *headings: str, sealed: Callable[[Row, bool], bool] = where_withheld) -> Column:
    return Column(name, headings, sealed=Sealing(Purpose.WITHHELD_ADDRESS, sealed, Place.ADDRESS))


def address_withheld() -> Column:
    """Whether the sender says that nobody may be told where she lives."""
    return Column(
        "address_withheld",
        (
            "Address withheld",
            "Withhold address",
            "Confidential address",
            "Address confidential",
            "Address not to be disclosed",
            "Do not disclose address",
        ),
        Type.YES_NO,
        unclear_is_yes=True,
    )


def withholds_home(*places: str) -> Callable[[Row], bool]:
    """The row says so, or one of its addresses does: "address withheld", a refuge."""
    return lambda row: (
        bool(row.get("address_withheld")) or any(withholds_in_words(row.get(place)) for place in places)
    )


def sex(*headings: str) -> Column:
    return Column("sex", headings, codes=SEX)


def ethnicity(*headings: str) -> Column:
    return Column("ethnicity", headings, codes=ETHNICITY)
