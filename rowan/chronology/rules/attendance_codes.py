"""Attendance marks by what they tell: which are absence, and which stand apart.

The codes themselves, with their dates and classes, are in `records.rules.attendance_codes`.
"""

from rowan.records.rules.attendance_codes import CODES, AttendanceCode, Counts

# Counted apart, because each is an explanation or a safeguarding fact of its own.
ILLNESS = ("I",)
MEDICAL = ("M",)
PART_TIME = ("C2",)
STUDY_LEAVE = ("S",)
EXCLUDED = ("E",)
CUSTODY = ("Y5",)
# Religious observance and travelling: protected by promise 3, so they are left out of every count that a rule reads,
# above the line and below it. To every rule an R, a T and a planned closure are the same.
LEFT_OUT_OF_RULES = ("R", "T")


def codes_that_count_as(counts: Counts) -> list[AttendanceCode]:
    """Looked up by date and code: a stopped code sent after its day counts as nothing anybody knows."""
    return [code for code in CODES if code.counts is counts]
