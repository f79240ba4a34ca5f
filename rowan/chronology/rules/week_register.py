"""A pupil's week as the register shows it, in one whole number: what sort of mark stands for each of its fourteen half days.

A county has millions of weeks and few different ones: what a register tells is counted once for all the weeks that look alike.
"""

from datetime import date, timedelta

from rowan.records.rules.attendance_codes import CODES, Counts, code_on

from .attendance_codes import (
    CUSTODY,
    EXCLUDED,
    ILLNESS,
    LEFT_OUT_OF_RULES,
    MEDICAL,
    PART_TIME,
    STUDY_LEAVE,
)

# From Monday's morning to Sunday's afternoon. Four bits say what sort of mark stands for a half day; nought is none.
HALF_DAYS = 14
BITS_OF_A_MARK = 4

COUNTS = (
    "possible", "absent", "authorised", "unauthorised", "counted_possible", "counted_absent", "ill", "medical", "part_time",
    "study_leave", "excluded", "custody",
)  # fmt: skip
# Which sessions, for a rule that looks at days: without those that never ask, so that they are neither missed nor attended.
SESSIONS = ("counted_sessions", "missed_sessions", "ill_sessions")
NEVER_ASK = (*LEFT_OUT_OF_RULES, *MEDICAL, *PART_TIME, *STUDY_LEAVE)

# The days on which codes changed: between two of them a code means one thing.
CHANGES_ON = sorted({day for code in CODES for day in (code.from_on, code.until_on) if day})


def a_day_after(changes: int) -> date:
    """Some day on which codes had changed so many times."""
    return CHANGES_ON[changes - 1] if changes else CHANGES_ON[0] - timedelta(days=1)


def counted_as(code: str, day: date) -> frozenset[str]:
    """All that one mark of that code on that day counts as. A mark nobody knows is not a possible session."""
    meant = code_on(code, day)
    counts = meant.counts if meant else Counts.NOT_POSSIBLE
    possible = counts != Counts.NOT_POSSIBLE
    absent = counts in (Counts.AUTHORISED, Counts.UNAUTHORISED)
    told = {
        "possible": possible,
        "absent": absent,
        "authorised": counts == Counts.AUTHORISED,
        "unauthorised": counts == Counts.UNAUTHORISED,
        "counted_possible": possible and code not in LEFT_OUT_OF_RULES,
        "counted_absent": absent and code not in LEFT_OUT_OF_RULES,
        "ill": code in ILLNESS,
        "medical": code in MEDICAL,
        "part_time": code in PART_TIME,
        "study_leave": code in STUDY_LEAVE,
        "excluded": code in EXCLUDED,
        "custody": code in CUSTODY,
        "counted_sessions": possible and code not in NEVER_ASK,
        "missed_sessions": absent and code not in NEVER_ASK,
        "ill_sessions": code in ILLNESS,
    }
    return frozenset(name for name, holds in told.items() if holds)


def sorts_of_mark() -> dict[frozenset[str], int]:
    """Marks that count alike are of one sort, whatever their codes."""
    periods = [a_day_after(changes) for changes in range(len(CHANGES_ON) + 1)]
    different = {counted_as(code, day) for code in ("", *[code.code for code in CODES]) for day in periods}
    return {told: number for number, told in enumerate(sorted(different, key=sorted), start=1)}
