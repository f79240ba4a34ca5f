"""How a number or name inside a file becomes an agency's code: council-899, police-invented-constabulary, school-8994001."""

import re

from rowan.records.rules.identifiers import fault_in_school_number, tidy_school_number

AGENCY_KINDS = ("council", "police", "school", "health", "youth_justice", "voluntary")


def of_council(number: str) -> tuple[str, str]:
    number = number.strip().zfill(3)
    return f"council-{number}", f"Council {number}"


def of_school(number: str) -> tuple[str, str]:
    number = tidy_school_number(number)
    if fault := fault_in_school_number(number):
        raise ValueError(fault)
    return f"school-{number}", f"School {number}"


def of_police(force: str) -> tuple[str, str]:
    return f"police-{slug(force)}", force.strip()


def as_given(given: str, kind: str) -> tuple[str, str]:
    """What somebody typed after --from, as a code and a name."""
    plain = given.strip()
    for known in AGENCY_KINDS:
        prefix = known.replace("_", "-") + "-"
        if plain.casefold().startswith(prefix):
            return plain.casefold(), plain[len(prefix) :].replace("-", " ").title()
    if kind == "council" and re.fullmatch(r"\d{3}", plain):
        return of_council(plain)
    if kind == "school" and not fault_in_school_number(tidy_school_number(plain)):
        return of_school(plain)
    return f"{kind.replace('_', '-')}-{slug(plain)}", plain


def slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")
