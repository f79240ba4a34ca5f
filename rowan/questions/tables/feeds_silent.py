"""Schools whose attendance marks stopped while the other schools were open. Reads which days a school was open, and nothing of a pupil."""

from datetime import date, timedelta
from functools import reduce

import ibis
from ibis.expr.types import Table

from rowan.chronology.rules.week_sessions import DAYS, HALVES, POSSIBLE_PUPILS
from rowan.questions.rules.declaration import Values, whole
from rowan.questions.rules.feed_silent import LEAST_SCHOOLS, OPEN_PERCENT, OTHERS_WITHIN_DAYS, SCHOOL_DAYS

MARKS_FEED = "attendance_marks"
# As records.sources.agency_codes.of_school.
SCHOOL = "school-"
WEEK = ("laestab", "week_on", *POSSIBLE_PUPILS.values())


def school_days(school_week_sums: Table) -> Table:
    """agency, on: the days on which a school expected anybody, from the sums that outlive its purged rows."""
    weeks = school_week_sums.select(*WEEK)
    days = [
        weeks.filter(
            reduce(lambda one, other: one | other, [weeks[POSSIBLE_PUPILS[f"{day}_{half}"]] > 0 for half in HALVES])
        ).select(
            agency=ibis.literal(SCHOOL) + weeks.laestab,
            on=(weeks.week_on.cast("timestamp") + ibis.interval(days=number)).date(),
        )
        for number, day in enumerate(DAYS)
    ]  # fmt: skip
    return reduce(lambda one, more: one.union(more), days).distinct()


def feeds_silent(
    school_days: Table, feed_reaches: Table, agreements: Table, values: Values, *, as_of: date
) -> Table:
    """feed, agency, reaches_to, school_days, others: one row for each school that has sent nothing of too many school days.

    Only schools whose agreement still runs are asked, or compared with.
    """
    current = current_schools(feed_reaches, agreements, values, as_of)
    opened = school_days.filter(school_days["on"] <= ibis.literal(as_of)).semi_join(current, "agency")
    opened = opened.select("on", open_at="agency")
    counted = with_others_sending(feed_reaches, agreements, values, as_of)
    since_then = counted.inner_join(
        opened, [opened["on"] > counted.reaches_to, opened.open_at != counted.agency]
    )
    days = since_then.group_by("agency", "reaches_to", "others_sending", "on").agg(
        open_schools=since_then.open_at.nunique()
    )
    counts = days.filter(
        (days.open_schools >= whole(values, LEAST_SCHOOLS))
        & (days.open_schools * 100 >= days.others_sending * whole(values, OPEN_PERCENT))
    )
    silent = counts.group_by("agency", "reaches_to").agg(
        school_days=counts.count().cast("int64"), others=counts.open_schools.max().cast("int64")
    )
    silent = silent.filter(silent.school_days >= whole(values, SCHOOL_DAYS))
    return silent.select("agency", "reaches_to", "school_days", "others", feed=ibis.literal(MARKS_FEED))


def with_others_sending(feed_reaches: Table, agreements: Table, values: Values, as_of: date) -> Table:
    """agency, reaches_to, others_sending: each school, and how many others still send."""
    sending = _sending(feed_reaches, agreements, as_of)
    # A school is not compared with itself: how many others there are hangs on whether it is one of them.
    compared = current_schools(feed_reaches, agreements, values, as_of).select(one_of_them="agency")
    schools = sending.left_join(compared, sending.agency == compared.one_of_them)
    counted = schools.cross_join(compared.agg(sending_now=compared.count()))
    others_sending = counted.sending_now - counted.one_of_them.notnull().cast("int64")
    return counted.select("agency", "reaches_to", others_sending=others_sending)


def current_schools(feed_reaches: Table, agreements: Table, values: Values, as_of: date) -> Table:
    """The schools that others are compared with: those whose marks reach near enough to that night."""
    sending = _sending(feed_reaches, agreements, as_of)
    since = as_of - timedelta(days=whole(values, OTHERS_WITHIN_DAYS))
    return sending.filter(sending.reaches_to >= ibis.literal(since))


def _sending(feed_reaches: Table, agreements: Table, as_of: date) -> Table:
    told = agreements.filter(
        (agreements.feed == MARKS_FEED)
        & (agreements.until_on.isnull() | (agreements.until_on >= ibis.literal(as_of)))
    )
    reaches = feed_reaches.filter((feed_reaches.feed == MARKS_FEED) & feed_reaches.reaches_to.notnull())
    return reaches.select("agency", "reaches_to").semi_join(told, "agency")
