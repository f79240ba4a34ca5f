"""Each agency's records of people: who somebody is according to one source, and which of its rows say so.

A source id can be two people (a number re-used), so a record is a source id with a birth date and a first name. Council
returns (903, children in need) hold no names: there a source id is one record, with the birth date its newest row gives, unless
the case list names several children of that number. Then each row is the child's whose birth date it gives.
"""

from collections.abc import Mapping

import ibis
from ibis.expr.types import StringColumn, StringValue, Table

# Kinds of row that name a person, with the columns an identity takes from each.
NAMED_KINDS = ("school_pupils", "school_log", "council_cases", "police_missing", "police_arrests")
# Kinds that hold a birth date and no name.
OF_THE_CENSUS = (
    "cin_children", "cin_referrals", "cin_assessments", "cin_plans", "cin_section47", "cin_protection_plans",
)  # fmt: skip
NAMELESS_KINDS = ("ssda903_header", "ssda903_missing", *OF_THE_CENSUS)
# The named kind whose numbers nameless rows bear too.
NAMES_THE_NAMELESS = "council_cases"
# Every other row about a person belongs to the newest identity of its source id.
_TEXT = (
    "first_name", "middle_names", "surname", "preferred_first_name", "preferred_surname", "sex", "ethnicity", "upn",
    "former_upn", "nhs_number", "cross_903", "address", "postcode", "laestab",
)  # fmt: skip
_RENAMED = {"child_903": "cross_903", "home_address": "address", "home_postcode": "postcode"}


def identity_records(kinds: Mapping[str, Table]) -> Table:
    """One row per record of a person. `kinds` are current rows by kind; missing kinds are passed over.

    Columns: rid, source, source_id, agency, first_name … laestab (as sent), birth_date, first_received_on, last_received_on.
    """
    return (
        _with_rid(_statements(kinds))
        .group_by("rid")
        .agg(
            source=lambda row: row.source.max(),
            source_id=lambda row: row.source_id.max(),
            agency=lambda row: row.agency.max(),
            birth_date=lambda row: row.birth_date.max(),
            **{name: _newest(name) for name in _TEXT},
            first_received_on=lambda row: row.received_on.min(),
            last_received_on=lambda row: row.received_on.max(),
        )
    )


def row_rids(kinds: Mapping[str, Table]) -> Table:
    """Which record each row belongs to: record_kind, source, record_id, rid (not marks: see `source_rids`)."""
    named = _with_rid(_statements({kind: rows for kind, rows in kinds.items() if kind in NAMED_KINDS}))
    own = named.select("record_kind", "source", "record_id", "rid")
    newest = source_rids(kinds)
    others = [
        rows.select(
            record_kind=ibis.literal(kind),
            source=rows.source,
            record_id=rows.record_id,
            source_id=rows.source_id,
            birth_date=rows.birth_date if "birth_date" in rows.columns else ibis.null("date"),
        )
        for kind, rows in sorted(kinds.items())
        if kind not in NAMED_KINDS and "record_id" in rows.columns and "source_id" in rows.columns
    ]
    if not others:
        return own
    follow = ibis.union(*others) if len(others) > 1 else others[0]
    theirs = follow.join(newest, ["source", "source_id"])
    if NAMES_THE_NAMELESS in kinds:
        theirs = _with_rids_by_birth_date(theirs, kinds)
    return ibis.union(own, theirs.select("record_kind", "source", "record_id", "rid")).distinct()


def source_rids(kinds: Mapping[str, Table]) -> Table:
    """The newest record of each source id: source, source_id, rid. Marks and nameless rows belong to it."""
    stated = _with_rid(_statements(kinds))
    return stated.group_by("source", "source_id").agg(rid=lambda row: row.rid.argmax(row.newness))


def _with_rids_by_birth_date(rows: Table, kinds: Mapping[str, Table]) -> Table:
    """Where a council's number was given again, a row that gives a birth date belongs to the newest record born that day."""
    of_council = {kind: kinds[kind] for kind in (NAMES_THE_NAMELESS, *OF_THE_CENSUS) if kind in kinds}
    stated = _with_rid(_statements(of_council))
    born = stated.filter(stated.birth_date.notnull())
    by_birth_date = born.group_by("source", "source_id", "birth_date").agg(
        rid_of_that_birth=lambda row: row.rid.argmax(row.newness)
    )
    met = rows.left_join(by_birth_date, ["source", "source_id", "birth_date"], rname="{name}_by_birth")
    return met.mutate(rid=ibis.coalesce(met.rid_of_that_birth, met.rid))


def _statements(kinds: Mapping[str, Table]) -> Table:
    """Every row that says who somebody is, in one shape."""
    parts = [_statement(kind, kinds[kind]) for kind in NAMED_KINDS if kind in kinds]
    parts += [
        _nameless(kind, kinds[kind])
        for kind in NAMELESS_KINDS
        if kind in kinds and "birth_date" in kinds[kind].columns
    ]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _statement(kind: str, rows: Table) -> Table:
    rows = rows.rename({new: old for old, new in _RENAMED.items() if old in rows.columns})
    has = set(rows.columns)
    return rows.select(
        record_kind=ibis.literal(kind),
        source=rows.source,
        source_id=rows.source_id,
        agency=rows.agency,
        record_id=rows.record_id,
        received_on=rows.received_on,
        newness=_newness(rows),
        birth_date=rows.birth_date,
        own_birth_date=rows.birth_date,
        **{name: rows[name].cast("string") if name in has else ibis.null("string") for name in _TEXT},
    ).filter(lambda row: row.source_id.notnull())


def _nameless(kind: str, rows: Table) -> Table:
    """One statement per source id: the council repeats a birth date in ten tables and they need not agree."""
    stated = _statement(kind, rows)
    newest = stated.group_by("source", "source_id").agg(
        newest_birth_date=lambda row: row.birth_date.argmax(row.newness, where=row.birth_date.notnull())
    )
    return (
        stated.join(newest, ["source", "source_id"])
        .mutate(birth_date=lambda row: row.newest_birth_date)
        .select(stated.columns)
    )


def _with_rid(statements: Table) -> Table:
    """A nameless council id and the named case of the same id are one record: the case list says who she is."""
    named = (
        statements.filter(statements.first_name.notnull())
        .group_by("source", "source_id")
        .agg(
            named_first_name=lambda row: row.first_name.argmax(row.newness),
            named_birth_date=lambda row: row.birth_date.argmax(row.newness),
        )
    )
    nameless = (
        statements.filter(statements.first_name.isnull())
        .group_by("source", "source_id")
        .agg(one_birth_date=lambda row: row.birth_date.argmax(row.newness, where=row.birth_date.notnull()))
    )
    case_list = statements.filter(
        (statements.record_kind == NAMES_THE_NAMELESS) & statements.first_name.notnull()
    )
    # Of few rows: whoever gathers identities holds all of them in memory.
    namesakes = case_list.group_by("source", "source_id", "own_birth_date").agg(
        first_name_of_that_birth=lambda row: row.first_name.argmax(row.newness)
    )
    births = namesakes.group_by("source", "source_id").agg(
        named_births=lambda row: row.own_birth_date.count()
    )
    joined = (
        statements.left_join(named, ["source", "source_id"], rname="{name}_named")
        .left_join(nameless, ["source", "source_id"], rname="{name}_nameless")
        .left_join(births, ["source", "source_id"], rname="{name}_of_births")
        .left_join(namesakes, ["source", "source_id", "own_birth_date"], rname="{name}_of_that_birth")
    )
    is_named = joined.first_name.notnull()
    # Of several children with this number she is the one born that day; or nobody knows yet, and matching says who.
    of_her_own = (joined.named_births > 1) & joined.own_birth_date.notnull()
    first_name = ibis.cases(
        (is_named, joined.first_name), (of_her_own, joined.first_name_of_that_birth), else_=joined.named_first_name
    )  # fmt: skip
    newest = ibis.coalesce(joined.named_birth_date, joined.one_birth_date)
    birth_date = ibis.cases((is_named, joined.birth_date), (of_her_own, joined.own_birth_date), else_=newest)
    return joined.mutate(
        rid=_rid(joined.source, joined.source_id, birth_date.cast("string"), first_name),
        birth_date=birth_date,
    ).select("rid", *statements.columns)


def _rid(
    source: StringValue, source_id: StringValue, birth_date: StringValue, first_name: StringValue
) -> StringValue:
    spelt = ibis.coalesce(first_name, ibis.literal("")).strip().lower()
    text = source + "|" + source_id + "|" + ibis.coalesce(birth_date, ibis.literal("")) + "|" + spelt
    return text.hexdigest("sha256").substr(0, 32)


def _newness(rows: Table) -> StringColumn:
    """Orders rows by when they came and where they stood, so that the newest is the same on every engine."""
    line = rows.line.cast("string").lpad(12, "0")
    return rows.received_on.cast("string") + "|" + rows.file + "|" + line


def _newest(name: str):  # type: ignore[no-untyped-def]  # an Ibis deferred aggregation has no public type
    return lambda row: row[name].argmax(row.newness, where=row[name].notnull())
