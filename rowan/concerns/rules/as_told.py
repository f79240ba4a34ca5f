"""What was told of who a concern is about, read from what the form kept: some or all of it may be missing."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d %B %Y", "%d %b %Y")
_NAMES = {
    "first_name": ("first_name", "given_name", "forename"),
    "surname": ("surname", "last_name", "family_name"),
    "name": ("name", "full_name", "called", "child_name"),
    "birth_date": ("birth_date", "date_of_birth", "born"),
    "age": ("age", "how_old"),
    "school": ("school", "school_name"),
    "address": ("address", "home", "lives_at"),
    "postcode": ("postcode",),
    "number": ("number", "upn", "nhs_number"),
    "apart": ("apart", "what_sets_apart", "description", "looks"),
}


@dataclass(frozen=True)
class AsTold:
    first_name: str = ""
    surname: str = ""
    birth_date: date | None = None
    age: int | None = None
    school: str = ""
    address: str = ""
    postcode: str = ""
    number: str = ""
    apart: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first_name, self.surname) if part)


def as_told(details: str) -> AsTold:
    try:
        said = json.loads(details or "{}")
    except ValueError:
        said = {}
    if not isinstance(said, Mapping):
        said = {}
    words = {field: _first(said, names) for field, names in _NAMES.items()}
    first, surname = words["first_name"], words["surname"]
    if words["name"] and not (first or surname):
        # The last word is the surname more often than not; matching looks for both the wrong way round too.
        first, _, surname = words["name"].rpartition(" ")
        first, surname = (first, surname) if first else (surname, "")
    born = _day(words["birth_date"]) or _day(words["age"])
    return AsTold(
        first, surname, born, None if born else _number(words["age"]), words["school"], words["address"],
        words["postcode"] or _postcode_in(words["address"]), words["number"], words["apart"],
    )  # fmt: skip


def _first(said: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((" ".join(str(said[name]).split()) for name in names if said.get(name)), "")


def _day(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def _postcode_in(address: str) -> str:
    found = _POSTCODE.search(address)
    return found[0] if found else ""


def _number(text: str) -> int | None:
    """The first number of years in it: `about 14` is 14."""
    found = re.search(r"\b\d{1,2}\b", text)
    return int(found[0]) if found else None
