"""What matching may know of a record: names, birth date, numbers and where she lives. Nothing else, and never sex or ethnicity."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rowan.matching.rules.names import KnownAs, lines_of
from rowan.records.rules.identifiers import (
    fault_in_nhs_number,
    fault_in_upn,
    is_temporary_upn,
    tidy_nhs_number,
    tidy_upn,
)
from rowan.records.rules.postcodes import tidy_postcode
from rowan.records.rules.sealing import Place, is_sealed, names_a_place, parts_of, said_of_a_place
from rowan.records.rules.spelling import plain

# The columns of an identity record that matching reads. Sex, ethnicity, ward and school type are not among them (promise 3).
READ = (
    "rid", "source", "source_id", "agency", "first_name", "middle_names", "surname", "preferred_first_name",
    "preferred_surname", "birth_date", "upn", "former_upn", "nhs_number", "cross_903", "address", "postcode",
    "first_received_on",
)  # fmt: skip
PERSON_ID_LENGTH = 32
# From a place and its text to what two records of it have alike. The night's is a keyed digest, as in a sealed cell.
SamePlace = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Identity:
    """One agency's record of somebody, tidied for comparison."""

    place: int  # in the order in which records came: the earliest founds a person
    rid: str
    source: str
    source_id: str
    agency: str
    first_names: tuple[str, ...]
    known_as: frozenset[int]
    middle_names: tuple[str, ...]
    surnames: tuple[str, ...]
    surnames_known_as: frozenset[int]  # as if they were first names: agencies write names the wrong way round
    birth_date: date | None
    nhs_number: str
    upns: frozenset[str]  # permanent pupil numbers, former ones too
    upn: str  # the one she has now, when permanent
    temporary_upns: frozenset[str]
    council_903: str  # "council-899:903|50311015", on the 903's own record and on the case that carries it
    # Empty when sealed: a withheld home is compared by the digests below, and by nothing else.
    address: str
    postcode: str
    same_address: str
    same_postcode: str

    @property
    def first_words(self) -> frozenset[str]:
        """Each word of the first names: of "Arif Foysal" two."""
        return frozenset(word for name in self.first_names for word in name.split())

    @property
    def given_names(self) -> frozenset[str]:
        """Each word of the first name as recorded, and the middle names."""
        return frozenset([*" ".join(self.first_names[:1]).split(), *self.middle_names])

    @property
    def family_words(self) -> frozenset[str]:
        return frozenset(word for name in self.surnames for word in name.split())

    @property
    def own_number(self) -> str:
        return f"{self.source}|{self.source_id}"

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number by which two records may find each other."""
        found = {self.own_number} | {f"upn|{number}" for number in self.upns | self.temporary_upns}
        if self.nhs_number:
            found.add(f"nhs|{self.nhs_number}")
        if self.council_903:
            found.add(self.council_903)
        return tuple(sorted(found))


def identity(
    record: Mapping[str, Any], place: int, known_as: KnownAs, same_place: SamePlace = said_of_a_place
) -> Identity:
    first_names = plain_names(record["first_name"], record["preferred_first_name"])
    surnames = plain_names(record["surname"], record["preferred_surname"])
    upns, temporary = tidy_upns(record["upn"], record["former_upn"])
    address, same_address = home_of(Place.ADDRESS, record["address"], same_place)
    postcode, same_postcode = home_of(Place.POSTCODE, record["postcode"], same_place)
    return Identity(
        place=place,
        rid=record["rid"],
        source=record["source"],
        source_id=record["source_id"],
        agency=record["agency"] or "",
        first_names=first_names,
        known_as=lines_of(first_names, known_as),
        middle_names=tuple(plain(record["middle_names"] or "").split()),
        surnames=surnames,
        surnames_known_as=lines_of(surnames, known_as),
        birth_date=record["birth_date"],
        nhs_number=tidy_number_of_nhs(record["nhs_number"]),
        upns=upns,
        upn=next(iter(sorted(tidy_upns(record["upn"])[0])), ""),
        temporary_upns=temporary,
        council_903=_council_903(record),
        address=plain(address),
        postcode=tidy_postcode(postcode),
        same_address=same_address,
        same_postcode=same_postcode,
    )


def home_of(place: Place, cell: str | None, same_place: SamePlace) -> tuple[str, str]:
    """What it says, when it may be read, and by what it is known to be the same."""
    if cell and is_sealed(cell):
        return "", parts_of(cell).digest
    if not cell or not names_a_place(place, cell):
        return "", ""
    return cell, same_place(place, cell)


def founded_by(key: bytes, record: Mapping[str, Any]) -> str:
    """The id of a person whom this record founds: a keyed hash of who the record says she is, as first sent."""
    born = record["birth_date"].isoformat() if record["birth_date"] else ""
    spelt = (record["first_name"] or "").strip().casefold()
    return keyed(key, "|".join((record["source"], record["source_id"], born, spelt)))


def keyed(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()[:PERSON_ID_LENGTH]


def plain_names(*names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (plain(given or "") for given in names) if name))


def tidy_upns(*numbers: str | None) -> tuple[frozenset[str], frozenset[str]]:
    tidy = [
        number
        for number in (tidy_upn(given or "") for given in numbers)
        if number and not fault_in_upn(number)
    ]
    return (
        frozenset(number for number in tidy if not is_temporary_upn(number)),
        frozenset(number for number in tidy if is_temporary_upn(number)),
    )


def tidy_number_of_nhs(number: str | None) -> str:
    """Empty when it names nobody."""
    tidy = tidy_nhs_number(number or "")
    return tidy if tidy and not fault_in_nhs_number(tidy) else ""


def _council_903(record: Mapping[str, Any]) -> str:
    """A case of the council that carries a 903 number bridges to the 903's own record of that council."""
    if record["source"].endswith(":903"):
        return f"{record['source']}|{record['source_id']}"
    if record["cross_903"]:
        return f"{record['source'].rsplit(':', 1)[0]}:903|{record['cross_903']}"
    return ""
