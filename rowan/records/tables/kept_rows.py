"""Whose marks and log notes may be kept (promise 9): children the hub works with, and schools that chose their own watch."""

from datetime import date

import ibis
from ibis.expr.types import Table

# The feeds of which only some children's rows are kept, by kind of row.
WATCHED_KINDS = {"attendance_marks": "attendance_marks", "school_log": "school_log"}


def own_watch_agencies(agreements: Table, as_of: date) -> Table:
    """agency of schools that chose their own watch. One that agreed to it for marks only has no own watch: the less is kept."""
    standing = agreements.filter(
        agreements.feed.isin(list(WATCHED_KINDS.values()))
        & (agreements.from_on <= as_of)
        & (agreements.until_on.isnull() | (agreements.until_on >= as_of))
    )
    return (
        standing.group_by("agency")
        .having(lambda row: row.own_watch.all())
        .agg(feeds=standing.count())
        .select("agency")
    )


def kept_children(
    source_rids: Table, links: Table, known_to_hub: Table, own_watch_agencies: Table, known_children: Table
) -> Table:
    """agency, source, source_id of the pupils whose marks and notes may be kept, for ever once it was so on one night."""
    who = source_rids.join(links.select("rid", "person_id", "agency"), "rid")
    with_hub = who.semi_join(known_to_hub, "person_id")
    watched = who.semi_join(own_watch_agencies, "agency")
    before = who.semi_join(known_children, ["source", "source_id"])
    kept = ibis.union(with_hub, watched, before)
    return kept.select("agency", "source", "source_id").distinct()


def waiting_children(source_rids: Table, unsure_pairs: Table, judged: Table) -> Table:
    """source, source_id of pupils whose record is unsure or was judged: their rows wait."""
    rids = ibis.union(
        unsure_pairs.select(rid="left_rid"), unsure_pairs.select(rid="right_rid"), judged.select("rid")
    ).distinct()
    return source_rids.semi_join(rids, "rid").select("source", "source_id")


def pupils_to_purge(pupils: Table, kept_children: Table, waiting_children: Table) -> Table:
    """agency, source, source_id whose rows are counted and purged after tonight's run. `pupils` have rows that could go."""
    return (
        pupils.select("agency", "source", "source_id")
        .distinct()
        .anti_join(kept_children, ["source", "source_id"])
        .anti_join(waiting_children, ["source", "source_id"])
    )
