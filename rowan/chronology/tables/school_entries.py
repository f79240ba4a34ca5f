"""Chronology lines from schools: joined, left, and every note of the safeguarding log."""

import ibis
from ibis.expr.types import Table

from rowan.chronology.rules.words import LOG_CONTEXT

from .school_leavings import for_home_education, for_nowhere_named
from .writing import entries, in_words, particulars, unless_sealed, with_after

EDUCATION = "education"


def roll_entries(school_pupils: Table, schools: Table) -> Table:
    """Joined and left. `school_pupils` are roll rows with the person each belongs to."""
    names = schools.select(at_school="laestab", school_name="name").distinct(on="at_school")
    named = school_pupils.left_join(names, school_pupils.laestab == names.at_school)
    rows = named.mutate(school=ibis.coalesce(named.school_name, ibis.literal("school ") + named.laestab))
    destination = rows.destination
    elsewhere = rows.left_join(
        names.select(goes_to="at_school", goes_to_name="school_name"), destination == names.at_school
    ).mutate(goes=lambda row: ibis.coalesce(row.goes_to_name, row.destination))
    joined = entries(
        rows, record_kind="school_pupils", kind="school_joined", happened_on=rows.entry_on, compartment=EDUCATION,
        title=ibis.literal("Joined ") + rows.school,
    )  # fmt: skip
    why = with_after(ibis.literal("Left ") + elsewhere.school, ": ", elsewhere.leaving_reason.lower())
    no_school = for_nowhere_named(elsewhere.goes, elsewhere.leaving_reason) | for_home_education(
        elsewhere.goes, elsewhere.leaving_reason
    )
    left = entries(
        elsewhere, record_kind="school_pupils", kind="school_left", happened_on=elsewhere.left_on, compartment=EDUCATION,
        title=with_after(why, "; went to ", elsewhere.goes),
        observed=ibis.ifelse(no_school, "V", ""), observed_code=ibis.ifelse(no_school, "EDU-05", ""),
    )  # fmt: skip
    return joined.union(left)


def log_entries(school_log: Table) -> Table:
    """Every note is a line with its date, author, agency, compartment and words (design hard case 5)."""
    rows = school_log
    code = in_words(rows.category, LOG_CONTEXT, None)
    return entries(
        rows, record_kind="school_log", kind="school_log", happened_on=rows["on"], compartment=EDUCATION,
        title=ibis.literal("School log: ") + rows.category.fill_null("no category").lower(), text=rows.note,
        observed=ibis.ifelse(code.notnull(), "V", ""), observed_code=code,
        particulars=particulars(author=rows.recorded_by, category=rows.category, action_taken=unless_sealed(rows.action_taken)),
    )  # fmt: skip
