"""What a page calls a person today: the newest statement of the source that knows best, column by column."""

import ibis
from ibis.expr.types import StringValue, Table

# Who is believed first about a child's name and birth date: the school that registers her, then the council that works with her.
_BELIEVED_FIRST = ((":admission", 4), (":cin", 3), (":903", 2), (":person", 1))


def known_as(identity_records: Table, links: Table, people_schools: Table, cin_children: Table) -> Table:
    """person_id, first_name, surname, birth_date, sex, ethnic_group, disabled, school_code, year_group.

    `cin_children` are census rows with the person each belongs to.
    """
    theirs = identity_records.join(links.select("rid", "person_id"), "rid")
    ranked = theirs.mutate(
        standing=_rank(theirs) + "|" + theirs.last_received_on.cast("string") + "|" + theirs.rid
    )
    best = ranked.group_by("person_id").agg(
        first_name=_best("first_name"),
        surname=_best("surname"),
        birth_date=_best("birth_date"),
        sex=_best("sex"),
        ethnic_group=_best("ethnicity"),
    )
    place = _school_now(people_schools)
    disability = _disability(cin_children)
    joined = best.left_join(place, "person_id").left_join(disability, best.person_id == disability.of_person)
    return joined.select(
        person_id=joined.person_id,
        first_name=joined.first_name,
        surname=joined.surname,
        birth_date=joined.birth_date,
        sex=ibis.cases((joined.sex == "1", "M"), (joined.sex == "2", "F"), else_=joined.sex),
        ethnic_group=joined.ethnic_group,
        disabled=joined.disabled,
        school_code=joined.school_code,
        year_group=joined.year_group,
    )


def _best(column: str):  # type: ignore[no-untyped-def]  # an Ibis deferred aggregation has no public type
    return lambda row: row[column].argmax(row.standing, where=row[column].notnull())


def _rank(theirs: Table) -> StringValue:
    branches = [(theirs.source.endswith(scheme), ibis.literal(str(rank))) for scheme, rank in _BELIEVED_FIRST]
    return ibis.cases(*branches, else_=ibis.literal("0"))


def _school_now(people_schools: Table) -> Table:
    """The roll she is on now; where two schools say so, the one she joined last."""
    now = people_schools.filter(people_schools.last_on.isnull())
    order = ibis.coalesce(now.first_on.cast("string"), ibis.literal("")) + "|" + now.key
    ordered = now.mutate(order=order)
    return ordered.group_by("person_id").agg(
        school_code=lambda row: row.agency_code.argmax(row.order),
        year_group=lambda row: row.year_group.argmax(row.order),
    )


def _disability(cin_children: Table) -> Table:
    """Recorded by the council: yes, no ("NONE") or not known. Kept for fairness; no rule reads it."""
    stated = cin_children.filter(cin_children.disabilities.notnull() & (cin_children.disabilities != ""))
    return stated.group_by(of_person="person_id").agg(disabled=lambda row: (row.disabilities != "NONE").any())
