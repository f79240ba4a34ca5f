"""Feeds of any kind that have sent nothing for longer than their own past lets expect. Reads on which days files came, and nothing in them."""

from datetime import date, timedelta

import ibis
from ibis.expr.types import Table

from rowan.questions.rules.declaration import Values, whole
from rowan.questions.rules.feed_late import (
    GAPS_PERCENT,
    LEAST_DAYS,
    LEAST_DELIVERIES,
    LONGER_PERCENT,
    LOOKS_BACK_DAYS,
)
from rowan.questions.rules.feed_silent import LEAST_SCHOOLS
from rowan.timescales.rules.working_days import is_working_day

from .feeds_silent import MARKS_FEED, current_schools, with_others_sending

FEED = ("feed", "agency")


def calendar_rows(values: Values, as_of: date) -> list[dict[str, date | int]]:
    """on, place: every day that is looked back at, and how many working days there were by its end."""
    rows: list[dict[str, date | int]] = []
    day, place = as_of - timedelta(days=whole(values, LOOKS_BACK_DAYS)), 0
    while day <= as_of:
        place += is_working_day(day)
        rows.append({"on": day, "place": place})
        day += timedelta(days=1)
    return rows


def feeds_late(
    imports: Table,
    feed_reaches: Table,
    agreements: Table,
    school_days: Table,
    calendar: Table,
    values: Values,
    *,
    as_of: date,
) -> Table:
    """feed, agency, reaches_to, last_on, silent_days, expected, deliveries, others; one row a feed that has been silent for too long.

    `others` are the schools compared with, of registers; none of any other feed. Only feeds whose agreement still runs are asked about.
    """
    habits = _habits(imports, agreements, calendar, values, as_of)
    silent = _silent(habits, feed_reaches, agreements, school_days, calendar, values, as_of)
    enough = (
        (silent.deliveries >= whole(values, LEAST_DELIVERIES))
        & (silent.silent_days >= whole(values, LEAST_DAYS))
        & (silent.silent_days > silent.expected)
        & (silent.silent_days * 100 >= silent.expected * whole(values, LONGER_PERCENT))
    )
    reach = feed_reaches.select("reaches_to", reach_feed="feed", reach_agency="agency")
    late = silent.filter(enough)
    late = late.left_join(reach, [late.feed == reach.reach_feed, late.agency == reach.reach_agency])
    return late.select(
        *FEED, "last_on", "silent_days", "expected", "deliveries", "others", reaches_to=ibis.coalesce(late.reaches_to, late.last_on)
    )  # fmt: skip


def _habits(imports: Table, agreements: Table, calendar: Table, values: Values, as_of: date) -> Table:
    """One row a feed: on how many days it came, the last of them, and the gap within which most of its gaps lay."""
    runs = agreements.filter(
        agreements.until_on.isnull() | (agreements.until_on >= ibis.literal(as_of))
    ).select(*FEED)
    days = calendar.select("place", day="on")
    sent = imports.select(*FEED, on="received_on").distinct().semi_join(runs, FEED)
    sent = sent.inner_join(days, sent["on"] == days.day)
    gap = (sent.place - sent.place.lag().over(ibis.window(group_by=FEED, order_by="on"))).cast("int64")
    gaps = sent.mutate(gap=gap)
    by_length = ibis.window(group_by=FEED, order_by=["gap", "on"])
    ranked = gaps.filter(gaps.gap.notnull())
    ranked = ranked.mutate(
        rank=ibis.row_number().over(by_length).cast("int64") + 1,
        many=ranked.gap.count().over(ibis.window(group_by=FEED)),
    )
    most = ranked.filter(ranked["rank"] * 100 >= ranked.many * whole(values, GAPS_PERCENT))
    expected = most.group_by(*FEED).agg(expected=ibis.greatest(most.gap.min(), 1))
    came = sent.group_by(*FEED).agg(
        last_on=sent["on"].max(), last_place=sent.place.max(), deliveries=sent["on"].nunique().cast("int64")
    )
    return came.inner_join(expected, FEED)


def _silent(
    habits: Table,
    feed_reaches: Table,
    agreements: Table,
    school_days: Table,
    calendar: Table,
    values: Values,
    as_of: date,
) -> Table:
    """How long each has been silent: in working days; of registers with few others to compare with, in days on which one of those was open."""
    by_now = calendar.agg(place_now=calendar.place.max())
    since = habits.cross_join(by_now)
    since = since.mutate(working_days=(since.place_now - since.last_place).cast("int64"))
    schools = with_others_sending(feed_reaches, agreements, values, as_of)
    schools = schools.select("others_sending", marks_agency="agency")
    met = since.left_join(
        schools, [since.feed == ibis.literal(MARKS_FEED), since.agency == schools.marks_agency]
    )
    met = met.mutate(others=met.others_sending.fill_null(0).cast("int64"))
    # With enough others `feed_silent` asks.
    few = met.filter((met.feed != MARKS_FEED) | (met.others < whole(values, LEAST_SCHOOLS)))
    open_days = _days_others_were_open(few, feed_reaches, agreements, school_days, values, as_of)
    few = few.left_join(open_days, few.agency == open_days.of_school)
    return few.mutate(
        silent_days=ibis.ifelse(
            few.others > 0, few.open_days.fill_null(0), few.working_days
        ).cast("int64")
    )  # fmt: skip


def _days_others_were_open(
    few: Table,
    feed_reaches: Table,
    agreements: Table,
    school_days: Table,
    values: Values,
    as_of: date,
) -> Table:
    current = current_schools(feed_reaches, agreements, values, as_of)
    opened = school_days.filter(school_days["on"] <= ibis.literal(as_of)).semi_join(current, "agency")
    opened = opened.select("on", open_at="agency")
    registers = few.filter((few.feed == MARKS_FEED) & (few.others > 0)).select("last_on", of_school="agency")
    met = registers.inner_join(
        opened, [opened["on"] > registers.last_on, opened.open_at != registers.of_school]
    )
    return met.group_by("of_school").agg(open_days=met["on"].nunique().cast("int64"))
