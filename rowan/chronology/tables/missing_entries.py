"""Chronology lines of missing episodes, each with every report it rests on."""

import ibis
from ibis.expr.types import Table

from rowan.chronology.rules.missing import AWAY

from .writing import ENTRY, digest, particulars, with_after

# MISS-02: one or more missing episodes (domain 2.2).
MISSING_CODE = "MISS-02"


def missing_entries(missing_episodes: Table, missing_episode_sources: Table) -> Table:
    """Was reported missing, or was away from placement without agreement. In the shape of an entry."""
    # The agency a reader may see it by: the police where they reported it.
    agencies = missing_episode_sources.group_by(of_episode="episode_id").agg(
        police=ibis.ifelse(
            missing_episode_sources.record_kind == "police_missing", missing_episode_sources.agency, ibis.null("string")
        ).min(),
        council=missing_episode_sources.agency.min(),
        first_known_on=missing_episode_sources.received_on.min(),
    )  # fmt: skip
    told = missing_episodes.join(agencies, missing_episodes.episode_id == agencies.of_episode)
    missing = ibis.ifelse(
        told.kind == AWAY, "Was away from placement, at a place that was known", "Was reported missing"
    )
    overnight = ibis.ifelse(told.overnight.fill_null(False), missing + ", overnight", missing)
    title = with_after(overnight, "; found: ", told.found_place)
    title = ibis.ifelse(told.confirmed, title, title + " (not in the council's later return)")
    known_at = ibis.ifelse(told.times_known, told.began_at, ibis.null("timestamp"))
    return told.mutate(
        key=missing_entry_key(told),
        happened_on=told.began_at.date(),
        happened_at=known_at,
        ended_on=told.ended_at.date(),
        kind=ibis.ifelse(told.kind == AWAY, "away_from_placement", "went_missing"),
        title=title.substr(0, 300),
        text=told.circumstances,
        agency_code=ibis.coalesce(told.police, told.council),
        compartment=ibis.ifelse(told.police.notnull(), "police", "social_care"),
        observed=ibis.ifelse(told.kind == AWAY, "", "I"),
        observed_code=ibis.ifelse(told.kind == AWAY, "", MISSING_CODE),
        known_on=told.first_known_on,
        particulars=particulars(
            grade=told.grade,
            found_place=told.found_place,
            means_of_travel=told.means_of_travel,
            reported_by=told.reported_by,
            overnight=told.overnight,
            ended_at=ibis.ifelse(told.times_known, told.ended_at, ibis.null("timestamp")),
        ),
    ).select(*ENTRY)


def missing_entry_sources(missing_episode_sources: Table) -> Table:
    """Every report stands behind its episode's line."""
    rows = missing_episode_sources
    return rows.select(
        "person_id",
        "record_kind",
        "source",
        "record_id",
        "rid",
        "file",
        "line",
        "received_on",
        agency_code=rows.agency,
        entry_key=missing_entry_key(rows),
    )


def missing_entry_key(episodes: Table) -> ibis.Value:
    return digest("missing episode", episodes.episode_id)
