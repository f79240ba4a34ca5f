"""The rule on feeds against a slow, obvious version in plain Python, on small random counties of schools."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowan.chronology.rules.week_sessions import SESSIONS_IN_ORDER
from rowan.questions.rules.feed_silent import LEAST_SCHOOLS, OPEN_PERCENT, OTHERS_WITHIN_DAYS, SCHOOL_DAYS
from rowan.questions.tables.feeds_silent import feeds_silent, school_days
from tests.spec.questions.test_slow_versions import relations

BEGAN = date(2026, 1, 5)  # a Monday
NIGHT = BEGAN + timedelta(weeks=12, days=3)
SCHOOLS = range(1, 10)


@st.composite
def counties(draw):
    sums, reaches, agreements = [], [], []
    for school in SCHOOLS:
        # Most send to the last week; some stopped weeks or months ago, or never began.
        last_week = draw(st.sampled_from([12] * 5 + [11, 9, 3]))
        for week in range(last_week + 1):
            if draw(st.integers(0, 9)) == 0:
                continue  # a holiday of its own
            closed = draw(st.sets(st.sampled_from(SESSIONS_IN_ORDER), max_size=4))
            sums += [
                {
                    "laestab": str(school), "year_group": year, "week_on": BEGAN + timedelta(weeks=week),
                    **{f"possible_{each}": 0 if each in closed else 30 for each in SESSIONS_IN_ORDER},
                }
                for year in ("9", "10")
            ]  # fmt: skip
        reaches.append(
            {
                "feed": draw(st.sampled_from(["attendance_marks"] * 9 + ["school_roll"])),
                "agency": f"school-{school}",
                "reaches_to": draw(st.sampled_from([None, *[BEGAN + timedelta(weeks=last_week, days=n) for n in range(5)]])),
            }
        )  # fmt: skip
        agreements.append(
            {
                "feed": "attendance_marks", "agency": f"school-{school}", "own_watch": False, "from_on": BEGAN,
                "until_on": draw(st.sampled_from([None] * 6 + [NIGHT, NIGHT - timedelta(days=1)])),
            }
        )  # fmt: skip
    return {"school_week_sums": sums, "feed_reaches": reaches, "agreements": agreements}


def slow(county, *, least_days, open_percent=50, least_schools=3, others_within_days):
    runs = {
        row["agency"] for row in county["agreements"] if row["until_on"] is None or row["until_on"] >= NIGHT
    }
    sending = {
        row["agency"]: row["reaches_to"]
        for row in county["feed_reaches"]
        if row["feed"] == "attendance_marks" and row["reaches_to"] and row["agency"] in runs
    }
    compared = {agency for agency, reaches in sending.items() if (NIGHT - reaches).days <= others_within_days}
    found = {}
    for agency, reaches in sending.items():
        others, seen = compared - {agency}, []
        day = reaches + timedelta(days=1)
        while day <= NIGHT:
            open_then = sum(_open(county, other, day) for other in others)
            if open_then >= least_schools and 100 * open_then >= open_percent * len(others):
                seen.append(open_then)
            day += timedelta(days=1)
        if len(seen) >= least_days:
            found[agency] = (reaches, len(seen), max(seen))
    return found


def _open(county, agency, day):
    """Somebody was expected there in one of the day's two halves."""
    if day.weekday() > 4:
        return False
    monday = day - timedelta(days=day.weekday())
    halves = SESSIONS_IN_ORDER[2 * day.weekday() : 2 * day.weekday() + 2]
    return any(
        f"school-{row['laestab']}" == agency and row["week_on"] == monday and any(row[f"possible_{each}"] for each in halves)
        for row in county["school_week_sums"]
    )  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])  # fmt: skip
@given(county=counties(), least_days=st.sampled_from([2, 5, 9]), others_within_days=st.sampled_from([6, 21]))
def test_the_rule_on_feeds_finds_what_the_slow_version_finds(
    duckdb_engine, county, least_days, others_within_days
):
    told = relations(duckdb_engine, county, county)
    values = {
        SCHOOL_DAYS.name: least_days,
        OTHERS_WITHIN_DAYS.name: others_within_days,
        OPEN_PERCENT.name: 50,
        LEAST_SCHOOLS.name: 3,
    }
    real = feeds_silent(
        school_days(told["school_week_sums"]), told["feed_reaches"], told["agreements"], values, as_of=NIGHT
    )
    rows = [row for batch in duckdb_engine.batches(real) for row in batch.to_pylist()]
    assert {row["agency"]: (row["reaches_to"], row["school_days"], row["others"]) for row in rows} == slow(
        county, least_days=least_days, others_within_days=others_within_days
    )
