"""Every number an agency knows a person by, with what is odd about it. None is printed on shared papers by itself."""

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table

from rowan.records.rules.identifiers import UPN_LETTERS

from .keys import key_of

WRONG_LETTER = "check letter is wrong"
TEMPORARY = "temporary: it ends in a letter and will change"


def people_identifiers(identity_records: Table, links: Table) -> Table:
    """key, person_id, agency_code, kind, value, note, first_on, last_on."""
    theirs = identity_records.join(links.select("rid", "person_id"), "rid")
    parts = [
        _numbers(theirs, "upn", theirs.upn),
        _numbers(theirs, "former_upn", theirs.former_upn),
        _numbers(theirs, "nhs_number", theirs.nhs_number),
        _numbers(theirs, "child_903", theirs.cross_903),
        _numbers(theirs, "child_903", _own_number(theirs, ":903")),
        _numbers(theirs, "council_id", _own_number(theirs, ":cin")),
        _numbers(theirs, "school_id", _own_number(theirs, ":admission")),
        _numbers(theirs, "police_id", _own_number(theirs, ":person")),
    ]
    numbers = ibis.union(*parts).filter(lambda row: row.value.notnull() & (row.value != ""))
    grouped = numbers.group_by("person_id", "agency_code", "kind", "value").agg(
        first_on=lambda row: row.first_on.min(), last_on=lambda row: row.last_on.max()
    )
    is_upn = grouped.kind.isin(["upn", "former_upn"])
    note = ibis.cases(
        (is_upn & grouped.value.re_search("[A-Z]$"), TEMPORARY),
        (is_upn & ~_letter_is_right(grouped.value), WRONG_LETTER),
        else_=None,
    )
    return grouped.mutate(note=note, key=key_of(grouped, "person_id", "agency_code", "kind", "value"))


def _numbers(theirs: Table, kind: str, value: StringValue) -> Table:
    return theirs.select(
        person_id=theirs.person_id,
        agency_code=theirs.agency,
        kind=ibis.literal(kind),
        value=value,
        first_on=theirs.first_received_on,
        last_on=theirs.last_received_on,
    )


def _own_number(theirs: Table, scheme: str) -> StringValue:
    """The source's own number, for sources of one scheme."""
    return ibis.ifelse(theirs.source.endswith(scheme), theirs.source_id, ibis.null("string"))


def _letter_is_right(upn: StringValue) -> BooleanValue:
    """The check letter of a permanent pupil number: positions 2 to 13 by their figures, modulo 23 (formats: UPN)."""
    well_formed = upn.re_search("^[A-Z][0-9]{12}$")
    figures = ibis.ifelse(well_formed, upn, ibis.literal("A000000000000"))
    total = sum((figures.substr(n - 1, 1).cast("int64") * n for n in range(2, 14)), start=ibis.literal(0))
    return well_formed & (ibis.literal(UPN_LETTERS).substr(total % 23, 1) == figures.substr(0, 1))
