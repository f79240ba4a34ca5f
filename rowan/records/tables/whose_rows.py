"""Each row with the person it is about tonight: by its record, and the person that record belongs to."""

import ibis
from ibis.expr.types import Table


def notes_of_others(school_log: Table, school_pupils: Table) -> Table:
    """Log notes about somebody who is not on that roll by that number and birth date: who that is, is a question for matching."""
    return school_log.anti_join(school_pupils, ["source", "source_id", "birth_date"])


def note_rids(school_log: Table, school_pupils: Table, row_rids: Table) -> Table:
    """A note follows the pupil it numbers, however the name is spelt in it: record_kind, source, record_id, rid.

    A name that stands only in notes would leave with them when they are purged, and take a record of somebody along.
    """
    roll = row_rids.filter(row_rids.record_kind == "school_pupils").select("source", "record_id", "rid")
    pupils = school_pupils.select("source", "source_id", "birth_date", "record_id").join(
        roll, ["source", "record_id"]
    )
    whose = pupils.group_by("source", "source_id", "birth_date").agg(rid=pupils.rid.max())
    notes = school_log.select("source", "source_id", "birth_date", "record_id")
    return (
        notes.join(whose, ["source", "source_id", "birth_date"])
        .select("source", "record_id", "rid", record_kind=ibis.literal("school_log"))
        .select("record_kind", "source", "record_id", "rid")
    )


def row_links(row_rids: Table, links: Table) -> Table:
    """record_kind, source, record_id, rid, person_id."""
    return row_rids.join(links.select("rid", "person_id"), "rid").select(
        "record_kind", "source", "record_id", "rid", "person_id"
    )


def with_person(rows: Table, kind: str, row_links: Table) -> Table:
    """Rows of one kind with rid and person_id."""
    mine = row_links.filter(row_links.record_kind == kind).drop("record_kind")
    return rows.join(mine, ["source", "record_id"])


def pupils_on_roll(school_pupils: Table, source_rids: Table, links: Table) -> Table:
    """One row a pupil number: source, source_id, rid, person_id, year_group, and the day the roll's year group held."""
    on_roll = school_pupils.select(
        "source",
        "source_id",
        "year_group",
        order=school_pupils.received_on.cast("string") + ibis.coalesce(school_pupils.entry_on.cast("string"), ibis.literal("")),
        year_group_on=ibis.ifelse(
            school_pupils.left_on < school_pupils.received_on, school_pupils.left_on, school_pupils.received_on
        ).fill_null(school_pupils.received_on),
    )  # fmt: skip
    newest = on_roll.group_by("source", "source_id").agg(
        year_group=on_roll.year_group.argmax(on_roll.order),
        year_group_on=on_roll.year_group_on.argmax(on_roll.order),
    )
    who = source_rids.join(links.select("rid", "person_id"), "rid")
    return newest.join(who, ["source", "source_id"])


def marks_of_people(marks: Table, pupils: Table) -> Table:
    """Every mark that stands, with its person. A mark's record id is written only here: it would be kept a million times for nothing."""
    who = pupils.select("source", "source_id", "rid", "person_id")
    met = marks.join(who, ["source", "source_id"])
    return met.select(
        "person_id", "agency", "source", "source_id", "rid", "on", "session", "code", "received_on", "file", "line",
        record_id=met.source_id + ibis.literal("|") + met["on"].cast("string") + ibis.literal("|") + met.session,
    )  # fmt: skip


def taken_again(imports: Table) -> Table:
    """import_id of every later import of the same file: rows of children known since, out of a file that was purged."""
    first = imports.group_by("content_hash", "agency", "format").agg(first_at=imports.at.min())
    met = imports.join(first, ["content_hash", "agency", "format"])
    return met.filter(met.at > met.first_at).select("import_id")


def rows_of_pupils(rows: Table, kind: str) -> Table:
    """How many rows of a kind each import holds of each pupil number: what a purge counts before it deletes."""
    counted = rows.group_by("import_id", "agency", "source", "source_id").agg(rows=rows.count().cast("int64"))
    return counted.mutate(kind=ibis.literal(kind)).select(
        "import_id", "agency", "source", "source_id", "kind", "rows"
    )
