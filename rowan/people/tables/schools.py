"""Every school a child has been on the roll of, from when to when."""

import ibis
from ibis.expr.types import Table

from .keys import key_of


def people_schools(school_pupils: Table, schools: Table) -> Table:
    """key, person_id, agency_code, school_name, year_group, destination, first_on (joined), last_on (left).

    `school_pupils` are roll rows with the person each belongs to.
    """
    named = school_pupils.left_join(
        schools.select("laestab", school_name=schools.name).distinct(on="laestab"), "laestab"
    )
    rows = named.select(
        person_id=named.person_id,
        agency_code=named.agency,
        school_name=ibis.coalesce(named.school_name, ibis.literal("School ") + named.laestab),
        year_group=named.year_group,
        destination=ibis.coalesce(named.destination, named.leaving_reason),
        first_on=named.entry_on,
        last_on=named.left_on,
        record_id=named.record_id,
    )
    return (
        rows.mutate(key=key_of(rows, "person_id", "agency_code", "record_id"))
        .drop("record_id")
        .distinct(on="key")
    )


def school_moves(people_schools: Table) -> Table:
    """person_id, agency, joined_on, left_on."""
    return people_schools.select(
        "person_id",
        agency=people_schools.agency_code,
        joined_on=people_schools.first_on,
        left_on=people_schools.last_on,
    )
