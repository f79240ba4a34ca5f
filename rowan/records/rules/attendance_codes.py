"""The session codes of a school's attendance register, what each means, how it counts, and from when to when.

Source: School Attendance (Pupil Registration) (England) Regulations 2024 and *Working together to improve school
attendance*, in force on 19 August 2024. Codes that ended that day stay readable: old rows go on arriving.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

NEW_CODES_FROM = date(2024, 8, 19)


class Counts(StrEnum):
    ATTENDING = "attending"
    AUTHORISED = "authorised absence"
    UNAUTHORISED = "unauthorised absence"
    NOT_POSSIBLE = "not a possible session"


@dataclass(frozen=True)
class AttendanceCode:
    code: str
    meaning: str
    counts: Counts
    from_on: date | None = None
    # The first day on which the code no longer holds.
    until_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (
            self.until_on is None or day < self.until_on
        )


_NEW, _OLD = {"from_on": NEW_CODES_FROM}, {"until_on": NEW_CODES_FROM}

CODES: tuple[AttendanceCode, ...] = (
    AttendanceCode("/", "present in the morning", Counts.ATTENDING),
    AttendanceCode("\\", "present in the afternoon", Counts.ATTENDING),
    AttendanceCode("L", "late, before the register closed", Counts.ATTENDING),
    AttendanceCode("K", "education arranged by the council, elsewhere", Counts.ATTENDING, **_NEW),
    AttendanceCode("V", "educational visit or trip", Counts.ATTENDING),
    AttendanceCode("P", "supervised sporting activity", Counts.ATTENDING),
    AttendanceCode("W", "work experience", Counts.ATTENDING),
    AttendanceCode("B", "other approved education off site", Counts.ATTENDING),
    AttendanceCode("J", "interview", Counts.ATTENDING, **_OLD),
    AttendanceCode("C", "leave: exceptional circumstances", Counts.AUTHORISED),
    AttendanceCode("C1", "leave: performance or employment abroad", Counts.AUTHORISED, **_NEW),
    AttendanceCode("C2", "leave: part-time timetable", Counts.AUTHORISED, **_NEW),
    AttendanceCode("E", "suspended or excluded, no other provision yet", Counts.AUTHORISED),
    AttendanceCode("F", "extended family holiday", Counts.AUTHORISED, **_OLD),
    AttendanceCode("H", "agreed holiday", Counts.AUTHORISED, **_OLD),
    AttendanceCode("I", "illness", Counts.AUTHORISED),
    AttendanceCode("J1", "interview for a job or another school", Counts.AUTHORISED, **_NEW),
    AttendanceCode("M", "medical or dental appointment", Counts.AUTHORISED),
    AttendanceCode("R", "religious observance", Counts.AUTHORISED),
    AttendanceCode("S", "study leave", Counts.AUTHORISED),
    AttendanceCode("T", "parent travelling for work", Counts.AUTHORISED),
    AttendanceCode("G", "holiday not agreed", Counts.UNAUTHORISED),
    AttendanceCode("N", "reason not yet known", Counts.UNAUTHORISED),
    AttendanceCode("O", "no reason, or one not accepted", Counts.UNAUTHORISED),
    AttendanceCode("U", "arrived after the register closed", Counts.UNAUTHORISED),
    AttendanceCode("D", "registered at two schools, expected at the other", Counts.NOT_POSSIBLE),
    AttendanceCode("Q", "could not attend: no access arrangements", Counts.NOT_POSSIBLE, **_NEW),
    AttendanceCode("X", "not of compulsory age, not required", Counts.NOT_POSSIBLE),
    AttendanceCode("Y", "could not attend", Counts.NOT_POSSIBLE, **_OLD),
    AttendanceCode("Y1", "could not attend: school transport", Counts.NOT_POSSIBLE, **_NEW),
    AttendanceCode("Y2", "could not attend: widespread travel disruption", Counts.NOT_POSSIBLE, **_NEW),
    AttendanceCode("Y3", "could not attend: part of the school closed", Counts.NOT_POSSIBLE, **_NEW),
    AttendanceCode("Y4", "could not attend: school closed unexpectedly", Counts.NOT_POSSIBLE, **_NEW),
    AttendanceCode("Y5", "in criminal justice detention", Counts.NOT_POSSIBLE, **_NEW),
    AttendanceCode("Y6", "could not attend: public health", Counts.NOT_POSSIBLE, **_NEW),
    AttendanceCode("Y7", "could not attend: other unavoidable cause", Counts.NOT_POSSIBLE, **_NEW),
    AttendanceCode("Z", "not yet on roll", Counts.NOT_POSSIBLE),
    AttendanceCode("#", "planned closure", Counts.NOT_POSSIBLE),
)
_BY_CODE = {entry.code: entry for entry in CODES}


def code_on(code: str, day: date) -> AttendanceCode | None:
    """What a code meant on that day, or None when it meant nothing."""
    entry = _BY_CODE.get(code)
    return entry if entry and entry.holds_on(day) else None


# A school year has some 10,000 combinations, which come again in every file.
@lru_cache(maxsize=50_000)
def fault_in_mark(code: str, session: str, day: date) -> str | None:
    """Why a mark is kept with a remark, or None."""
    if code not in _BY_CODE:
        return "Mark: not a known code"
    if code_on(code, day) is None:
        return "Mark: not a code of that day"
    if (code, session) in {("/", "PM"), ("\\", "AM")}:
        return "Mark: the other session's present mark"
    return "Mark: on a Saturday or Sunday" if day.weekday() >= 5 else None
