"""Each pupil's school weeks in sessions (half days), from the register's marks."""

import ibis
from ibis.expr.types import BooleanValue, Column, DateValue, IntegerValue, StringValue, Table

from rowan.chronology.rules.attendance_codes import (
    CUSTODY,
    EXCLUDED,
    ILLNESS,
    LEFT_OUT_OF_RULES,
    MEDICAL,
    PART_TIME,
    STUDY_LEAVE,
    codes_that_count_as,
)
from rowan.records.rules.attendance_codes import Counts

from .week_sessions import bit_of

SESSIONS = (
    "possible", "absent", "authorised", "unauthorised", "counted_possible", "counted_absent", "ill", "medical", "part_time",
    "study_leave", "excluded", "custody", "counted_sessions", "missed_sessions", "ill_sessions",
)  # fmt: skip
# The school year begins in September.
SCHOOL_YEAR_BEGINS_IN_MONTH = 9


def sessions_by_week(marks: Table) -> Table:
    """Sessions of each pupil number and week. Works on source ids, before anybody asks who the pupil is."""
    by_code = marks.group_by(
        "agency", "laestab", "source", "source_id", "code", week_on=marks["on"].truncate("W"), class_of_code=_class(marks)
    ).agg(
        sessions=marks.count(), which=bit_of(marks["on"], marks.session).sum(), first_on=marks["on"].min(), last_on=marks["on"].max(), import_id=marks.import_id.max()
    )  # fmt: skip
    return by_code.group_by("agency", "laestab", "source", "source_id", "week_on").agg(
        possible=_sum(by_code, ~_is(by_code, Counts.NOT_POSSIBLE)),
        absent=_sum(by_code, _is(by_code, Counts.AUTHORISED) | _is(by_code, Counts.UNAUTHORISED)),
        authorised=_sum(by_code, _is(by_code, Counts.AUTHORISED)),
        unauthorised=_sum(by_code, _is(by_code, Counts.UNAUTHORISED)),
        counted_possible=_sum(
            by_code, ~_is(by_code, Counts.NOT_POSSIBLE) & by_code.code.notin(LEFT_OUT_OF_RULES)
        ),
        counted_absent=_sum(
            by_code,
            (_is(by_code, Counts.AUTHORISED) | _is(by_code, Counts.UNAUTHORISED))
            & by_code.code.notin(LEFT_OUT_OF_RULES),
        ),
        ill=_sum(by_code, by_code.code.isin(ILLNESS)),
        medical=_sum(by_code, by_code.code.isin(MEDICAL)),
        part_time=_sum(by_code, by_code.code.isin(PART_TIME)),
        study_leave=_sum(by_code, by_code.code.isin(STUDY_LEAVE)),
        excluded=_sum(by_code, by_code.code.isin(EXCLUDED)),
        custody=_sum(by_code, by_code.code.isin(CUSTODY)),
        # Which sessions, for a rule that looks at days: without those that never ask, so that they are neither missed nor attended.
        counted_sessions=_bits(by_code, _asks(by_code) & ~_is(by_code, Counts.NOT_POSSIBLE)),
        missed_sessions=_bits(
            by_code,
            _asks(by_code) & (_is(by_code, Counts.AUTHORISED) | _is(by_code, Counts.UNAUTHORISED)),
        ),
        ill_sessions=_bits(by_code, by_code.code.isin(ILLNESS)),
        codes=_codes_as_json(by_code),
        first_on=by_code.first_on.min(),
        last_on=by_code.last_on.max(),
        import_id=by_code.import_id.max(),
    )


def attendance_weeks(sessions_by_week: Table, pupils: Table) -> Table:
    """With the person and the year group of that week. `pupils`: source, source_id, rid, person_id, year_group, year_group_on."""
    known = pupils.select("source", "source_id", "rid", "person_id", "year_group", "year_group_on")
    weeks = sessions_by_week.join(known, ["source", "source_id"])
    return weeks.select(
        "person_id",
        "agency",
        "laestab",
        "source",
        "source_id",
        "rid",
        "week_on",
        *SESSIONS,
        "codes",
        "first_on",
        "last_on",
        "import_id",
        year_group=year_group_then(weeks.year_group, weeks.year_group_on, weeks.week_on),
    )


def year_group_then(year_group: StringValue, known_on: DateValue, day: DateValue) -> StringValue:
    """A roll gives today's year group: a year ago she was in the one below."""
    is_number = year_group.re_search(r"^\d{1,2}$")
    now = ibis.ifelse(is_number, year_group, ibis.ifelse(year_group == "R", "0", "")).nullif("").cast("int64")
    then = now - (_school_year(known_on) - _school_year(day))
    return ibis.coalesce(
        ibis.ifelse(then == 0, "R", ibis.ifelse(then < 0, "N", then.cast("string"))), year_group
    )


def _school_year(day: DateValue) -> IntegerValue:
    return day.year() - (day.month() < SCHOOL_YEAR_BEGINS_IN_MONTH).cast("int64")


def _class(marks: Table) -> StringValue:
    """What the mark counts as, looked up by date and code; a mark nobody knows is not a possible session."""
    found = ibis.literal(Counts.NOT_POSSIBLE.value)
    for counts in (Counts.ATTENDING, Counts.AUTHORISED, Counts.UNAUTHORISED):
        for code in codes_that_count_as(counts):
            holds = marks.code == code.code
            if code.from_on:
                holds = holds & (marks["on"] >= ibis.date(code.from_on.isoformat()))
            if code.until_on:
                holds = holds & (marks["on"] < ibis.date(code.until_on.isoformat()))
            found = ibis.ifelse(holds, counts.value, found)
    return found


def _is(by_code: Table, counts: Counts) -> BooleanValue:
    return by_code.class_of_code == counts.value


def _sum(by_code: Table, which: BooleanValue) -> Column:
    return which.ifelse(by_code.sessions, 0).sum().cast("int64")


def _asks(by_code: Table) -> BooleanValue:
    return by_code.code.notin((*LEFT_OUT_OF_RULES, *MEDICAL, *PART_TIME, *STUDY_LEAVE))


def _bits(by_code: Table, which: BooleanValue) -> Column:
    # One mark of a session stands, so that bits add up. (Ibis knows no bitwise "or" of many rows on Spark.)
    return which.ifelse(by_code.which, 0).sum().cast("int64")


def _codes_as_json(by_code: Table) -> StringValue:
    """{"/": 5, "I": 2}, in order of code, so that the same week is the same text every night."""
    pair = (
        ibis.literal('"')
        + by_code.code.replace("\\", "\\\\").replace('"', '\\"')
        + ibis.literal('": ')
        + by_code.sessions.cast("string")
    )
    return ibis.literal("{") + pair.collect().sort().join(", ") + ibis.literal("}")
