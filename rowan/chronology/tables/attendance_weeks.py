"""Each pupil's school weeks in sessions (half days), from the register's marks.

Kept in numbers, and put into words where they are read: a county has millions of weeks, and writing them is most of the work.
"""

from collections.abc import Callable

import ibis
from ibis.expr.types import DateColumn, DateValue, IntegerColumn, IntegerValue, StringValue, Table

from rowan.chronology.rules.week_register import COUNTS, SESSIONS

from .week_registers import all_bits_of, marks_in, with_registers
from .writing import listed_in_order

# The school year begins in September.
SCHOOL_YEAR_BEGINS_IN_MONTH = 9

# Whose pupil numbers they are: one kind of number (admission, say) at one school.
SERIES = ("agency", "laestab", "source")
PUPIL_AT_A_SCHOOL = (*SERIES, "source_id")
# What every mark of an import says alike, and what the few imports are told apart by.
SENDER = ("import_id", *SERIES)
# A pupil number's week.
WEEK_OF_A_PUPIL = (*PUPIL_AT_A_SCHOOL, "week_on")


def weeks_by_import(marks: Table) -> Table:
    """The register of each pupil number's week, import by import. Works on source ids, before anybody asks who the pupil is."""
    return _weeks(marks, *SENDER)


def weeks_of_imports(marks: Table) -> Table:
    """The same of marks whose import says which school they are of, with the newest version among them: only grouped by fewer texts, for all of a county go through here."""
    return _weeks(marks, "import_id", newest_version=lambda week: week.version.max().cast("int64"))


def _weeks(marks: Table, *whose: str, **more: Callable[[Table], IntegerValue]) -> Table:
    marked = with_registers(marks)
    return marked.group_by(*whose, "source_id", week_on=marked["on"].truncate("W").cast("date")).agg(
        # One mark of a session stands, so that no two say anything of the same bits.
        register=all_bits_of(marked.register),
        **more,
    )


def senders(rows: Table, after: int = 0) -> Table:
    """A number in place of the texts that say which import a week is of and at which school, in order of import; and one for the school's series of pupil numbers. Counted on from `after`."""
    told = rows.select(*SENDER).distinct()
    in_order = ibis.row_number().over(order_by=[told[name] for name in SENDER])
    by_series = ibis.dense_rank().over(order_by=[told[name] for name in SERIES])
    return told.mutate(sender_number=in_order + after + 1, series=by_series + after + 1)


def in_numbers(weeks_by_import: Table, senders: Table) -> Table:
    """Weeks with their sender's number: sender_number, source_id, week_on, register."""
    same = [weeks_by_import[name].identical_to(senders[name]) for name in SENDER]
    return _numbered(weeks_by_import.join(senders.select(*SENDER, "sender_number"), same))


def of_imports_in_numbers(weeks_of_imports: Table, senders: Table) -> Table:
    """The same of `weeks_of_imports`, each import of one sender. Those of an import that is not in are left out."""
    known = senders.select("import_id", "sender_number")
    return _numbered(weeks_of_imports.join(known, "import_id"), "newest_version")


def put_together(weeks: Table) -> Table:
    """Weeks in numbers of which marks may lie in two places."""
    return weeks.group_by("sender_number", "source_id", "week_on").agg(register=all_bits_of(weeks.register))


def _numbered(weeks: Table, *more: str) -> Table:
    return weeks.select("sender_number", "source_id", "week_on", "register", *more)


def pupils_by_import(weeks: Table, senders: Table) -> Table:
    """How many marks each import holds of each pupil number, from which week to which: sender_number, series, source_id, rows, first_week, last_week. Few beside the weeks, and all that is asked of imports."""
    counted = weeks.group_by("sender_number", "source_id").agg(
        rows=marks_in(weeks.register).sum().cast("int64"),
        first_week=weeks.week_on.min(),
        last_week=weeks.week_on.max(),
    )
    return counted.join(senders.select("sender_number", "series"), "sender_number")


def pupil_numbers(pupils_by_import: Table, senders: Table, after: int = 0) -> Table:
    """A number in place of the four texts that say whose week it is. Counted on from `after`."""
    pupils = pupils_by_import.select("series", "source_id").distinct()
    named = pupils.join(senders.select("series", *SERIES).distinct(), "series")
    in_order = ibis.row_number().over(order_by=[named[name] for name in PUPIL_AT_A_SCHOOL])
    return named.mutate(pupil_number=in_order + after + 1)


def pupil_weeks(weeks: Table, pupils_by_import: Table, pupil_numbers: Table) -> Table:
    """A week of each pupil number, whatever imports told of it, and the last of them."""
    numbered = _with_shared_weeks(pupils_by_import).join(pupil_numbers, ["series", "source_id"])
    whose = numbered.select("sender_number", "source_id", "pupil_number", "shares_a_week")
    met = weeks.join(whose, ["sender_number", "source_id"])
    columns = ("pupil_number", "week_on", "register", "sender_number")
    # Most are told by one import each: only the others need be put together.
    alone = met.filter(~met.shares_a_week).select(*columns)
    shared = met.filter(met.shares_a_week)
    together = shared.group_by("pupil_number", "week_on").agg(
        register=all_bits_of(shared.register), sender_number=shared.sender_number.max()
    )
    return alone.union(together.select(*columns))


def _with_shared_weeks(pupils_by_import: Table) -> Table:
    """Whether of some week of a pupil number more than one import may tell: `shares_a_week`."""
    pupil = ["series", "source_id"]
    earlier = ibis.window(
        group_by=pupil, order_by=["first_week", "sender_number"], preceding=(None, 1), following=None
    )
    met = pupils_by_import.mutate(told_until=pupils_by_import.last_week.max().over(earlier))
    shares = (met.first_week <= met.told_until).fill_null(False).cast("int64")
    return met.mutate(shares_a_week=shares.max().over(ibis.window(group_by=pupil)) > 0)


def attendance_weeks(
    pupil_weeks: Table, registers_told: Table, pupil_numbers: Table, senders: Table, pupils: Table
) -> Table:
    """In sessions, with the person, and the year group of that week. `pupils`: source, source_id, rid, person_id, year_group, year_group_on."""
    known = pupils.select(
        "source", "source_id", "rid", "person_id", "year_group", "year_group_on", year_now=_year_of(pupils.year_group)
    )  # fmt: skip
    numbered = pupil_numbers.join(known, ["source", "source_id"])
    weeks = (
        pupil_weeks.join(registers_told, "register")
        .join(numbered, "pupil_number")
        .join(senders.select("sender_number", "import_id"), "sender_number")
    )
    return weeks.select(
        "person_id", *PUPIL_AT_A_SCHOOL, "rid", "week_on", *COUNTS, *SESSIONS, "import_id",
        first_on=_days_after(weeks.week_on, weeks.first_day),
        last_on=_days_after(weeks.week_on, weeks.last_day),
        year_group=_year_group_then(weeks.year_group, weeks.year_now, weeks.year_group_on, weeks.week_on),
    )  # fmt: skip


def rows_by_import(pupils_by_import: Table, senders: Table, kind: str) -> Table:
    """How many marks each import holds of each pupil number: what a purge counts before it deletes."""
    told = pupils_by_import.join(senders.drop("series"), "sender_number")
    counted = told.group_by("import_id", "agency", "source", "source_id").agg(
        rows=told.rows.sum().cast("int64")
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
