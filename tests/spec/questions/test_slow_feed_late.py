"""The rule on late feeds against a slow, obvious version in plain Python, on small random hubs."""

import itertools
from datetime import date, timedelta

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowan.questions.rules.feed_late import GAPS_PERCENT, LEAST_DAYS, LEAST_DELIVERIES, LOOKS_BACK_DAYS
from rowan.questions.tables.feeds_late import calendar_rows, feeds_late
from tests.spec.questions.test_slow_versions import relations

NIGHT = date(2026, 9, 10)
BANK_HOLIDAY = date(2026, 8, 31)
FEEDS = [("police_missing", "police"), ("council_case_list", "council"), *[("attendance_marks", f"school-{n}") for n in range(1, 6)]]  # fmt: skip
OTHERS_REACH_WITHIN = 60


@st.composite
def hubs(draw):
    imports, reaches, agreements = [], [], []
    for feed, agency in FEEDS[: draw(st.integers(3, 7))]:
        day, every = NIGHT - timedelta(days=draw(st.sampled_from([1, 4, 9, 12, 80]))), draw(st.sampled_from([1, 2, 7]))  # fmt: skip
        for _ in range(draw(st.integers(1, 9))):
            imports += [{"feed": feed, "agency": agency, "received_on": day}] * draw(st.sampled_from([1, 1, 2]))  # fmt: skip
            day -= timedelta(days=draw(st.sampled_from([every, every, every, 3 * every])))
        newest = max(row["received_on"] for row in imports if row["agency"] == agency)
        reaches.append(
            {"feed": feed, "agency": agency, "reaches_to": newest - timedelta(days=draw(st.integers(0, 2)))}
        )
        agreements.append(
            {"feed": feed, "agency": agency, "until_on": draw(st.sampled_from([None, None, None, NIGHT, NIGHT - timedelta(days=1)]))}
        )  # fmt: skip
    days = [NIGHT - timedelta(days=n) for n in range(40)]
    open_days = [
        {"agency": f"school-{n}", "on": day}
        for n in range(1, 6)
        for day in days
        if day.weekday() < 5 and draw(st.integers(0, 3))
    ]
    return {"imports": imports, "feed_reaches": reaches, "agreements": agreements}, open_days


def working_days(first, last):
    """After the first and up to the last. The only bank holiday of these weeks is at the end of August."""
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return len([day for day in days if day.weekday() < 5 and day != BANK_HOLIDAY])


def slow(hub, open_days, *, percent, least_days, least_deliveries, looks_back):
    runs = {row["agency"] for row in hub["agreements"] if row["until_on"] is None or row["until_on"] >= NIGHT}
    sends = {
        row["agency"]
        for row in hub["feed_reaches"]
        if row["feed"] == "attendance_marks"
        and row["agency"] in runs
        and (NIGHT - row["reaches_to"]).days <= OTHERS_REACH_WITHIN
    }
    found = {}
    for feed, agency in {(row["feed"], row["agency"]) for row in hub["imports"]}:
        came = sorted(
            {
                row["received_on"]
                for row in hub["imports"]
                if row["agency"] == agency and (NIGHT - row["received_on"]).days <= looks_back
            }
        )
        if agency not in runs or len(came) < least_deliveries:
            continue
        gaps = sorted(working_days(a, b) for a, b in itertools.pairwise(came))
        within = [gap for gap in gaps if 100 * sum(other <= gap for other in gaps) >= percent * len(gaps)]
        expected = max(1, within[0])
        others = sends - {agency} if feed == "attendance_marks" else set()
        if len(others) >= 3:
            continue
        silent = working_days(came[-1], NIGHT)
        if others:
            silent = len({row["on"] for row in open_days if row["agency"] in others and row["on"] > came[-1]})
        if silent >= least_days and silent > expected and silent >= 1.5 * expected:
            found[agency] = (feed, came[-1], silent, expected, len(came), len(others))
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    hub=hubs(), percent=st.sampled_from([50, 90, 100]), least_days=st.sampled_from([2, 5]), least_deliveries=st.sampled_from([3, 5]),
    looks_back=st.sampled_from([30, 400]),
)  # fmt: skip
def test_the_rule_on_late_feeds_finds_what_the_slow_version_finds(
    duckdb_engine, hub, percent, least_days, least_deliveries, looks_back
):
    tables, open_days = hub
    told = relations(duckdb_engine, tables, tables)
    values = {
        GAPS_PERCENT.name: percent,
        LEAST_DAYS.name: least_days,
        LEAST_DELIVERIES.name: least_deliveries,
        LOOKS_BACK_DAYS.name: looks_back,
    }
    opened = pa.table(
        {
            "agency": pa.array([row["agency"] for row in open_days], pa.string()),
            "on": pa.array([row["on"] for row in open_days], pa.date32()),
        }
    )
    real = feeds_late(
        told["imports"],
        told["feed_reaches"],
        told["agreements"],
        duckdb_engine.take("slow_open_days", opened),
        duckdb_engine.take("slow_calendar", pa.Table.from_pylist(calendar_rows(values, NIGHT))),
        values,
        as_of=NIGHT,
    )
    rows = [row for batch in duckdb_engine.batches(real) for row in batch.to_pylist()]
    assert {
        row["agency"]: (row["feed"], row["last_on"], row["silent_days"], row["expected"], row["deliveries"], row["others"])
        for row in rows
    } == slow(
        tables, open_days, percent=percent, least_days=least_days, least_deliveries=least_deliveries, looks_back=looks_back
    )  # fmt: skip
