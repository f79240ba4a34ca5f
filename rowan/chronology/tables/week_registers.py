"""The register of a pupil's week as one number, and what it tells in sessions."""

from functools import cache
from typing import Any

import ibis
from ibis.expr.types import DateColumn, IntegerColumn, IntegerValue, Table

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


def with_registers(marks: Table) -> Table:
    """Each mark with `register`: that of a week in which nothing else was marked, so that a week's marks add up to its own."""
    met = marks.mutate(changes=_changes_by(marks["on"])).left_join(sorts_by_code(), ["code", "changes"])
    sort = ibis.coalesce(met.sort_of_mark, sorts_of_mark()[counted_as("", a_day_after(0))])
    half_day = met["on"].day_of_week.index() * len(HALVES) + (met.session == "PM").ifelse(1, 0)
    return met.mutate(register=sort.cast(_WHOLE) << (half_day * BITS_OF_A_MARK).cast(_WHOLE))


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
def sorts_by_code() -> Table:
    """Of which sort a mark is, by its code and by how often codes had changed by its day."""
    rows = [
        {"code": one.code, "changes": changes, "sort_of_mark": sorts_of_mark()[counted_as(one.code, a_day_after(changes))]}
        for one in CODES
        for changes in range(len(CHANGES_ON) + 1)
    ]  # fmt: skip
    return _small(rows, code="string")


@cache
def what_sorts_tell() -> Table:
    return _small([
        {"sort_of_mark": number} | {name: int(name in told) for name in (*COUNTS, *SESSIONS)}
        for told, number in sorts_of_mark().items()
    ])  # fmt: skip


@cache
def half_days() -> Table:
    bits = [*BITS.values(), *[0] * (HALF_DAYS - len(BITS))]
    return _small([{"half_day": half_day, "session_bit": bit} for half_day, bit in enumerate(bits)])


def _small(rows: list[dict[str, Any]], **kinds: str) -> Table:
    return ibis.memtable(rows, schema=ibis.schema({name: kinds.get(name, _WHOLE) for name in rows[0]}))


def _of_half_day(register: IntegerColumn, half_day: IntegerValue | int) -> IntegerValue:
    return (register >> (half_day * BITS_OF_A_MARK)) & _A_MARK


def _changes_by(on: DateColumn) -> IntegerValue:
    """How often codes had changed by then."""
    passed = [(on >= ibis.date(day.isoformat())).cast(_WHOLE) for day in CHANGES_ON]
    return sum(passed[1:], passed[0])
