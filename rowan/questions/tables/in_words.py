"""Small pieces of writing that both engines spell alike: a date in words, figures as JSON."""

from collections.abc import Mapping

import ibis
from ibis.expr.types import BooleanValue, DateValue, StringValue, Value

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: DateValue) -> StringValue:
    """3 June 2026."""
    month = day.month().cases(*[(number, name) for number, name in enumerate(MONTHS, 1)], else_="")
    return (
        day.day().cast("string") + ibis.literal(" ") + month + ibis.literal(" ") + day.year().cast("string")
    )


def figures(counts: Mapping[str, Value] | None = None, **parts: Value) -> StringValue:
    """The numbers, dates and yes-or-noes of an occasion as one JSON object. Never free text: nothing here needs escaping.

    Of `counts`, many of them and most of them nought, only the others are written; they need a part before them.
    """
    written: StringValue = ibis.literal("{")
    for place, (name, part) in enumerate(parts.items()):
        written = written + ibis.literal(f'{", " if place else ""}"{name}": ') + _json(part)
    for name, count in (counts or {}).items():
        written = written + ibis.ifelse(count > 0, ibis.literal(f', "{name}": ') + _json(count), "")
    return written + ibis.literal("}")


def _json(part: Value) -> StringValue:
    if isinstance(part, BooleanValue):
        text = ibis.ifelse(part, "true", "false")
    elif isinstance(part, DateValue | StringValue):
        text = ibis.literal('"') + part.cast("string") + ibis.literal('"')
    else:
        text = part.cast("string")
    return ibis.coalesce(text, ibis.literal("null"))
