"""Arrests of children under 18, from the police."""

import ibis
from ibis.expr.types import Table

from .writing import digest, place_in_words

COLUMNS = (
    "person_id", "arrested_at", "place", "place_postcode", "offence", "company", "disposal", "charged_on", "record_kind", "source",
    "record_id", "rid", "agency", "received_on", "file", "line",
)  # fmt: skip


def arrests(police_arrests: Table) -> Table:
    """One row an arrest. `police_arrests` are the newest rows with rid and person_id."""
    known = police_arrests.filter(police_arrests.arrested_at.notnull() & police_arrests.person_id.notnull())
    return known.mutate(
        arrest_id=digest("arrest", known.source, known.record_id).substr(0, 32),
        record_kind=ibis.literal("police_arrests"),
        place=place_in_words(known.place),
    ).select("arrest_id", *COLUMNS)
