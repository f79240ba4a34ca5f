"""Each pupil's school weeks in sessions (half days), from the register's marks."""

import ibis
from ibis.expr.types import (
    BooleanValue,
    Column,
    DateColumn,
    DateValue,
    IntegerValue,
    StringColumn,
    StringValue,
    Table,
)

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
from rowan.records.rules.attendance_codes import CODES, Counts

from .week_sessions import bit_of

SESSIONS = (
    "possible", "absent", "authorised", "unauthorised", "counted_possible", "counted_absent", "ill", "medical", "part_time",
    "study_leave", "excluded", "custody", "counted_sessions", "missed_sessions", "ill_sessions",
)  # fmt: skip
# The school year begins in September.
SCHOOL_YEAR_BEGINS_IN_MONTH = 9


# A pupil number's week.
WEEK_OF_A_PUPIL = ("agency", "laestab", "source", "source_id", "week_on")


def sessions_by_code(marks: Table) -> Table:
    """Sessions of each pupil number, week and code, import by import: the one pass over every mark. Works on source ids, before anybody asks who the pupil is."""
    counted = marks.group_by(
        "import_id", "agency", "laestab", "source", "source_id", "code", week_on=marks["on"].truncate("W"), changes=_changes_by(marks["on"])
    ).agg(sessions=marks.count(), which=bit_of(marks["on"], marks.session).sum(), first_on=marks["on"].min(), last_on=marks["on"].max())  # fmt: skip
    # Asked of each group and not of each mark: between two days on which codes change a code means one thing.
    return counted.mutate(class_of_code=_class(counted.code, counted.first_on)).drop("changes")


def sessions_by_week(by_code: Table) -> Table:
    """Sessions of each pupil number and week."""
    return by_code.group_by(*WEEK_OF_A_PUPIL).agg(
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
        first_on=by_code.first_on.min(),
        last_on=by_code.last_on.max(),
        import_id=by_code.import_id.max(),
    )


def codes_by_week(by_code: Table) -> Table:
    """How many sessions of each code a pupil number's week has, as text: for those whose weeks are shown, and nobody else."""
    each = by_code.group_by(*WEEK_OF_A_PUPIL, "code").agg(sessions=by_code.sessions.sum())
    return each.group_by(*WEEK_OF_A_PUPIL).agg(codes=_codes_as_json(each))


def rows_by_import(by_code: Table, kind: str) -> Table:
    """How many marks each import holds of each pupil number: what a purge counts before it deletes."""
    counted = by_code.group_by("import_id", "agency", "source", "source_id").agg(
        rows=by_code.sessions.sum().cast("int64")
    )
    return counted.select("import_id", "agency", "source", "source_id", "rows", kind=ibis.literal(kind))


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


def _changes_by(on: DateColumn) -> IntegerValue:
    """On how many days codes had changed by then."""
    days = sorted({day for code in CODES for day in (code.from_on, code.until_on) if day})
    passed = [(on >= ibis.date(day.isoformat())).cast("int8") for day in days]
    return sum(passed[1:], passed[0]) if passed else ibis.literal(0, "int8")


def _class(code_sent: StringColumn, on: DateColumn) -> StringValue:
    """What the mark counts as, looked up by date and code; a mark nobody knows is not a possible session."""
    found = ibis.literal(Counts.NOT_POSSIBLE.value)
    for counts in (Counts.ATTENDING, Counts.AUTHORISED, Counts.UNAUTHORISED):
        for code in codes_that_count_as(counts):
            holds = code_sent == code.code
            if code.from_on:
                holds = holds & (on >= ibis.date(code.from_on.isoformat()))
            if code.until_on:
                holds = holds & (on < ibis.date(code.until_on.isoformat()))
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
