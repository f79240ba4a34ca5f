"""Patterns of looks that are worth a question to information governance: what each asks, and from where on.

A question, never an accusation: each pattern has an ordinary explanation far more often than not. Nothing here adds up, weighs or
ranks a person; each pattern stands alone, and no pattern knows of another. Whoever is asked says how it is known.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median

from rowan.matching.rules.names import family_name_parts
from rowan.records.rules.spelling import plain
from rowan.timescales.rules.working_days import is_working_day

from .settings import (
    BREADTH_CHILDREN,
    BREADTH_DAYS,
    COLLEAGUES,
    COMMON_SURNAME,
    DAY_BEGINS,
    DAY_ENDS,
    HOURS_DAYS,
    NEIGHBOURS,
    NEIGHBOURS_HOMES,
    REFUSED_RECORDS,
    TIMES_USUAL,
    WINDOW,
)

VERSION = 1
Values = Mapping[str, float | int | str]
Figures = dict[str, object]

# Before a name on a list of staff, and no part of it.
_TITLES = frozenset(
    {
        "dr",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "pc",
        "dc",
        "ds",
        "di",
        "dci",
        "sgt",
        "insp",
        "prof",
        "rev",
        "cllr",
    }
)


class Pattern(StrEnum):
    OWN_NAME = "own_name"
    SURNAME = "surname"
    NEIGHBOURS = "neighbours"
    HOURS = "hours"
    BREADTH = "breadth"
    REFUSED = "refused"


ABOUT_ONE_CHILD = (Pattern.OWN_NAME, Pattern.SURNAME)


@dataclass(frozen=True)
class Asks:
    title: str
    ordinary: str  # how it is most often explained
    does_not_know: str  # what Rowan cannot tell, said plainly
    settings: tuple[str, ...]


ASKS = {
    Pattern.OWN_NAME: Asks(
        "Looked at a record in their own name",
        "Two people can have one name. A practitioner may also have been known to services as a child.",
        "Rowan keeps no birth date or family of its staff, so it cannot tell a namesake from the person.",
        (),
    ),
    Pattern.SURNAME: Asks(
        "Looked at a child who shares their surname",
        "Most people who share a surname are not related.",
        "Rowan does not know who is related to whom among its staff, nor names they had before. A relative of another surname is not found.",
        (COMMON_SURNAME.name,),
    ),
    Pattern.NEIGHBOURS: Asks(
        "Looked at several children of one postcode",
        "A worry about a place, or about friends who live near one another, looks like this too.",
        "Rowan does not keep where its staff live, so it cannot tell whether this is their own street. A single neighbour is not found.",
        (WINDOW.name, NEIGHBOURS.name, NEIGHBOURS_HOMES.name),
    ),
    Pattern.HOURS: Asks(
        "Opened records out of hours, again and again",
        "Duty rotas, part-time work and a late meeting look like this too.",
        "Rowan does not know anybody’s rota.",
        (WINDOW.name, HOURS_DAYS.name, DAY_BEGINS.name, DAY_ENDS.name, TIMES_USUAL.name, COLLEAGUES.name),
    ),
    Pattern.BREADTH: Asks(
        "Opened many more children’s records than is usual in their role",
        "An audit, a handover of cases or a week at the front door looks like this too.",
        "Rowan does not know what somebody was asked to do.",
        (BREADTH_DAYS.name, BREADTH_CHILDREN.name, TIMES_USUAL.name, COLLEAGUES.name),
    ),
    Pattern.REFUSED: Asks(
        "Was refused at many different records",
        "Somebody who changed teams and works from an old list is refused like this too.",
        "Rowan does not know how they came to the addresses they tried.",
        (BREADTH_DAYS.name, REFUSED_RECORDS.name),
    ),
}


@dataclass(frozen=True)
class Staff:
    """A practitioner's name as it stands on the trail, cut into what may be compared."""

    first_name: str
    surname: str

    @classmethod
    def named(cls, display_name: str) -> "Staff":
        # A hyphen joins two family names; a word in the middle may be a second forename, so it is none.
        words = [word for word in map(plain, display_name.split()) if word and word not in _TITLES]
        return cls(words[0] if len(words) > 1 else "", words[-1] if words else "")


def shares_surname(staff: Staff, surname: str) -> bool:
    """Whether one of their family names is one of the child's: whole, or half of a double-barrelled one."""
    hers = plain(surname)
    if not hers or not staff.surname:
        return False
    return bool(set(family_name_parts(staff.surname)) & set(family_name_parts(hers)))


def is_own_name(staff: Staff, first_name: str, surname: str) -> bool:
    """First name and surname both. A second forename on either side makes it no other name."""
    hers = plain(first_name).split()
    return bool(staff.first_name) and staff.first_name in hers[:1] and shares_surname(staff, surname)


def asks_about_surname(bearers: int, hows: Collection[str], values: Values) -> bool:
    """A common surname asks only when somebody looked without a part: or every Smith would be asked about every Smith."""
    return bearers < float(values[COMMON_SURNAME.name]) or set(hows) != {"part"}


def surname_figures(bearers: int, values: Values) -> Figures:
    return {"bearers": bearers, "common": bearers >= float(values[COMMON_SURNAME.name])}


def is_out_of_hours(local: datetime, values: Values) -> bool:
    hour = local.hour
    return (
        not is_working_day(local.date())
        or hour < float(values[DAY_BEGINS.name])
        or hour >= float(values[DAY_ENDS.name])
    )


def neighbours(homes: Iterable[tuple[str, str, str]], values: Values) -> list[tuple[Figures, set[str]]]:
    """(postcode, address, child) of the children looked at without a part: for each postcode that asks, figures and children.

    No postcode stands in the figures: whoever answers sees no child's address.
    """
    children: dict[str, set[str]] = {}
    lived_at: dict[str, set[str]] = {}
    for postcode, address, child in homes:
        if code := postcode.replace(" ", "").upper():
            children.setdefault(code, set()).add(child)
            lived_at.setdefault(code, set()).add(plain(address))
    return [
        ({"children": len(found), "homes": len(lived_at[code])}, found)
        for code, found in sorted(children.items())
        if len(found) >= float(values[NEIGHBOURS.name])
        and len(lived_at[code]) >= float(values[NEIGHBOURS_HOMES.name])
    ]


def hours(days: int, others: Sequence[int], values: Values) -> Figures | None:
    if days < float(values[HOURS_DAYS.name]):
        return None
    return _beyond_usual("days", days, others, values)


def breadth(children: int, others: Sequence[int], values: Values) -> Figures | None:
    if children < float(values[BREADTH_CHILDREN.name]):
        return None
    return _beyond_usual("children", children, others, values)


def refused(records: int, values: Values) -> Figures | None:
    return {"records": records} if records >= float(values[REFUSED_RECORDS.name]) else None


def _beyond_usual(what: str, count: int, others: Sequence[int], values: Values) -> Figures | None:
    """Held against the middle of the others in the role; where there are too few to say what is usual, the floor alone asks."""
    if len(others) < float(values[COLLEAGUES.name]):
        return {what: count, "usual": None, "others": len(others)}
    usual = median(others)
    if count < float(values[TIMES_USUAL.name]) * usual:
        return None
    return {what: count, "usual": usual, "others": len(others)}


def explain(pattern: str, figures: Mapping[str, object], values: Values) -> str:
    """What made the pattern ask, in one or two sentences about looks, with the very numbers that were used."""
    if pattern == Pattern.OWN_NAME:
        return "They looked at a record in which the child has their own first name and surname."
    if pattern == Pattern.SURNAME:
        said = "It is a common surname here: " if figures["common"] else ""
        if not figures["bearers"]:
            return "They looked at the record of a child who shares their surname, by a name the hub does not call her by today."
        many = f"{figures['bearers']} children" if figures["bearers"] != 1 else "one child"
        bear = "bear" if figures["bearers"] != 1 else "bears"
        sentence = f"{said}{many} known to the hub {bear} it."
        return f"They looked at the record of a child who shares their surname. {sentence[0].upper()}{sentence[1:]}"
    if pattern == Pattern.NEIGHBOURS:
        return (
            f"In {values[WINDOW.name]} days they looked at {figures['children']} children of one postcode, "
            f"in {figures['homes']} homes, without a part in their lives."
        )
    if pattern == Pattern.HOURS:
        return (
            f"In {values[WINDOW.name]} days they opened records out of hours on {figures['days']} days. "
            f"{_usual(figures)} Hours here are {values[DAY_BEGINS.name]} to {values[DAY_ENDS.name]} o’clock on working days."
        )
    if pattern == Pattern.BREADTH:
        return (
            f"In {values[BREADTH_DAYS.name]} days they opened the records of {figures['children']} children. "
            f"{_usual(figures)}"
        )
    return f"In {values[BREADTH_DAYS.name]} days they were refused at {figures['records']} different records."


def _usual(figures: Mapping[str, object]) -> str:
    others = figures["others"]
    if figures["usual"] is None:
        return f"There are too few others in their role ({others}) to say what is usual."
    return f"The middle of the {others} others in their role is {figures['usual']:g}."
