"""The register of a pupil's week as one number, and what it tells in sessions."""

from functools import cache

import ibis
from ibis.expr.types import IntegerColumn, IntegerValue, MapValue, StringColumn, Table

from rowan.chronology.rules.week_register import (
    BITS_OF_A_MARK,
    CHANGES_ON,
    COUNTS,
    HALF_DAYS,
    SESSIONS,
    a_day_after,
    counted_as,
    sorts_of_mark,
)
from rowan.chronology.rules.week_sessions import BITS, HALVES
from rowan.records.rules.attendance_codes import CODES

_WHOLE = "int64"
_A_MARK = 2**BITS_OF_A_MARK - 1
_SORTS = sorts_of_mark()
_A_MARK_NOBODY_KNOWS = _SORTS[counted_as("", a_day_after(0))]


def with_registers(marks: Table) -> Table:
    """Each mark with `register`: that of a week in which nothing else was marked, so that the bits of a week's marks together are its own."""
    half_day = marks["on"].day_of_week.index() * len(HALVES) + (marks.session == "PM").ifelse(1, 0)
    return marks.mutate(
        register=_sort_of_mark(marks).cast(_WHOLE) << (half_day * BITS_OF_A_MARK).cast(_WHOLE)
    )


def _sort_of_mark(marks: Table) -> IntegerValue:
    """By what its code meant on its day. Looked up, not joined: an engine does that once for each code of a file."""
    sort = _looked_up(marks.code, changes=0)
    for changes, day in enumerate(CHANGES_ON, start=1):
        sort = (marks["on"] >= ibis.date(day.isoformat())).ifelse(_looked_up(marks.code, changes), sort)
    return sort


def _looked_up(code: StringColumn, changes: int) -> IntegerValue:
    return _sorts_after(changes).get(code, _A_MARK_NOBODY_KNOWS)


@cache
def _sorts_after(changes: int) -> MapValue:
    day = a_day_after(changes)
    return ibis.map({one.code: _SORTS[counted_as(one.code, day)] for one in CODES})


@ibis.udf.agg.builtin(name="bit_or")  # type: ignore[untyped-decorator]
def all_bits_of(register: int) -> int:  # type: ignore[empty-body]
    """The register of a week from those of its marks. Both engines have it, and need not count in wider numbers as for a sum."""


def marks_in(register: IntegerColumn) -> IntegerValue:
    """How many half days of the week are marked."""
    any_bit = register | (register >> 1) | (register >> 2) | (register >> 3)
    one_for_each = any_bit & sum(1 << (BITS_OF_A_MARK * half_day) for half_day in range(HALF_DAYS))
    # What is left after casting out nines, with digits up to fifteen: fourteen ones at most add up to less than that.
    return one_for_each % _A_MARK


def what_registers_tell(weeks: Table) -> Table:
    """Sessions of each register among the weeks, and how many days after its Monday the first and last mark stand."""
    each = weeks.select("register").distinct().cross_join(half_days())
    marked = each.mutate(sort_of_mark=_of_half_day(each.register, each.half_day)).join(
        what_sorts_tell(), "sort_of_mark"
    )
    day = marked.half_day // len(HALVES)
    return marked.group_by("register").agg(
        **{name: marked[name].sum().cast(_WHOLE) for name in COUNTS},
        # A week's sessions are those of its school days, one bit for each, so that they add up.
        **{name: (marked[name] * marked.session_bit).sum().cast(_WHOLE) for name in SESSIONS},
        first_day=day.min().cast(_WHOLE),
        last_day=day.max().cast(_WHOLE),
    )


@cache
def what_sorts_tell() -> Table:
    return _small([
        {"sort_of_mark": number} | {name: int(name in told) for name in (*COUNTS, *SESSIONS)}
        for told, number in _SORTS.items()
    ])  # fmt: skip


@cache
def half_days() -> Table:
    bits = [*BITS.values(), *[0] * (HALF_DAYS - len(BITS))]
    return _small([{"half_day": half_day, "session_bit": bit} for half_day, bit in enumerate(bits)])


def _small(rows: list[dict[str, int]]) -> Table:
    return ibis.memtable(rows, schema=ibis.schema(dict.fromkeys(rows[0], _WHOLE)))


def _of_half_day(register: IntegerColumn, half_day: IntegerValue | int) -> IntegerValue:
    return (register >> (half_day * BITS_OF_A_MARK)) & _A_MARK
