"""Where a looked-after child lived, from when to when, from the council's 903 return."""

from ibis.expr.types import Table

COLUMNS = (
    "person_id", "began_on", "ended_on", "placement", "placement_postcode", "home_postcode", "reason_began", "reason_ended",
    "reason_place_change", "record_id", "source", "rid", "agency", "received_on", "file", "line",
)  # fmt: skip


def placements(ssda903_episodes: Table) -> Table:
    """One row an episode of care. `ssda903_episodes` are the newest rows with rid and person_id."""
    known = ssda903_episodes.filter(
        ssda903_episodes.began_on.notnull() & ssda903_episodes.person_id.notnull()
    )
    return known.select(*COLUMNS)
