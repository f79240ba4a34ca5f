"""Every address a person has had, with the agency that held it and when. A withheld one stays sealed, and gives no distance."""

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table

from rowan.records.rules.sealing import COMPARED_LENGTH, MARK

from .keys import key_of


def withheld_people(told: Table, cases: Table, pupils: Table, missing: Table, arrests: Table) -> Table:
    """person_id of those whose home is withheld: somebody of the day says so (`told`), or a row that stands does."""
    says = [
        rows.filter(rows.address_withheld.fill_null(False)).select("person_id")
        for rows in (cases, pupils, missing, arrests)
    ]
    return ibis.union(told.select("person_id"), *says, distinct=True)


def people_addresses(identity_records: Table, links: Table, withheld_people: Table) -> Table:
    """key, person_id, agency_code, address, postcode, sealed_address, sealed_postcode, withheld, first_on, last_on.

    `withheld`: nobody may be told but those who see addresses whole. What is sealed stays sealed after that has ended.
    """
    theirs = identity_records.join(links.select("rid", "person_id"), "rid")
    held = theirs.filter(theirs.address.notnull() | theirs.postcode.notnull())
    named = withheld_people.select(who="person_id")
    told = held.left_join(named, held.person_id == named.who)
    told = told.mutate(withheld=told.who.notnull())
    told = told.mutate(
        sealed=told.withheld | _is_sealed(told.address) | _is_sealed(told.postcode),
        same_address=_compared(told.address),
        same_postcode=_compared(told.postcode),
    )
    grouped = told.group_by(
        "person_id", "same_address", "same_postcode", "withheld", "sealed", agency_code="agency"
    ).agg(
        first_on=told.first_received_on.min(),
        last_on=told.last_received_on.max(),
        address=told.address.max(),
        postcode=told.postcode.max(),
        first_rid=told.rid.min(),
    )
    nothing = ibis.null("string")
    return grouped.select(
        "person_id",
        "agency_code",
        "first_on",
        "last_on",
        "withheld",
        address=ibis.ifelse(grouped.sealed, nothing, grouped.address),
        postcode=ibis.ifelse(grouped.sealed, nothing, grouped.postcode),
        sealed_address=ibis.ifelse(grouped.sealed, grouped.address, nothing),
        sealed_postcode=ibis.ifelse(grouped.sealed, grouped.postcode, nothing),
        # A digest of a withheld address that anybody can make would say which one it is.
        key=ibis.ifelse(
            grouped.sealed,
            key_of(grouped, "person_id", "agency_code", "first_rid"),
            key_of(grouped, "person_id", "agency_code", "same_address", "same_postcode"),
        ),
    )


def homes(people_addresses: Table) -> Table:
    """Where a person lives or has lived, for distances: person_id, postcode (none when withheld), withheld, agency, first_on, last_on."""
    rows = people_addresses.mutate(
        withheld=people_addresses.sealed_address.notnull() | people_addresses.sealed_postcode.notnull()
    )
    return rows.filter(rows.postcode.notnull() | rows.withheld).select(
        "person_id", "postcode", "withheld", "first_on", "last_on", agency=rows.agency_code
    )


def _is_sealed(cell: StringValue) -> BooleanValue:
    return cell.startswith(MARK).fill_null(False)


def _compared(cell: StringValue) -> StringValue:
    """By what two cells are the same: the digest of a sealed one, which is sealed anew each time."""
    return ibis.ifelse(_is_sealed(cell), cell.substr(0, COMPARED_LENGTH), cell)
