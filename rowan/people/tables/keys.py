"""A published row's key: a digest of what makes it that row, so that the same row has the same key every night."""

import ibis
from ibis.expr.types import StringValue, Table

# Between parts, so that ("ab", "c") and ("a", "bc") differ; no agency types it.
_BETWEEN = "\x1f"


def key_of(rows: Table, *columns: str) -> StringValue:
    """64 hex characters of the named columns' text; missing is its own word."""
    text = ibis.literal("")
    for column in columns:
        text = (
            text + ibis.literal(_BETWEEN) + ibis.coalesce(rows[column].cast("string"), ibis.literal("\x00"))
        )
    return text.hexdigest("sha256")
