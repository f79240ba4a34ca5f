"""Every address a person has had, with the agency that held it and when."""

from ibis.expr.types import Table

from .keys import key_of


def people_addresses(identity_records: Table, links: Table) -> Table:
    """key, person_id, agency_code, address, postcode, first_on, last_on."""
    theirs = identity_records.join(links.select("rid", "person_id"), "rid")
    held = theirs.filter(theirs.address.notnull() | theirs.postcode.notnull())
    grouped = held.group_by("person_id", agency_code="agency", address="address", postcode="postcode").agg(
        first_on=lambda row: row.first_received_on.min(), last_on=lambda row: row.last_received_on.max()
    )
    return grouped.mutate(key=key_of(grouped, "person_id", "agency_code", "address", "postcode"))


def homes(people_addresses: Table) -> Table:
    """Where a person lives or has lived, for distances: person_id, postcode, agency, first_on, last_on."""
    return people_addresses.filter(people_addresses.postcode.notnull()).select(
        "person_id", "postcode", "first_on", "last_on", agency=people_addresses.agency_code
    )
