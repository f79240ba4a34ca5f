"""Each pupil's school weeks in sessions (half days), from the register's marks.

Kept in numbers, and put into words where they are read: a county has millions of weeks, and writing them is most of the work.
"""

import ibis
from ibis.expr.types import DateColumn, DateValue, IntegerColumn, IntegerValue, StringValue, Table

from rowan.chronology.rules.week_register import COUNTS, SESSIONS

from .week_registers import marks_in, with_registers
from .writing import listed_in_order

# The school year begins in September.
SCHOOL_YEAR_BEGINS_IN_MONTH = 9

PUPIL_AT_A_SCHOOL = ("agency", "laestab", "source", "source_id")
# A pupil number's week.
WEEK_OF_A_PUPIL = (*PUPIL_AT_A_SCHOOL, "week_on")


def weeks_by_import(marks: Table) -> Table:
    """The register of each pupil number's week, import by import: the one pass over every mark. Works on source ids, before anybody asks who the pupil is."""
    marked = with_registers(marks)
    return marked.group_by("import_id", *PUPIL_AT_A_SCHOOL, week_on=marked["on"].truncate("W")).agg(
        # One mark of a session stands, so that they add up.
        register=marked.register.sum().cast("int64")
    )


def pupil_numbers(weeks_by_import: Table, after: int = 0) -> Table:
    """A number in place of the four texts that say whose week it is. Counted on from `after`."""
    pupils = weeks_by_import.select(*PUPIL_AT_A_SCHOOL).distinct()
    in_order = ibis.row_number().over(order_by=[pupils[name] for name in PUPIL_AT_A_SCHOOL])
    return pupils.mutate(pupil_number=in_order + after + 1)


def import_numbers(imports: Table) -> Table:
    """A number in place of each import's id, in the same order."""
    ids = imports.select("import_id").distinct()
    return ids.mutate(import_number=ibis.row_number().over(order_by=ids.import_id) + 1)


def pupil_weeks(weeks_by_import: Table, pupil_numbers: Table, import_numbers: Table) -> Table:
    """A week of each pupil number, whatever imports told of it."""
    met = weeks_by_import.join(pupil_numbers, PUPIL_AT_A_SCHOOL).left_join(import_numbers, "import_id")
    return met.group_by("pupil_number", "week_on").agg(
        register=met.register.sum().cast("int64"),
        import_number=met.import_number.max(),
    )


def attendance_weeks(
    pupil_weeks: Table, registers_told: Table, pupil_numbers: Table, import_numbers: Table, pupils: Table
) -> Table:
    """In sessions, with the person, and the year group of that week. `pupils`: source, source_id, rid, person_id, year_group, year_group_on."""
    known = pupils.select(
        "source", "source_id", "rid", "person_id", "year_group", "year_group_on", year_now=_year_of(pupils.year_group)
    )  # fmt: skip
    numbered = pupil_numbers.join(known, ["source", "source_id"])
    weeks = (
        pupil_weeks.join(registers_told, "register")
        .join(numbered, "pupil_number")
        .left_join(import_numbers, "import_number")
    )
    return weeks.select(
        "person_id", *PUPIL_AT_A_SCHOOL, "rid", "week_on", *COUNTS, *SESSIONS, "import_id",
        first_on=_days_after(weeks.week_on, weeks.first_day),
        last_on=_days_after(weeks.week_on, weeks.last_day),
        year_group=_year_group_then(weeks.year_group, weeks.year_now, weeks.year_group_on, weeks.week_on),
    )  # fmt: skip


def rows_by_import(weeks_by_import: Table, kind: str) -> Table:
    """How many marks each import holds of each pupil number: what a purge counts before it deletes."""
    counted = weeks_by_import.group_by("import_id", "agency", "source", "source_id").agg(
        rows=marks_in(weeks_by_import.register).sum().cast("int64")
    )
    return counted.select("import_id", "agency", "source", "source_id", "rows", kind=ibis.literal(kind))


def codes_by_week(marks: Table) -> Table:
    """How many sessions of each code a pupil number's week has, as text: for those whose weeks are shown, and nobody else."""
    each = marks.group_by(*PUPIL_AT_A_SCHOOL, "code", week_on=marks["on"].truncate("W")).agg(
        sessions=marks.count()
    )
    return each.group_by(*WEEK_OF_A_PUPIL).agg(codes=_codes_as_json(each))


def _days_after(monday: DateColumn, days: IntegerColumn) -> DateValue:
    return (monday + days.as_interval("D")).cast("date")


def _year_of(year_group: StringValue) -> IntegerValue:
    """Reception comes before Year 1; null for a year group that is no number."""
    is_number = year_group.re_search(r"^\d{1,2}$")
    return (
        ibis.ifelse(is_number, year_group, ibis.ifelse(year_group == "R", "0", "")).nullif("").cast("int64")
    )


def _year_group_then(
    year_group: StringValue, year_now: IntegerValue, known_on: DateValue, day: DateValue
) -> StringValue:
    """A roll gives today's year group: a year ago she was in the one below."""
    then = year_now - (_school_year(known_on) - _school_year(day))
    return ibis.coalesce(
        ibis.ifelse(then == 0, "R", ibis.ifelse(then < 0, "N", then.cast("string"))), year_group
    )


def _school_year(day: DateValue) -> IntegerValue:
    return day.year() - (day.month() < SCHOOL_YEAR_BEGINS_IN_MONTH).cast("int64")


def _codes_as_json(by_code: Table) -> StringValue:
    """{"/": 5, "I": 2}, in order of code, so that the same week is the same text every night."""
    pair = (
        ibis.literal('"')
        + by_code.code.replace("\\", "\\\\").replace('"', '\\"')
        + ibis.literal('": ')
        + by_code.sessions.cast("string")
    )
    return ibis.literal("{") + listed_in_order(pair) + ibis.literal("}")
