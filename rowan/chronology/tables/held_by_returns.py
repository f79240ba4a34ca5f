"""Does the council's newest return over those days still hold this row? (design hard case 9)

A 903 return is sent whole. A row that a later one over the same year leaves out was withdrawn, or is out of scope: nobody
can tell, so it is shown as unconfirmed and not counted, and never deleted.
"""

from datetime import date

import ibis
from ibis.expr.types import DateValue, IntegerValue, Table

from rowan.chronology.rules.returns import RETURN_YEAR_BEGINS


def with_still_held(rows: Table, held_by_returns: Table, imports: Table, kind: str, as_of: date) -> Table:
    """`rows` (began_on, ended_on) with `still_held`. `held_by_returns`: import_id, kind, source, record_id, last_on."""
    received = imports.filter(imports.received_on <= as_of).select("import_id", returned_at="at")
    held = held_by_returns.filter(held_by_returns.kind == kind).join(received, "import_id")
    held = held.mutate(year=_return_year(held.last_on))
    newest = held.group_by(newest_source="source", newest_year="year").agg(
        newest_import=held.import_id.argmax(held.returned_at)
    )
    in_newest = held.join(
        newest,
        [
            held.import_id == newest.newest_import,
            held.source == newest.newest_source,
            held.year == newest.newest_year,
        ],
    )
    in_newest = in_newest.select(held_source="source", held_record="record_id").distinct()
    dated = rows.mutate(year_of_return=_return_year(ibis.coalesce(rows.ended_on, rows.began_on)))
    asked = dated.left_join(
        newest, [dated.source == newest.newest_source, dated.year_of_return == newest.newest_year]
    )
    found = asked.left_join(
        in_newest, [asked.source == in_newest.held_source, asked.record_id == in_newest.held_record]
    )
    return found.mutate(still_held=found.newest_import.isnull() | found.held_record.notnull()).select(
        *rows.columns, "still_held"
    )


def _return_year(day: DateValue) -> IntegerValue:
    month, first = RETURN_YEAR_BEGINS
    begun = (day.month() > month) | ((day.month() == month) & (day.day() >= first))
    return day.year() + begun.cast("int64")
