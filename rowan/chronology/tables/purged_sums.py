"""Sums of purged rows, counted once: what a school sends again takes the place of what it sent before."""

import ibis
from ibis.expr.types import Table

from rowan.chronology.rules.week_sessions import LEAST_PUPILS_WHOSE_SESSIONS_STAY, SESSION_SUMS

from .week_sessions import session_sums

COLUMNS = (
    "purge_id", "laestab", "year_group", "week_on", "first_on", "last_on", "pupils", "counted_possible", "counted_absent", "ill",
    *SESSION_SUMS,
)  # fmt: skip
# A file with fewer than this share of the earlier pupils is a correction of a few, not the week sent again.
A_FRAGMENT = 0.5


def sums_to_purge(attendance_weeks: Table, pupils_to_purge: Table, purge_id: str) -> Table:
    """The weeks of tonight's pupils whose marks go, without persons; of a handful, not by half day (docs/adr/0029)."""
    weeks = attendance_weeks.filter(attendance_weeks.counted_possible > 0)
    going = weeks.semi_join(pupils_to_purge, ["source", "source_id"])
    sums = going.group_by("laestab", "year_group", "week_on").agg(
        first_on=going.first_on.min(),
        last_on=going.last_on.max(),
        pupils=going.count().cast("int64"),
        counted_possible=going.counted_possible.sum().cast("int64"),
        counted_absent=going.counted_absent.sum().cast("int64"),
        ill=going.ill.sum().cast("int64"),
        **session_sums(going),
    )
    enough = sums.pupils >= LEAST_PUPILS_WHOSE_SESSIONS_STAY
    by_half_day = {name: enough.ifelse(sums[name], ibis.null("int64")) for name in SESSION_SUMS}
    return sums.mutate(purge_id=ibis.literal(purge_id), **by_half_day).select(*COLUMNS)


def counted_once(purged_sums: Table) -> Table:
    """Of sums over the same days the newest stands, unless it is of a few pupils only. `purge_id`s sort by age."""
    one = purged_sums
    other = purged_sums.select(**{f"other_{name}": purged_sums[name] for name in COLUMNS}).view()
    same_days = [
        one.laestab == other.other_laestab,
        one.year_group == other.other_year_group,
        one.week_on == other.other_week_on,
        one.purge_id != other.other_purge_id,
        one.first_on <= other.other_last_on,
        one.last_on >= other.other_first_on,
    ]
    newer = one.purge_id < other.other_purge_id
    replaced = (newer & (other.other_pupils >= one.pupils * A_FRAGMENT)) | (
        ~newer & (one.pupils < other.other_pupils * A_FRAGMENT)
    )
    return one.anti_join(other, [*same_days, replaced])
