"""A school's year group, week by week, without persons: what a pupil's own weeks are held against (promise 9)."""

from ibis.expr.types import Table

from rowan.chronology.rules.week_sessions import SESSION_SUMS

from .week_sessions import session_sums

SUMS = ("pupils", "counted_possible", "counted_absent", "ill", *SESSION_SUMS)


def week_sums(attendance_weeks: Table) -> Table:
    """Sums of the weeks given, by school, year group and week."""
    weeks = attendance_weeks.filter(attendance_weeks.counted_possible > 0)
    return weeks.group_by("laestab", "year_group", "week_on").agg(
        pupils=weeks.count().cast("int64"),
        counted_possible=weeks.counted_possible.sum().cast("int64"),
        counted_absent=weeks.counted_absent.sum().cast("int64"),
        ill=weeks.ill.sum().cast("int64"),
        **session_sums(weeks),
    )


def school_week_sums(attendance_weeks: Table, purged_sums: Table, taken_again: Table | None = None) -> Table:
    """The sums of the rows still kept, with those of rows counted and purged.

    Rows of `taken_again` (import_id: a purged file taken in once more, for a child known since) are in the purged sums already.
    None: no file was, and no week need be asked of which import it is.
    """
    fresh = attendance_weeks if taken_again is None else attendance_weeks.anti_join(taken_again, "import_id")
    both = (
        week_sums(fresh)
        .select("laestab", "year_group", "week_on", *SUMS)
        .union(purged_sums.select("laestab", "year_group", "week_on", *SUMS))
    )
    return both.group_by("laestab", "year_group", "week_on").agg(
        **{name: both[name].sum().cast("int64") for name in SUMS}
    )
