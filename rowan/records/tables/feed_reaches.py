"""Up to which date each agency's files reach: what every page that rests on files says (design promise 8)."""

import ibis
from ibis.expr.types import Table


def feed_reaches(imports: Table, purged: Table) -> Table:
    """key, feed, agency, reaches_to, rows_kept, rows_purged, purged_on; one row a feed and agency.

    `purged`: import_id, rows, purged_on. A file without a period of its own reaches to the day it was received.
    """
    gone = purged.group_by("import_id").agg(rows_purged=purged.rows.sum(), purged_on=purged.purged_on.max())
    known = imports.left_join(gone, "import_id")
    reaches = known.group_by("feed", "agency").agg(
        reaches_to=ibis.coalesce(known.period_to, known.received_on).max(),
        rows_kept=(known.kept - known.rows_purged.fill_null(0)).sum().cast("int64"),
        rows_purged=known.rows_purged.fill_null(0).sum().cast("int64"),
        purged_on=known.purged_on.max(),
    )
    return reaches.mutate(key=reaches.feed + ibis.literal("|") + reaches.agency)
