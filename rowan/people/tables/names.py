"""Every name a person has had, with the agency that used it and when."""

import ibis
from ibis.expr.types import Table

from .keys import key_of


def people_names(identity_records: Table, links: Table) -> Table:
    """key, person_id, agency_code, first_name, middle_names, surname, kind, first_on, last_on."""
    theirs = identity_records.join(links.select("rid", "person_id"), "rid")
    recorded = _names(theirs, "as recorded", theirs.first_name, theirs.surname)
    prefers = theirs.filter(theirs.preferred_first_name.notnull() | theirs.preferred_surname.notnull())
    preferred = _names(
        prefers,
        "preferred",
        ibis.coalesce(prefers.preferred_first_name, prefers.first_name),
        ibis.coalesce(prefers.preferred_surname, prefers.surname),
    )
    named = ibis.union(recorded, preferred).filter(
        lambda row: row.first_name.notnull() | row.surname.notnull()
    )
    grouped = named.group_by("person_id", "agency_code", "first_name", "middle_names", "surname", "kind").agg(
        first_on=lambda row: row.first_on.min(), last_on=lambda row: row.last_on.max()
    )
    return grouped.mutate(
        key=key_of(grouped, "person_id", "agency_code", "first_name", "middle_names", "surname", "kind")
    )


def _names(theirs: Table, kind: str, first_name: ibis.Value, surname: ibis.Value) -> Table:
    return theirs.select(
        person_id=theirs.person_id,
        agency_code=theirs.agency,
        first_name=first_name,
        middle_names=theirs.middle_names,
        surname=surname,
        kind=ibis.literal(kind),
        first_on=theirs.first_received_on,
        last_on=theirs.last_received_on,
    )
