"""Which sessions of a week: one bit a session, and sums of them by year group."""

from ibis.expr.types import BooleanValue, IntegerColumn, IntegerValue, Table

from rowan.chronology.rules.week_sessions import BITS, MISSING_PUPILS, POSSIBLE_PUPILS


def has(sessions: IntegerColumn, session: str) -> BooleanValue:
    return (sessions & BITS[session]) > 0


def session_sums(weeks: Table) -> dict[str, IntegerValue]:
    """By session of the week, how many pupils could have come and how many did not. Without persons, like every sum beside it."""
    return {
        name: has(which, session).cast("int64").sum().cast("int64")
        for which, names in (
            (weeks.counted_sessions, POSSIBLE_PUPILS),
            (weeks.missed_sessions, MISSING_PUPILS),
        )
        for session, name in names.items()
    }
