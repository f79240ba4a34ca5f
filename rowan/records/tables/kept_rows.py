"""Whose marks and log notes may be kept (promise 9): children the hub works with, and schools that chose their own watch."""

from datetime import date

import ibis
from ibis.expr.types import Table

# Kinds of row of which only some children's are kept, with the feed whose agreement says so.
WATCHED_KINDS = {"attendance_marks": "attendance_marks", "school_log": "school_log"}


def kept_children(
    source_rids: Table, links: Table, known_to_hub: Table, agreements: Table, known_children: Table, kind: str, as_of: date
) -> Table:  # fmt: skip
    """source, source_id of the pupils whose rows of this kind may be kept, for ever once it was so on one night."""
    own_watch = agreements.filter(
        (agreements.feed == WATCHED_KINDS[kind])
        & agreements.own_watch
        & (agreements.from_on <= as_of)
        & (agreements.until_on.isnull() | (agreements.until_on >= as_of))
    )
    who = source_rids.join(links.select("rid", "person_id", "agency"), "rid")
    with_hub = who.semi_join(known_to_hub, "person_id").select("source", "source_id")
    watched = who.semi_join(own_watch, "agency").select("source", "source_id")
    before = known_children.filter(known_children.kind == kind).select("source", "source_id")
    return ibis.union(with_hub, watched, before).distinct()


def waiting_children(source_rids: Table, unsure_pairs: Table, judged: Table) -> Table:
    """source, source_id of pupils whose record is unsure or was judged: their rows wait."""
    rids = ibis.union(
        unsure_pairs.select(rid="left_rid"), unsure_pairs.select(rid="right_rid"), judged.select("rid")
    ).distinct()
    return source_rids.semi_join(rids, "rid").select("source", "source_id")


def pupils_to_purge(rows: Table, kept_children: Table, waiting_children: Table) -> Table:
    """agency, source, source_id whose rows are counted and purged after tonight's run."""
    pupils = rows.select("agency", "source", "source_id").distinct()
    return pupils.anti_join(kept_children, ["source", "source_id"]).anti_join(
        waiting_children, ["source", "source_id"]
    )
