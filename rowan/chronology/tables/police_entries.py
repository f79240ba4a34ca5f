"""Chronology lines of arrests and charges, worded as things that happened to a child."""

import ibis
from ibis.expr.types import Table

from rowan.chronology.rules.words import COMPANY

from .writing import entries, particulars, with_after

POLICE = "police"
# Arrest or stop where exploitation may explain it (domain 2.2).
ARREST_CODE = "CJ-01"


def arrest_entries(arrests: Table) -> Table:
    company = ibis.ifelse(
        arrests.company.lower().isin(list(COMPANY)), arrests.company.lower(), ibis.null("string")
    )
    arrested = entries(
        arrests, record_kind="police_arrests", kind="arrested", happened_on=arrests.arrested_at.date(), compartment=POLICE,
        title=with_after(
            with_after(ibis.literal("Was arrested"), " on suspicion of: ", arrests.offence.lower()), "; was ", company
        ),
        happened_at=arrests.arrested_at, observed="I", observed_code=ARREST_CODE,
        particulars=particulars(place=arrests.place, offence=arrests.offence, company=arrests.company, disposal=arrests.disposal),
    )  # fmt: skip
    charged = entries(
        arrests, record_kind="police_arrests", kind="charged", happened_on=arrests.charged_on, compartment=POLICE,
        title=with_after(ibis.literal("Was charged"), " with: ", arrests.offence.lower()), observed="I", observed_code=ARREST_CODE,
    )  # fmt: skip
    return arrested.union(charged)
