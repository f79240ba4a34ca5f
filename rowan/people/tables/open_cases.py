"""Whom the council works with, and who the worker is, from its case list."""

from ibis.expr.types import Table


def open_cases(council_cases: Table) -> Table:
    """person_id, agency, team, worker, worker_phone, opened_on, closed_on, record_id. `council_cases` carry their person."""
    return council_cases.filter(council_cases.opened_on.notnull()).select(
        "person_id", "agency", "team", "worker", "worker_phone", "opened_on", "closed_on", "record_id"
    )
