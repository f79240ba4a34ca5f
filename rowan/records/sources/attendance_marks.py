"""Attendance marks in a long file: one row a pupil and session. By far the most rows, so read in blocks."""

from rowan.records.rules.attendance_codes import fault_in_mark

from .agency_codes import of_school
from .kinds import ATTENDANCE_MARKS
from .person_columns import source_id, upn
from .profile import Column, Row, Source, Type, codes
from .school_roll import LAESTAB


def check_mark(row: Row) -> list[str]:
    fault = fault_in_mark(row["code"], row["session"], row["on"])
    return [fault] if fault else []


MARKS = Source(
    format="attendance marks",
    feed="attendance_marks",
    kind=ATTENDANCE_MARKS,
    agency_kind="school",
    scheme="admission",
    columns=(
        LAESTAB,
        source_id("AdmissionNumber", "Admission no"),
        upn("UPN"),
        Column("on", ("Date",), Type.DATE, key=True),
        Column("session", ("Session",), key=True, codes=codes("AM PM")),
        # An empty mark was not taken, which is not an absence: the row is put aside and counted.
        Column("code", ("Mark",), key=True, tidy=str.upper),
        Column("minutes_late", ("MinutesLate", "Minutes late"), Type.WHOLE, lowest=0),
    ),
    record_id=(),
    happened="on",
    filed_by_event=True,
    own_number="laestab",
    agency_of=of_school,
    check=check_mark,
    keeps_raw=False,
    order=60,
)
SOURCES = (MARKS,)
