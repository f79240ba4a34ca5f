"""Attendance as a page shows it: the weeks of one pupil number in one term, together. A county has millions of weeks, and a page is shown them all."""

import ibis
from ibis.expr.types import DateValue, StringValue, Table

from .attendance_weeks import WEEK_OF_A_PUPIL
from .writing import digest, listed_in_order

# Four months each, from September, January and May: near enough a school's own, and the same for every school.
MONTHS_OF_A_TERM = 4
# Whose week it is, and in which term.
TERM_OF_A_PUPIL = ("source", "source_id", "person_id", "agency", "term_on")
# As each week is written, after its Monday; in half days.
SUMS = ("possible", "absent", "authorised", "unauthorised")


def attendance_terms(attendance_weeks: Table, codes_by_week: Table) -> Table:
    """key, person_id, agency_code, term_on, and its weeks as two pieces of JSON. A pupil with two numbers at one school has two.

    `weeks`: [["2026-09-07", possible, absent, authorised, unauthorised], ...], by Monday.
    `codes`: {"2026-09-07": {"/": 9, "I": 1}, ...}, half days by code.
    """
    possible = attendance_weeks.filter(attendance_weeks.possible > 0)
    weeks = possible.join(codes_by_week, WEEK_OF_A_PUPIL)
    written = weeks.mutate(
        term_on=_term_of(weeks.week_on), sums=_sums(weeks), coded=_quoted(weeks.week_on) + ": " + weeks.codes
    )
    terms = written.group_by(*TERM_OF_A_PUPIL).agg(
        weeks=ibis.literal("[") + listed_in_order(written.sums) + "]",
        codes=ibis.literal("{") + listed_in_order(written.coded) + "}",
    )
    return terms.select(
        "person_id", "term_on", "weeks", "codes",
        key=digest("term", terms.source, terms.source_id, terms.person_id, terms.agency, terms.term_on), agency_code=terms.agency,
    )  # fmt: skip


def _term_of(monday: DateValue) -> DateValue:
    month = (monday.month() - 1) // MONTHS_OF_A_TERM * MONTHS_OF_A_TERM + 1
    return ibis.date(monday.year(), month, 1)


def _sums(weeks: Table) -> StringValue:
    written = ibis.literal("[") + _quoted(weeks.week_on)
    for name in SUMS:
        written = written + ", " + weeks[name].cast("string")
    return written + "]"


def _quoted(day: DateValue) -> StringValue:
    return ibis.literal('"') + day.cast("string") + '"'
