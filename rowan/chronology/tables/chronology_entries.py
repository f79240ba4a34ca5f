"""What happened, in date order, from every agency: one line for each thing that happened, and the rows it rests on."""

import ibis
from ibis.expr.types import Table

from .writing import ENTRY, SOURCE, digest


def chronology_entries(lines: Table, missing_entries: Table, signs_of_harm: Table) -> Table:
    """`lines` are entries that rest on one row each; missing episodes and signs rest on several."""
    return ibis.union(
        lines.select(*ENTRY).distinct(on="key"), missing_entries.select(*ENTRY), signs_of_harm.select(*ENTRY)
    )


def chronology_entry_sources(
    chronology_entries: Table, lines: Table, missing_entry_sources: Table, sign_sources: Table
) -> Table:
    """key, entry_key, and the source row: what a page shows beside a line."""
    own = lines.select(*SOURCE, entry_key="key")
    columns = [*SOURCE, "entry_key"]
    rows = ibis.union(
        own.select(*columns), missing_entry_sources.select(*columns), sign_sources.select(*columns)
    )
    standing = rows.semi_join(
        chronology_entries.select(entry_key="key", person_id="person_id"), ["entry_key", "person_id"]
    )
    return standing.mutate(
        key=digest(standing.entry_key, standing.record_kind, standing.source, standing.record_id)
    ).distinct(on="key")
