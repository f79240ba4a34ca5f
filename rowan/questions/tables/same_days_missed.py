"""School weeks in which a pupil missed one weekday again, or an afternoon, clearly more often than other days lead one to expect.

Worked out in one row a week, with columns for the patterns: a county has too many days for a row each.
"""

from functools import reduce

import ibis
from ibis.expr.types import BooleanValue, FloatingValue, IntegerValue, Table

from rowan.chronology.rules.week_sessions import (
    DAYS,
    MISSING_PUPILS,
    POSSIBLE_PUPILS,
    SESSION_SUMS,
    SESSIONS_IN_ORDER,
)
from rowan.chronology.tables.week_sessions import has
from rowan.questions.rules.absence_risen import GROUP_ABSENCES_ADDED, GROUP_SESSIONS_ADDED, HOLIDAY_WEEKS
from rowan.questions.rules.declaration import Values, number, whole
from rowan.questions.rules.same_days_missed import (
    AFTERNOONS,
    CHANCE,
    FALSE_PERCENT,
    LEAST_TIMES,
    LONG_ILLNESS,
    PATTERNS,
    WEEKS,
)

from .absence_risen import FRIDAY, share_step, with_chance
from .false_discoveries import by_chance_alone, stand_among
from .in_words import figures
from .marks_counted import marks_counted
from .school_asked import with_audience, with_joining

REGISTERED = ("ill", "medical", "part_time", "study_leave", "excluded", "custody")
# All that this rule reads. R and T sessions are left out of the counted ones before they reach it.
WEEK = (
    "person_id", "agency", "laestab", "source", "source_id", "year_group", "week_on", "counted_sessions", "missed_sessions",
    "ill_sessions", *REGISTERED,
)  # fmt: skip
GROUP_WEEK = ("laestab", "year_group", "week_on", *SESSION_SUMS)
MORNINGS = "mornings"
COLUMNS = (*PATTERNS, MORNINGS)


def weeks_by_pattern(attendance_weeks: Table, school_week_sums: Table, values: Values) -> Table:
    """A pupil's school weeks: of each weekday, of the afternoons and of the mornings, how many could be missed, were, and ordinarily would be."""
    weeks = attendance_weeks.select(*WEEK)
    weeks = weeks.filter(weeks.counted_sessions > 0)
    long_illness = (weeks.ill >= whole(values, LONG_ILLNESS)).ifelse(weeks.ill, 0)
    met = weeks.mutate(long_illness=long_illness).join(
        _group(school_week_sums), ["laestab", "year_group", "week_on"]
    )
    told = met.mutate(
        **{f"counts_{session}": _counts(met, session) for session in SESSIONS_IN_ORDER},
    )
    told = told.mutate(
        **{f"was_missed_{one}": told[f"counts_{one}"] & has(told.missed_sessions, one) for one in SESSIONS_IN_ORDER},
        **{f"rate_{one}": told[f"counts_{one}"].ifelse(_rate(told, one), 0.0) for one in SESSIONS_IN_ORDER},
    )  # fmt: skip
    return told.select(
        "person_id", "agency", "source", "source_id", "week_on", "long_illness", *REGISTERED,
        **{name: column for day in DAYS for name, column in _day(told, day).items()},
        **_halves(told, AFTERNOONS, "pm"),
        **_halves(told, MORNINGS, "am"),
    )  # fmt: skip


def same_days_missed(
    weeks_by_pattern: Table,
    critical_day_values: Table,
    school_moves: Table,
    agreements: Table,
    open_cases: Table,
    values: Values,
) -> Table:
    """One row for each pupil, school and week in which the pattern went on.

    The audience is the school, where the school chose its own watch or the child was open to the council that day; elsewhere nobody.
    """
    sums = _sums(weeks_by_pattern, values)
    looks = _looks(with_audience(_by_friday(sums), agreements, open_cases))
    again = looks.filter(looks.again & (looks.times >= whole(values, LEAST_TIMES)))
    standing = stand_among(
        # What a pupil's plainest pattern is worth is the least likely of them all: six looks are in the table already.
        _plainest(with_chance(again, again.times, critical_day_values)),
        by_chance_alone(looks.filter(looks.total >= whole(values, LEAST_TIMES)), critical_day_values),
        number(values, FALSE_PERCENT) / 100,
        number(values, CHANCE),
    )
    heard = with_joining(standing, school_moves)
    heard = heard.mutate(ordinary=(heard.others * heard.expected / heard.others_expected).round(1))
    return heard.select(
        "person_id", "on", "audience", "agency", "source", "source_id", "window_from", "pattern",
        scope=heard.agency,
        window_to=heard["on"],
        figures=figures(
            pattern=heard.pattern, weeks=heard.weeks, weeks_from=heard.window_from, weeks_to=heard["on"], times=heard.times, of=heard.of,
            others=heard.others, others_of=heard.others_of, expected=heard.ordinary, **{name: heard[name] for name in REGISTERED},
            joined_on=heard.joined_on,
        ),
    )  # fmt: skip


def same_days_missed_evidence(
    same_days_missed: Table, weeks_by_pattern: Table, attendance_marks_current: Table
) -> Table:
    """The school's own marks of the days, or afternoons, that were missed."""
    return marks_counted(
        same_days_missed, weeks_by_pattern, attendance_marks_current, belongs=_is_of_the_pattern
    )


def _is_of_the_pattern(met: Table) -> BooleanValue:
    weekday = met["on"].day_of_week.index()
    an_afternoon = (met.session == "PM") & (weekday < len(DAYS))
    return (met.pattern == weekday.cases(*enumerate(DAYS), else_="")) | (
        (met.pattern == AFTERNOONS) & an_afternoon
    )


def _group(school_week_sums: Table) -> Table:
    sums = school_week_sums.select(*GROUP_WEEK)
    return sums.group_by("laestab", "year_group", "week_on").agg(
        **{name: sums[name].sum().fill_null(0) for name in SESSION_SUMS}
    )


def _counts(met: Table, session: str) -> BooleanValue:
    """The pupil was expected and somebody else of the year group too; and it was no part of a long illness."""
    others = met[POSSIBLE_PUPILS[session]] - has(met.counted_sessions, session).cast("int64")
    in_long_illness = (met.long_illness > 0) & has(met.ill_sessions, session)
    return has(met.counted_sessions, session) & ~in_long_illness & (others > 0)


def _rate(met: Table, session: str) -> FloatingValue:
    """The share of the other pupils of the year group who missed this very session."""
    missing = met[MISSING_PUPILS[session]] - has(met.missed_sessions, session).cast("int64")
    possible = met[POSSIBLE_PUPILS[session]] - has(met.counted_sessions, session).cast("int64")
    return (missing + GROUP_ABSENCES_ADDED).cast("float64") / (possible + GROUP_SESSIONS_ADDED).cast(
        "float64"
    )


def _day(told: Table, day: str) -> dict[str, IntegerValue | FloatingValue]:
    """A day is missed when some of it is; ordinarily as often as the half of it that others missed more."""
    am, pm = f"{day}_am", f"{day}_pm"
    return {
        f"of_{day}": (told[f"counts_{am}"] | told[f"counts_{pm}"]).cast("int64"),
        f"missed_{day}": (told[f"was_missed_{am}"] | told[f"was_missed_{pm}"]).cast("int64"),
        f"ordinary_{day}": ibis.greatest(told[f"rate_{am}"], told[f"rate_{pm}"]),
    }


def _halves(told: Table, name: str, half: str) -> dict[str, IntegerValue | FloatingValue]:
    def over_the_week(what: str, kind: str) -> IntegerValue | FloatingValue:
        return reduce(
            lambda all_, more: all_ + more, [told[f"{what}_{day}_{half}"].cast(kind) for day in DAYS]
        )

    return {
        f"of_{name}": over_the_week("counts", "int64"),
        f"missed_{name}": over_the_week("was_missed", "int64"),
        f"ordinary_{name}": over_the_week("rate", "float64"),
    }


def _sums(weeks: Table, values: Values) -> Table:
    """The newest weeks together, as of each full window; and whether this week itself was one of those missed."""
    many = whole(values, WEEKS)
    newest = ibis.window(
        group_by=["agency", "source", "source_id", "person_id"],
        order_by="week_on",
        preceding=many - 1,
        following=0,
    )
    summed = [f"{what}_{name}" for what in ("of", "missed", "ordinary") for name in COLUMNS]
    sums = weeks.mutate(
        weeks=weeks.week_on.count().over(newest),
        window_from=weeks.week_on.min().over(newest),
        **{f"again_{name}": weeks[f"missed_{name}"] > 0 for name in PATTERNS},
        **{name: weeks[name].sum().over(newest) for name in (*summed, *REGISTERED)},
    )
    return sums.filter(
        (sums.weeks == many)
        & (sums.week_on.delta(sums.window_from, unit="day") <= 7 * (many - 1 + HOLIDAY_WEEKS))
    )


def _looks(sums: Table) -> Table:
    """Each pattern of each window: how often it was missed, beside what it is held against."""
    return reduce(lambda all_, more: all_.union(more), [_look(sums, pattern) for pattern in PATTERNS])


def _look(sums: Table, pattern: str) -> Table:
    beside = [MORNINGS] if pattern == AFTERNOONS else [day for day in DAYS if day != pattern]

    def others(what: str) -> IntegerValue | FloatingValue:
        return reduce(lambda all_, more: all_ + more, [sums[f"{what}_{name}"] for name in beside])

    expected, beside_expected = sums[f"ordinary_{pattern}"], others("ordinary")
    return sums.select(
        "person_id", "agency", "source", "source_id", "week_on", "on", "audience", "window_from", "weeks", *REGISTERED,
        pattern=ibis.literal(pattern),
        place=ibis.literal(PATTERNS.index(pattern)).cast("int64"),
        again=sums[f"again_{pattern}"],
        times=sums[f"missed_{pattern}"].cast("int64"),
        of=sums[f"of_{pattern}"].cast("int64"),
        expected=expected,
        others=others("missed").cast("int64"),
        others_of=others("of").cast("int64"),
        others_expected=beside_expected,
        total=(sums[f"missed_{pattern}"] + others("missed")).cast("int64"),
        # Where nothing counts there is no share, and nothing is looked at.
        step=share_step(expected / (expected + beside_expected).nullif(0)),
    )  # fmt: skip


def _by_friday(weeks: Table) -> Table:
    return weeks.mutate(on=(weeks.week_on.cast("timestamp") + ibis.interval(days=FRIDAY)).date())


def _plainest(found: Table) -> Table:
    """Of several patterns in the same weeks the one missed most often; of weekday and afternoons the weekday."""
    order = ibis.window(
        group_by=["agency", "source", "source_id", "person_id", "week_on"],
        order_by=[(found.pattern == AFTERNOONS).cast("int64"), ibis.desc(found.times), found.place],
    )
    of_them_all = ibis.window(group_by=["agency", "source", "source_id", "person_id", "week_on"])
    ranked = found.mutate(rank=ibis.row_number().over(order), chance=found.chance.min().over(of_them_all))
    return ranked.filter(ranked["rank"] == 0).drop("rank", "place")
