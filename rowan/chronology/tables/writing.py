"""Small pieces of writing that every engine spells alike: a code in words, a date in words, an entry's particulars."""

from collections.abc import Mapping, Sequence

import ibis
from ibis.expr.types import BooleanValue, DateValue, StringValue, Table, Value

from rowan.records.rules.sealing import MARK

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_BETWEEN = "\x1f"


def in_words(code: StringValue, words: Mapping[str, str], otherwise: StringValue | str | None) -> StringValue:
    """What a code means; a code nobody knows reads as `otherwise` (nothing, when that is None)."""
    rest = ibis.null("string") if otherwise is None else otherwise
    return code.strip().upper().cases(*[(known.upper(), said) for known, said in words.items()], else_=rest)


def day_in_words(day: DateValue) -> StringValue:
    """3 June 2026."""
    month = day.month().cases(*[(number, name) for number, name in enumerate(MONTHS, 1)], else_="")
    return day.day().cast("string") + " " + month + " " + day.year().cast("string")


def is_sealed(cell: StringValue) -> BooleanValue:
    return cell.startswith(MARK).fill_null(False)


def place_in_words(place: StringValue) -> StringValue:
    """A place in a line that many may read: a home that is withheld is not named."""
    return ibis.ifelse(is_sealed(place), "an address that is withheld", place)


def unless_sealed(cell: StringValue) -> StringValue:
    return ibis.ifelse(is_sealed(cell), ibis.null("string"), cell)


def with_after(text: StringValue, between: str, more: StringValue) -> StringValue:
    """`text`, and when there is more, the words between and the rest."""
    has_more = more.notnull() & (more != "")
    return ibis.ifelse(has_more, text + between + more.fill_null(""), text)


def particulars(**parts: Value) -> StringValue:
    """An entry's small facts as one JSON object; a fact nobody gave is left out."""
    named = [ibis.literal(f'"{name}": ') + _json(part) for name, part in parts.items()]
    return ibis.literal("{") + listed(named) + ibis.literal("}")


def listed(pieces: Sequence[StringValue]) -> StringValue:
    """The pieces that are there, with commas between. Each is written once: an expression that repeats itself grows without end."""
    written = ibis.literal("")
    for piece in pieces:
        written = written + (piece + ", ").fill_null("")
    return written.re_replace(", $", "")


def listed_in_order(pieces: StringValue) -> StringValue:
    """The pieces of a group's rows in their own order, so that the same rows are the same text every night."""
    return pieces.collect().sort().join(", ")


def digest(*parts: Value | str) -> StringValue:
    """64 hex characters that are the same for the same parts every night."""
    text = ibis.literal("")
    for part in parts:
        said = ibis.literal(part) if isinstance(part, str) else part.cast("string").fill_null("\x00")
        text = text + _BETWEEN + said
    return text.hexdigest("sha256")


def entries(
    rows: Table,
    *,
    record_kind: str,
    kind: str,
    happened_on: DateValue,
    title: StringValue | str,
    compartment: str,
    part: Value | str = "",
    **more: Value | str,
) -> Table:
    """One chronology line for each row, with the row it rests on. `rows` carry the person and the record."""
    words = {
        name: ibis.literal(value) if isinstance(value, str) else value
        for name, value in {"title": title, **more}.items()
    }
    nothing = ibis.null("string")
    return rows.select(
        key=digest(kind, record_kind, rows.source, rows.record_id, part),
        person_id=rows.person_id,
        happened_on=happened_on,
        happened_at=words.get("happened_at", ibis.null("timestamp")),
        ended_on=words.get("ended_on", ibis.null("date")),
        kind=ibis.literal(kind),
        title=words["title"].substr(0, 300),
        text=words.get("text", nothing),
        agency_code=rows.agency,
        compartment=ibis.literal(compartment),
        observed=words.get("observed", nothing),
        observed_code=words.get("observed_code", nothing),
        confirmed=ibis.literal(True),
        known_on=rows.received_on,
        particulars=words.get("particulars", ibis.literal("{}")),
        record_kind=ibis.literal(record_kind),
        source=rows.source,
        record_id=rows.record_id,
        rid=rows.rid,
        file=rows.file,
        line=rows.line,
        received_on=rows.received_on,
    ).filter(lambda row: row.happened_on.notnull() & row.person_id.notnull())


ENTRY = (
    "key", "person_id", "happened_on", "happened_at", "ended_on", "kind", "title", "text", "agency_code", "compartment", "observed",
    "observed_code", "confirmed", "known_on", "particulars",
)  # fmt: skip
SOURCE = (
    "person_id",
    "record_kind",
    "source",
    "record_id",
    "rid",
    "agency_code",
    "file",
    "line",
    "received_on",
)


def _json(part: Value) -> StringValue:
    if part.type().is_boolean():
        return ibis.ifelse(part, "true", "false")
    if part.type().is_numeric():
        return part.cast("string")
    text = part.cast("string")
    for found, instead in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(found, instead)
    return ibis.literal('"') + text + ibis.literal('"')
