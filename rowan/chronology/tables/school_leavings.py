"""Leavings of a school's roll after which no school is named: nowhere known, or home education (EDU-05, domain 2.2)."""

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table

from rowan.chronology.rules.words import LEFT_FOR_HOME_EDUCATION, LEFT_FOR_NOWHERE_NAMED

# A whole year group leaves at the end of a phase, often before its next schools are written down.
ENDS_A_PHASE = "end of phase"
COLUMNS = (
    "person_id", "left_on", "record_id", "source", "rid", "agency", "received_on", "file", "line",
)  # fmt: skip


def school_leavings(school_pupils: Table) -> Table:
    """One row a leaving. `school_pupils` are roll rows with the person each belongs to."""
    gone = school_pupils.filter(school_pupils.left_on.notnull() & school_pupils.person_id.notnull())
    home = for_home_education(gone.destination, gone.leaving_reason)
    nowhere = for_nowhere_named(gone.destination, gone.leaving_reason)
    return gone.filter(home | nowhere).select(
        *COLUMNS, home_education=home, record_kind=ibis.literal("school_pupils")
    )


def for_nowhere_named(destination: StringValue, leaving_reason: StringValue) -> BooleanValue:
    reason = leaving_reason.fill_null("").lower()
    return destination.fill_null("").lower().strip().isin(LEFT_FOR_NOWHERE_NAMED) & (reason != ENDS_A_PHASE)


def for_home_education(destination: StringValue, leaving_reason: StringValue) -> BooleanValue:
    where, reason = destination.fill_null("").lower().strip(), leaving_reason.fill_null("").lower()
    return ibis.or_(*[where.contains(said) | reason.contains(said) for said in LEFT_FOR_HOME_EDUCATION])
