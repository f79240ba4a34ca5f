"""The school's own marks behind an occasion: those that were counted, in the weeks it rests on."""

from collections.abc import Callable

import ibis
from ibis.expr.types import BooleanValue, Table

from rowan.chronology.rules.attendance_codes import ILLNESS
from rowan.questions.rules.absence_risen import COUNTED_MARKS

MARK = (
    "person_id", "agency", "source", "source_id", "rid", "on", "session", "code", "record_id", "received_on", "file", "line",
)  # fmt: skip


def marks_counted(
    found: Table,
    counted_weeks: Table,
    attendance_marks_current: Table,
    *,
    belongs: Callable[[Table], BooleanValue] | None = None,
) -> Table:
    """`belongs` says of an occasion and a mark, side by side, whether the mark is one of those it is about; else all are."""
    marks = attendance_marks_current.select(*MARK)
    counted = marks.filter(marks.code.isin(list(COUNTED_MARKS)))
    asked = found.select(
        "on",
        "scope",
        "window_from",
        "window_to",
        *(["pattern"] if "pattern" in found.columns else []),
        who="person_id",
        whose="source_id",
        at="source",
        school="agency",
    )
    met = asked.join(
        counted,
        [
            asked.who == counted.person_id,
            asked.at == counted.source,
            asked.whose == counted.source_id,
            counted["on"] >= asked.window_from,
            counted["on"] <= asked.window_to,
        ],
        lname="asked_{name}",
        rname="",
    )
    if belongs:
        met = met.filter(belongs(met))
    met = met.mutate(monday=met["on"].cast("timestamp").truncate("W").date())
    ill = counted_weeks.filter(counted_weeks.long_illness > 0).select(
        "person_id", "source", "source_id", monday="week_on"
    )
    short = met.filter(~met.code.isin(ILLNESS)).union(
        met.filter(met.code.isin(ILLNESS)).anti_join(ill, ["person_id", "source", "source_id", "monday"])
    )
    meaning = short.code.cases(*COUNTED_MARKS.items(), else_="absent")
    session = short.session.cases(("AM", "Morning: "), ("PM", "Afternoon: "), else_="")
    return short.select(
        "person_id", "source", "record_id", "rid", "agency", "received_on", "file", "line", "scope",
        on="asked_on",
        record_kind=ibis.literal("attendance_marks"),
        happened_on=short["on"],
        event=short.record_id,
        what=session + meaning + ibis.literal(" (") + short.code + ibis.literal(")"),
    )  # fmt: skip
